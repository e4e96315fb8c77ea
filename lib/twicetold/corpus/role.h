// SPDX-License-Identifier: Apache-2.0
//
// The part that a document has where new documents are compared with a
// reference set.
//
// Thread safety: plain values.
#ifndef TWICETOLD_CORPUS_ROLE_H_
#define TWICETOLD_CORPUS_ROLE_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace twicetold {

enum class Role : uint8_t {
  kNew = 1,
  kReference = 2,
  kBoth = 3,  // reached as the one and as the other
};

inline bool IsNew(Role role) {
  return (static_cast<uint8_t>(role) & static_cast<uint8_t>(Role::kNew)) != 0;
}
inline bool IsReference(Role role) {
  return (static_cast<uint8_t>(role) &
          static_cast<uint8_t>(Role::kReference)) != 0;
}
inline Role operator|(Role x, Role y) {
  return static_cast<Role>(static_cast<uint8_t>(x) | static_cast<uint8_t>(y));
}

// Whether one of the two is new and the other of the reference.
inline bool AreCompared(Role x, Role y) {
  return (IsNew(x) && IsReference(y)) || (IsReference(x) && IsNew(y));
}

// The roles of documents by number. Without any, all are compared with all.
using Roles = std::span<const Role>;

inline bool AreCompared(Roles roles, size_t a, size_t b) {
  return roles.empty() || AreCompared(roles[a], roles[b]);
}

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_ROLE_H_
