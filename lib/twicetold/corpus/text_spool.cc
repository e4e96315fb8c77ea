// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/text_spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_format.h"

namespace twicetold {
namespace {

// Not every file system knows files without a name.
UniqueFd OpenNameless(const std::string& folder) {
  UniqueFd fd(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (fd.ok()) return fd;
  std::string name = folder + "/twicetold-XXXXXX";
  fd.reset(mkostemp(name.data(), O_CLOEXEC));
  if (fd.ok()) unlink(name.c_str());
  return fd;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TextSpool>> TextSpool::Create(
    const std::string& folder) {
  UniqueFd fd = OpenNameless(folder);
  if (!fd.ok()) {
    return absl::UnavailableError(absl::StrFormat("no temporary file in %s: %s",
                                                  folder, ErrorText(errno)));
  }
  return std::unique_ptr<TextSpool>(new TextSpool(std::move(fd), folder));
}

absl::StatusOr<uint64_t> TextSpool::Append(std::string_view text) {
  const uint64_t offset = size_.fetch_add(text.size());
  for (size_t done = 0; done < text.size();) {
    const ssize_t n = pwrite(fd_.get(), text.data() + done, text.size() - done,
                             static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      return absl::ResourceExhaustedError(absl::StrFormat(
          "a temporary file in %s: %s", folder_, ErrorText(errno)));
    }
    done += static_cast<size_t>(n);
  }
  return offset;
}

bool TextSpool::Read(uint64_t offset, size_t size, char* out) const {
  for (size_t done = 0; done < size;) {
    const ssize_t n = pread(fd_.get(), out + done, size - done,
                            static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n == 0) errno = EIO;
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

}  // namespace twicetold
