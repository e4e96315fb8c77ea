// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/joined_corpus.h"

namespace twicetold {

JoinedCorpus::JoinedCorpus(std::unique_ptr<Corpus> first,
                           std::unique_ptr<Corpus> second)
    : parts_{std::move(first), std::move(second)} {
  const auto [a, b] = std::pair(parts_[0]->size(), parts_[1]->size());
  order_.reserve(a + b);
  for (uint32_t i = 0, j = 0; i < a || j < b;) {
    const bool take_second =
        i == a ||
        (j < b && parts_[1]->names(j).front() < parts_[0]->names(i).front());
    order_.push_back(take_second ? j++ | kSecond : i++);
  }
  for (const auto& part : parts_) {
    skipped_.insert(skipped_.end(), part->skipped().begin(),
                    part->skipped().end());
  }
}

}  // namespace twicetold
