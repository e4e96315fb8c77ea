// SPDX-License-Identifier: Apache-2.0
//
// Writes one JSON object as a line, field by field, straight into a buffer:
// for records of which there are as many as documents or passages. What has a
// shape of its own is made with nlohmann::json and put in as it is.
//
// Guarantee: the bytes are those that nlohmann::ordered_json, with the same
// fields, dumps; bytes of a text that are no UTF-8 are replaced by U+FFFD.
// Cost: no allocation but the buffer's, except for texts with characters that
// JSON escapes or that are not ASCII.
// Thread safety: one thread.
#ifndef TWICETOLD_REPORT_JSON_LINE_H_
#define TWICETOLD_REPORT_JSON_LINE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace twicetold {

class JsonLine {
 public:
  // Appends to `*buffer`, which must outlive this. Names are plain ASCII.
  explicit JsonLine(std::string* buffer) : buffer_(buffer) {}

  // Goes on in an object that has fields and no end yet.
  static JsonLine After(std::string* buffer) {
    JsonLine line(buffer);
    line.before_ = ',';
    return line;
  }

  JsonLine& Text(std::string_view name, std::string_view value);
  JsonLine& Count(std::string_view name, uint64_t value);
  JsonLine& Counts(std::string_view name, std::span<const uint32_t> values);
  // A list of two.
  JsonLine& Pair(std::string_view name, uint64_t first, uint64_t second);
  // A fraction that is no number is null.
  JsonLine& Fraction(std::string_view name, double value);
  JsonLine& Flag(std::string_view name, bool value);
  // `json`: any value, already written.
  JsonLine& Raw(std::string_view name, std::string_view json);
  // An object whose fields, one at least, `write` adds to the line it is given.
  template <typename Write>
  JsonLine& Object(std::string_view name, const Write& write) {
    Name(name);
    AppendObject(write);
    return *this;
  }
  // A list of such, one for each of `values`, which `write` is given, too.
  template <typename Values, typename Write>
  JsonLine& Objects(std::string_view name, const Values& values,
                    const Write& write) {
    Name(name);
    *buffer_ += '[';
    bool follows = false;
    for (const auto& value : values) {
      if (follows) *buffer_ += ',';
      follows = true;
      AppendObject([&](JsonLine* object) { write(value, object); });
    }
    *buffer_ += ']';
    return *this;
  }

  // The end of the object and of the line. At least one field has to be there.
  void End() { *buffer_ += "}\n"; }
  // The end of the object only, which is a value in another one.
  void EndObject() { *buffer_ += '}'; }

 private:
  void Name(std::string_view name);
  void Append(uint64_t value);
  template <typename Write>
  void AppendObject(const Write& write) {
    JsonLine object(buffer_);
    write(&object);
    object.EndObject();
  }

  std::string* buffer_;
  char before_ = '{';  // what stands before the next name
};

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_JSON_LINE_H_
