// SPDX-License-Identifier: Apache-2.0
//
// Numbers as a person reads them.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_HUMAN_H_
#define TWICETOLD_REPORT_HUMAN_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace twicetold {

// "17.6 kB": decimal units, three digits.
std::string HumanBytes(double bytes);

// "1,234,567".
std::string HumanCount(uint64_t count);

// "1 document", "1,234 documents": the plural is the singular and an s.
std::string HumanCount(uint64_t count, std::string_view noun);

// ".932" for a fraction in [0, 1]: cut off after three digits, so that only 1
// is "1.000".
std::string HumanFraction(double fraction);

// "93.2 %", cut off in the same way, so that only 1 is "100 %".
std::string HumanPercent(double fraction);

// "4.2 s", "3 min 20 s", "2 h 5 min".
std::string HumanSeconds(double seconds);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_HUMAN_H_
