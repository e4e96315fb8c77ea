// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/json_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace twicetold {
namespace {

// True if JSON writes the text as it is.
bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  });
}

std::string Dump(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void JsonLine::Name(std::string_view name) {
  *buffer_ += before_;
  before_ = ',';
  *buffer_ += '"';
  *buffer_ += name;
  *buffer_ += "\":";
}

void JsonLine::Append(uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  buffer_->append(digits, static_cast<size_t>(end - digits));
}

JsonLine& JsonLine::Text(std::string_view name, std::string_view value) {
  Name(name);
  if (!IsPlain(value)) {
    *buffer_ += Dump(std::string(value));
    return *this;
  }
  *buffer_ += '"';
  *buffer_ += value;
  *buffer_ += '"';
  return *this;
}

JsonLine& JsonLine::Count(std::string_view name, uint64_t value) {
  Name(name);
  Append(value);
  return *this;
}

JsonLine& JsonLine::Counts(std::string_view name,
                           std::span<const uint32_t> values) {
  Name(name);
  char before = '[';
  for (const uint32_t value : values) {
    *buffer_ += before;
    before = ',';
    Append(value);
  }
  if (values.empty()) *buffer_ += '[';
  *buffer_ += ']';
  return *this;
}

JsonLine& JsonLine::Pair(std::string_view name, uint64_t first,
                         uint64_t second) {
  Name(name);
  *buffer_ += '[';
  Append(first);
  *buffer_ += ',';
  Append(second);
  *buffer_ += ']';
  return *this;
}

JsonLine& JsonLine::Fraction(std::string_view name, double value) {
  Name(name);
  if (!std::isfinite(value)) {
    *buffer_ += "null";
    return *this;
  }
  // The library's way of writing numbers is its own; what it does when it dumps
  // a value around this takes several times as long.
  char digits[64];
  const char* end =
      nlohmann::detail::to_chars(digits, digits + sizeof(digits), value);
  buffer_->append(digits, static_cast<size_t>(end - digits));
  return *this;
}

JsonLine& JsonLine::Flag(std::string_view name, bool value) {
  Name(name);
  *buffer_ += value ? "true" : "false";
  return *this;
}

JsonLine& JsonLine::Raw(std::string_view name, std::string_view json) {
  Name(name);
  *buffer_ += json;
  return *this;
}

}  // namespace twicetold
