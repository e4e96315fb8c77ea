// SPDX-License-Identifier: Apache-2.0
//
// What kernels of several tiers share has to be inlined into them, or else it
// would not use their instructions.
#ifndef TWICETOLD_BASE_ALWAYS_INLINE_H_
#define TWICETOLD_BASE_ALWAYS_INLINE_H_

#if defined(__GNUC__)
#define TWICETOLD_ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define TWICETOLD_ALWAYS_INLINE inline
#endif

#endif  // TWICETOLD_BASE_ALWAYS_INLINE_H_
