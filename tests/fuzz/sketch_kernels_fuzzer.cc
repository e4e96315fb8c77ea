// SPDX-License-Identifier: Apache-2.0
//
// Sketches and sets of any numbers: every kernel that this machine can run
// gives what the portable one does, and sets are what a sorted list says.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "tests/fuzz/check.h"
#include "twicetold/base/hash.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/shingle_table.h"
#include "twicetold/sketch/sketch.h"

namespace {

using Numbers = std::vector<uint64_t>;
using twicetold::SketchKernels;

// Input is short; numbers are made more by counting up from each.
Numbers NumbersOf(std::span<const uint8_t> data, size_t copies, bool mixed) {
  Numbers numbers;
  for (size_t i = 0; i + 2 <= data.size(); i += 2) {
    uint16_t value;
    std::memcpy(&value, data.data() + i, sizeof(value));
    for (size_t copy = 0; copy < copies; ++copy) {
      const uint64_t number = value + copy;
      numbers.push_back(mixed ? twicetold::Mix(number) : number << 48);
    }
  }
  return numbers;
}

std::vector<uint32_t> SketchOf(const SketchKernels& kernels, int size, int k,
                               const Numbers& tokens) {
  std::vector<uint32_t> slots(static_cast<size_t>(size));
  twicetold::Sketcher(size, 1, kernels).SketchTokens(tokens, k, slots);
  return slots;
}

void CheckSketches(int size, int k, const Numbers& tokens) {
  const SketchKernels& portable = twicetold::PortableSketchKernels();
  const auto wanted = SketchOf(portable, size, k, tokens);
  for (const auto tier : twicetold::RunnableKernelTiers()) {
    const SketchKernels& kernels = twicetold::SketchKernelsOf(tier);
    const auto sketch = SketchOf(kernels, size, k, tokens);
    FUZZ_CHECK(sketch == wanted);
    FUZZ_CHECK(kernels.equal_slots(sketch, wanted) == wanted.size());
    twicetold::ShingleList shingles;
    twicetold::MakeShingles(tokens, k, &shingles);
    std::vector<uint32_t> slots(wanted.size());
    twicetold::Sketcher(size, 1, kernels).Sketch(shingles, slots);
    FUZZ_CHECK(slots == wanted);
  }
}

void CheckSets(const Numbers& list, const Numbers& other) {
  Numbers wanted = list;
  twicetold::SortDistinct(&wanted);
  Numbers order;
  for (const auto tier : twicetold::RunnableKernelTiers()) {
    twicetold::ShingleTable table(twicetold::SketchKernelsOf(tier));
    Numbers set = list;
    table.MakeDistinct(&set);
    if (order.empty()) order = set;
    FUZZ_CHECK(set == order);
    size_t present = 0;
    for (uint64_t number : other) {
      present += std::binary_search(wanted.begin(), wanted.end(), number);
    }
    table.Build(set);
    FUZZ_CHECK(table.CountPresent(other) == present);
    std::sort(set.begin(), set.end());
    FUZZ_CHECK(set == wanted);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 4) return 0;
  const int slots = twicetold::kMinSketchSize + data[0] * (data[1] % 16);
  const int k = 1 + data[1] / 16;
  const size_t copies = 1 + data[2] % 40;
  const auto rest = std::span(data, size).subspan(4);
  CheckSketches(slots, k, NumbersOf(rest, copies, data[3] % 2 == 0));
  const Numbers list = NumbersOf(rest, copies, data[3] % 4 < 2);
  CheckSets(list, NumbersOf(rest.first(rest.size() / 2), copies + 1,
                            data[3] % 4 < 2));
  return 0;
}
