// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/utf8.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <string_view>

namespace twicetold {
namespace {

// The bytes of `c`, bit by bit as the standard draws them.
std::string SlowEncode(char32_t c) {
  const auto bits = [c](int from, int count, int head) {
    return static_cast<char>(head | (c >> from & ((1 << count) - 1)));
  };
  const auto tail = [&bits](int from) { return bits(from, 6, 0x80); };
  if (c < 0x80) return std::string{bits(0, 7, 0)};
  if (c < 0x800) return std::string{bits(6, 5, 0xc0), tail(0)};
  if (c < 0x10000) return std::string{bits(12, 4, 0xe0), tail(6), tail(0)};
  return std::string{bits(18, 3, 0xf0), tail(12), tail(6), tail(0)};
}

// Every character and its bytes, all 1.1 million: the slow decoder looks up,
// and what it does not find is no character.
const std::map<std::string, char32_t, std::less<>>& AllCharacters() {
  static const auto* const kAll = [] {
    auto* all = new std::map<std::string, char32_t, std::less<>>;
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
      if (c == 0xd800) c = 0xe000;
      all->emplace_hint(all->end(), SlowEncode(c), c);
    }
    return all;
  }();
  return *kAll;
}

Utf8Char SlowDecode(std::string_view bytes) {
  for (size_t length = 1; length <= 4 && length <= bytes.size(); ++length) {
    const auto it = AllCharacters().find(bytes.substr(0, length));
    if (it != AllCharacters().end()) {
      return {it->second, static_cast<uint32_t>(length)};
    }
  }
  return {};
}

bool Agrees(std::string_view bytes) {
  // In memory of its own size, so that reading beyond it is found out.
  const std::string exact(bytes);
  const Utf8Char expected = SlowDecode(bytes);
  const Utf8Char actual = DecodeUtf8(exact.data(), exact.size());
  EXPECT_EQ(actual.length, expected.length);
  EXPECT_EQ(actual.code_point, expected.code_point);
  if (!::testing::Test::HasFailure()) return true;
  for (const char c : bytes) {
    ADD_FAILURE() << std::hex << int{static_cast<unsigned char>(c)};
  }
  return false;
}

TEST(DecodeUtf8Test, EveryOneTwoAndThreeBytes) {
  std::string bytes;
  for (int i = 0; i < 1 << 24; ++i) {
    bytes = {static_cast<char>(i >> 16), static_cast<char>(i >> 8),
             static_cast<char>(i)};
    // Below E0 no sequence has three bytes: one third byte stands for all.
    if (i >> 16 < 0xe0 && (i & 0xff) != 0) continue;
    if ((i & 0xff) == 0 && !Agrees(std::string_view(bytes).substr(0, 2))) {
      return;
    }
    if ((i & 0xffff) == 0 && !Agrees(std::string_view(bytes).substr(0, 1))) {
      return;
    }
    if (!Agrees(bytes)) return;
  }
}

TEST(DecodeUtf8Test, FourBytesAtEveryBorder) {
  constexpr unsigned char kBytes[] = {0x00, 0x41, 0x7f, 0x80, 0x8f,
                                      0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                      0xc2, 0xe0, 0xf0, 0xf4, 0xff};
  for (int lead = 0x80; lead < 0x100; ++lead) {
    for (const unsigned char b : kBytes) {
      for (const unsigned char c : kBytes) {
        for (const unsigned char d : kBytes) {
          const std::string bytes = {static_cast<char>(lead),
                                     static_cast<char>(b), static_cast<char>(c),
                                     static_cast<char>(d)};
          if (!Agrees(bytes)) return;
        }
      }
    }
  }
}

TEST(EncodeUtf8Test, EveryCharacterComesBack) {
  for (const auto& [bytes, c] : AllCharacters()) {
    char out[kMaxUtf8Bytes];
    const size_t length = EncodeUtf8(c, out);
    ASSERT_EQ(std::string_view(out, length), bytes);
    ASSERT_EQ(Utf8Length(c), length);
    ASSERT_EQ(DecodeUtf8(out, length).code_point, c);
  }
}

TEST(CountUtf8Test, BytesOfNoSequenceAreBadOneByOne) {
  const auto count = [](std::string_view text) {
    const Utf8Counts counts = CountUtf8(text);
    return std::pair(counts.sequences, counts.bad_bytes);
  };
  EXPECT_EQ(count(""), std::pair(0ul, 0ul));
  EXPECT_EQ(count("plain text, longer than eight"), std::pair(0ul, 0ul));
  EXPECT_EQ(count("\u00e9\u20ac\U0001f600"), std::pair(3ul, 0ul));
  EXPECT_EQ(count("\xe2\x82"
                  "A"),
            std::pair(0ul, 2ul));
  EXPECT_EQ(count("\xed\xa0\x80"), std::pair(0ul, 3ul));
  EXPECT_EQ(count("\xc0\x80\xf5\xc3"), std::pair(0ul, 4ul));
}

TEST(CountUtf8Test, EqualsCountingOneByOne) {
  std::mt19937 random(3);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const size_t length = random() % 60;
    while (text.size() < length) {
      if (random() % 4 != 0) {
        text.append(random() % 12, 'x');
      } else if (random() % 2 == 0) {
        text += "\u20ac";
      } else {
        text += static_cast<char>(random());
      }
    }
    Utf8Counts expected;
    for (std::string_view rest = text; !rest.empty();) {
      const Utf8Char c = SlowDecode(rest);
      if (c.length == 0) ++expected.bad_bytes;
      if (c.length > 1) ++expected.sequences;
      rest.remove_prefix(c.length == 0 ? 1 : c.length);
    }
    const Utf8Counts actual = CountUtf8(text);
    ASSERT_EQ(actual.sequences, expected.sequences);
    ASSERT_EQ(actual.bad_bytes, expected.bad_bytes);
  }
}

}  // namespace
}  // namespace twicetold
