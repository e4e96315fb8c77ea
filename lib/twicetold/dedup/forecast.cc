// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/forecast.h"

#include <algorithm>

#include "twicetold/corpus/unpacked_size.h"
#include "twicetold/dedup/document_row.h"

namespace twicetold {
namespace {

// The size that a compressed file says it has, as far as that can be true, or
// what is usual for text on the web.
uint64_t TextBytesOf(const DedupFile& file) {
  constexpr uint64_t kUsualRatio = 4;
  constexpr uint64_t kMostRatio = 1000;
  if (file.compression == Compression::kNone) return file.bytes;
  return std::clamp(UnpackedSizeOf(file.path, file.compression),
                    file.bytes * kUsualRatio, file.bytes * kMostRatio);
}

}  // namespace

DedupForecast Forecast(const DedupInput& input, const DedupOptions& options) {
  constexpr uint64_t kBytesADocument = 4000;
  constexpr double kBytesACpuSecond = 200e6;
  constexpr double kPackedBytesACpuSecond = 150e6;
  DedupForecast forecast;
  uint64_t packed_bytes = 0;  // as text
  for (const DedupFile& file : input.files) {
    const uint64_t text_bytes = TextBytesOf(file);
    forecast.text_bytes += text_bytes;
    if (file.compression != Compression::kNone) packed_bytes += text_bytes;
    if (!file.records) ++forecast.documents;
  }
  forecast.documents =
      std::max(forecast.documents, forecast.text_bytes / kBytesADocument);
  const uint64_t sketches =
      forecast.documents * (sizeof(DocumentRow) + 32 +
                            4 * static_cast<uint64_t>(options.sketch_size));
  // Bands take less than sketches; sets of texts that are not at hand about
  // what the texts do.
  const bool is_cached = packed_bytes <= options.memory / kCacheShare;
  forecast.disk_bytes = sketches +
                        (sketches > options.memory / 2 ? sketches / 2 : 0) +
                        (is_cached ? 0 : packed_bytes);
  forecast.memory_bytes = std::min(
      options.memory, kBytesOtherwise + forecast.documents * kBytesANumber +
                          2 * sketches + (is_cached ? packed_bytes : 0));
  forecast.cpu_seconds =
      static_cast<double>(forecast.text_bytes - packed_bytes) /
          kBytesACpuSecond +
      static_cast<double>(packed_bytes) / kPackedBytesACpuSecond;
  return forecast;
}

}  // namespace twicetold
