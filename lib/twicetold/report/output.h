// SPDX-License-Identifier: Apache-2.0
//
// Where a report goes. The library writes to no file or terminal itself.
#ifndef TWICETOLD_REPORT_OUTPUT_H_
#define TWICETOLD_REPORT_OUTPUT_H_

#include <functional>
#include <string_view>

namespace twicetold {

// Takes the next piece of a report; false if nobody takes any more (a closed
// pipe, a full disk), upon which the report stops.
using Output = std::function<bool(std::string_view piece)>;

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_OUTPUT_H_
