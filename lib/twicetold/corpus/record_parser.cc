// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/base/utf8.h"
#include "twicetold/corpus/json_string.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(kBatchPadding >= simdjson::SIMDJSON_PADDING);

constexpr int kMaxLevels = 1000;
constexpr size_t kLeastCapacity = size_t{1} << 16;

std::string_view WithoutSpace(std::string_view token) {
  const size_t end = token.find_last_not_of(" \t\r\n");
  return token.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

size_t CountDigits(std::string_view text) {
  const size_t end = text.find_first_not_of("0123456789");
  return std::min(end, text.size());
}

// By the grammar of RFC 8259, of any size.
bool IsNumber(std::string_view token) {
  if (token.starts_with('-')) token.remove_prefix(1);
  const size_t whole = CountDigits(token);
  if (whole == 0 || (whole > 1 && token[0] == '0')) return false;
  token.remove_prefix(whole);
  if (token.starts_with('.')) {
    token.remove_prefix(1);
    const size_t digits = CountDigits(token);
    if (digits == 0) return false;
    token.remove_prefix(digits);
  }
  if (token.starts_with('e') || token.starts_with('E')) {
    token.remove_prefix(1);
    if (token.starts_with('-') || token.starts_with('+')) {
      token.remove_prefix(1);
    }
    const size_t digits = CountDigits(token);
    if (digits == 0) return false;
    token.remove_prefix(digits);
  }
  return token.empty();
}

// What a field holds.
enum class Kind { kMissing, kString, kNumber, kBool, kNull, kObject, kArray };

std::string_view KindWords(Kind kind) {
  constexpr std::array<std::string_view, 7> kWords = {
      "missing", "a string",  "a number", "true or false",
      "null",    "an object", "an array"};
  return kWords[static_cast<size_t>(kind)];
}

// A value that was looked for. Its text may point into its storage.
struct Slot {
  Kind kind = Kind::kMissing;
  std::string_view text = {};  // of a string or number
  std::string_view raw = {};   // of a string, with its escapes
  std::string storage = {};
};

// A field that is looked for, by its path.
class Target {
 public:
  explicit Target(const std::string& path) : path_(path) {
    for (size_t begin = 0; begin <= path.size() && !path.empty();) {
      const size_t end = std::min(path.find('.', begin), path.size());
      parts_.push_back(path.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  void Reset() { nested_.kind = literal_.kind = Kind::kMissing; }

  // Meets a field `name` of an object to which `*depth` parts of the path
  // lead. Gives the slot for its value, if it is the one that is looked for,
  // and sets *depth for the objects in it.
  Slot* Meet(std::string_view name, size_t* depth) {
    const size_t at = std::exchange(*depth, kElsewhere);
    if (at == kElsewhere) return nullptr;
    if (at == 0 && parts_.size() > 1 && name == path_) return &literal_;
    if (at >= parts_.size() || parts_[at] != name) return nullptr;
    if (at + 1 == parts_.size()) return &nested_;
    // Of fields of one name the last counts, whatever was in the others.
    nested_.kind = Kind::kMissing;
    *depth = at + 1;
    return nullptr;
  }

  const std::string& path() const { return path_; }
  const Slot& found() const {
    return nested_.kind != Kind::kMissing ? nested_ : literal_;
  }

  static constexpr size_t kElsewhere = SIZE_MAX;

 private:
  std::string path_;
  std::vector<std::string> parts_;
  Slot nested_;
  Slot literal_;  // of a field whose own name has the dots
};

// How many parts of the paths of text and id lead to an object.
struct Depths {
  size_t text = Target::kElsewhere;
  size_t id = Target::kElsewhere;
};

std::string WordsFor(simdjson::error_code error) {
  switch (error) {
    case simdjson::UNCLOSED_STRING:
      return "a string without end";
    case simdjson::UNESCAPED_CHARS:
      return "a control character in a string";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
      return "an object or array without end";
    case simdjson::MEMALLOC:
      return "no memory for it";
    default:
      return "wrong structure";
  }
}

std::string BadUtf8Words(std::string_view line) {
  for (size_t i = 0; i < line.size();) {
    const auto c = DecodeUtf8(line.data() + i, line.size() - i);
    if (c.length == 0) return absl::StrFormat("byte %d is no UTF-8", i);
    i += c.length;
  }
  return "no UTF-8";
}

}  // namespace

// The walk through one line. What returns bool has left why in `problem`
// where it returns false.
struct RecordParser::State {
  explicit State(const RecordFields& fields)
      : text(fields.text), id(fields.id) {}

  bool Walk(std::string_view line);
  bool WalkObject(ondemand::object object, int levels, Depths depths);
  bool WalkArray(ondemand::array array, int levels);
  bool WalkValue(ondemand::value value, int levels, Depths depths,
                 std::array<Slot*, 2> slots);
  bool ReadName(ondemand::raw_json_string raw, std::string_view* name);
  bool ReadScalar(std::string_view token, Slot* slot);
  bool CheckLevels(int levels);

  bool Fail(std::string words) {
    problem = std::move(words);
    return false;
  }
  bool Fail(simdjson::error_code error) { return Fail(WordsFor(error)); }

  ondemand::parser parser;
  size_t capacity = 0;
  const char* line_end = nullptr;
  Target text;
  Target id;
  std::string name_storage;
  std::string problem;
};

// The name of a field. Its end is not among the tokens.
bool RecordParser::State::ReadName(ondemand::raw_json_string raw,
                                   std::string_view* name) {
  const char* const begin = raw.raw();
  const char* end = begin;
  bool has_escapes = false;
  while (end < line_end && *end != '"') {
    const bool escape = *end == '\\';
    has_escapes |= escape;
    end += escape ? 2 : 1;
  }
  if (end >= line_end) return Fail(simdjson::UNCLOSED_STRING);
  *name = {begin, static_cast<size_t>(end - begin)};
  if (!has_escapes) return true;
  const auto unescaped = Unescape(*name, &name_storage);
  if (!unescaped) return Fail("an unknown escape");
  *name = *unescaped;
  return true;
}

// Checks a value that is no object or array, and puts it into `slot`, if any.
bool RecordParser::State::ReadScalar(std::string_view token, Slot* slot) {
  token = WithoutSpace(token);
  if (token.starts_with('"')) {
    if (token.size() < 2 || token.back() != '"') {
      return Fail(simdjson::TAPE_ERROR);
    }
    const std::string_view raw = token.substr(1, token.size() - 2);
    if (slot == nullptr) {
      return HasValidEscapes(raw) || Fail("an unknown escape");
    }
    const auto unescaped = Unescape(raw, &slot->storage);
    if (!unescaped) return Fail("an unknown escape");
    slot->kind = Kind::kString;
    slot->text = *unescaped;
    slot->raw = raw;
    return true;
  }
  Kind kind = Kind::kNumber;
  if (token == "true" || token == "false") {
    kind = Kind::kBool;
  } else if (token == "null") {
    kind = Kind::kNull;
  } else if (!IsNumber(token)) {
    return Fail("a value that is none");
  }
  if (slot != nullptr) {
    slot->kind = kind;
    slot->text = token;
  }
  return true;
}

bool RecordParser::State::CheckLevels(int levels) {
  return levels <= kMaxLevels ||
         Fail(absl::StrFormat("more than %d levels deep", kMaxLevels));
}

bool RecordParser::State::WalkValue(ondemand::value value, int levels,
                                    Depths depths, std::array<Slot*, 2> slots) {
  const std::string_view token = value.raw_json_token();
  const bool is_object = token.starts_with('{');
  // A string that is passed over in another way may be taken for a name.
  if (token.starts_with('"')) {
    ondemand::raw_json_string raw;
    if (const auto error = value.get_raw_json_string().get(raw)) {
      return Fail(error);
    }
  }
  if (!is_object && !token.starts_with('[')) {
    if (!ReadScalar(token, slots[0])) return false;
    return slots[1] == nullptr || ReadScalar(token, slots[1]);
  }
  for (Slot* slot : slots) {
    if (slot != nullptr) slot->kind = is_object ? Kind::kObject : Kind::kArray;
  }
  if (is_object) {
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return Fail(error);
    return WalkObject(object, levels + 1, depths);
  }
  ondemand::array array;
  if (const auto error = value.get_array().get(array)) return Fail(error);
  return WalkArray(array, levels + 1);
}

bool RecordParser::State::WalkArray(ondemand::array array, int levels) {
  if (!CheckLevels(levels)) return false;
  for (auto element : array) {
    if (const auto error = element.error()) return Fail(error);
    if (!WalkValue(element.value_unsafe(), levels, {}, {})) return false;
  }
  return true;
}

bool RecordParser::State::WalkObject(ondemand::object object, int levels,
                                     Depths depths) {
  if (!CheckLevels(levels)) return false;
  for (auto element : object) {
    if (const auto error = element.error()) return Fail(error);
    ondemand::field& field = element.value_unsafe();
    std::string_view name;
    if (!ReadName(field.key(), &name)) return false;
    Depths deeper = depths;
    const std::array<Slot*, 2> slots = {text.Meet(name, &deeper.text),
                                        id.Meet(name, &deeper.id)};
    if (!WalkValue(field.value(), levels, deeper, slots)) return false;
  }
  return true;
}

bool RecordParser::State::Walk(std::string_view line) {
  text.Reset();
  id.Reset();
  line_end = line.data() + line.size();
  const size_t first = line.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || line[first] != '{') {
    return Fail("no object");
  }
  if (capacity < line.size()) {
    capacity = std::max(kLeastCapacity, std::bit_ceil(line.size()));
    capacity = std::min(capacity, simdjson::SIMDJSON_MAXSIZE_BYTES);
    if (const auto error = parser.allocate(capacity)) return Fail(error);
  }
  ondemand::document document;
  if (const auto error =
          parser.iterate(line, line.size() + simdjson::SIMDJSON_PADDING)
              .get(document)) {
    return error == simdjson::UTF8_ERROR ? Fail(BadUtf8Words(line))
                                         : Fail(error);
  }
  ondemand::object object;
  if (const auto error = document.get_object().get(object)) return Fail(error);
  if (!WalkObject(object, 1, {.text = 0, .id = 0})) return false;
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return Fail("more behind the object");
  }
  return true;
}

RecordParser::RecordParser(const RecordFields& fields)
    : state_(std::make_unique<State>(fields)) {}
RecordParser::~RecordParser() = default;
RecordParser::RecordParser(RecordParser&&) noexcept = default;
RecordParser& RecordParser::operator=(RecordParser&&) noexcept = default;

std::optional<Skip> RecordParser::Parse(std::string_view line, Record* record) {
  if (line.size() >= simdjson::SIMDJSON_MAXSIZE_BYTES) {
    return Skip{SkipReason::kTooLarge, "a line of 4 GiB or more"};
  }
  if (!state_->Walk(line)) {
    return Skip{SkipReason::kBadJson, std::move(state_->problem)};
  }
  const Slot& text = state_->text.found();
  if (text.kind == Kind::kMissing) {
    return Skip{SkipReason::kNoText,
                absl::StrFormat("no field \"%s\"", state_->text.path())};
  }
  if (text.kind != Kind::kString) {
    return Skip{SkipReason::kNoText,
                absl::StrFormat("\"%s\" is %s, not a string",
                                state_->text.path(), KindWords(text.kind))};
  }
  record->text = text.text;
  record->raw_text = text.raw;
  const Slot& id = state_->id.found();
  record->key.reset();
  if (id.kind == Kind::kString || id.kind == Kind::kNumber) {
    record->key = id.text;
  }
  return std::nullopt;
}

}  // namespace twicetold
