// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/unpacked_size.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/compress.h"
#include "tests/testing/temp_tree.h"

namespace twicetold {
namespace {

using testing::Gzip;
using testing::TempTree;
using testing::Zstd;

TEST(UnpackedSize, IsWhatTheFileSays) {
  const TempTree tree;
  for (const size_t size : {0, 1, 300, 70'000, 3'000'000}) {
    const std::string text(size, 'x');
    tree.File("a.gz", Gzip(text));
    tree.File("a.zst", Zstd(text));
    EXPECT_EQ(UnpackedSizeOf("a.gz", Compression::kGzip), size);
    EXPECT_EQ(UnpackedSizeOf("a.zst", Compression::kZstd), size);
  }
}

TEST(UnpackedSize, OfSeveralPartsOneCounts) {
  const TempTree tree;
  const std::string first(100, 'x');
  const std::string last(30, 'y');
  tree.File("a.gz", Gzip(first) + Gzip(last));
  tree.File("a.zst", Zstd(first) + Zstd(last));
  EXPECT_EQ(UnpackedSizeOf("a.gz", Compression::kGzip), 30u);
  EXPECT_EQ(UnpackedSizeOf("a.zst", Compression::kZstd), 100u);
}

TEST(UnpackedSize, IsNoneWhereNothingIsSaid) {
  const TempTree tree;
  tree.File("plain", "no compression");
  tree.File("short", "\x28");
  tree.File("empty", "");
  for (const char* name : {"plain", "short", "empty", "missing"}) {
    for (const Compression compression :
         {Compression::kNone, Compression::kGzip, Compression::kZstd}) {
      EXPECT_EQ(UnpackedSizeOf(name, compression), 0u) << name;
    }
  }
}

}  // namespace
}  // namespace twicetold
