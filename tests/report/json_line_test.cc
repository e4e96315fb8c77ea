// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/json_line.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace twicetold {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

TEST(JsonLineTest, WritesTextsAsTheLibraryDoes) {
  std::vector<std::string> texts = {"",
                                    "plain/path-of.txt",
                                    "quote \" and \\ backslash",
                                    "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80",
                                    "bad \xff\xc3",
                                    std::string("NUL \0 inside", 12)};
  for (int c = 1; c < 256; ++c) {
    texts.push_back("a" + std::string(1, static_cast<char>(c)) + "z");
  }
  for (const std::string& text : texts) {
    std::string line;
    JsonLine(&line).Text("first", text).Text("x", "y").End();
    EXPECT_EQ(line, Dump({{"first", text}, {"x", "y"}}));
  }
}

TEST(JsonLineTest, WritesNumbersAsTheLibraryDoes) {
  for (const uint64_t value : {uint64_t{0}, uint64_t{7}, uint64_t{10},
                               uint64_t{1} << 32, UINT64_MAX}) {
    std::string line;
    JsonLine(&line).Count("n", value).End();
    EXPECT_EQ(line, Dump({{"n", value}}));
  }
  for (const double value :
       {0.0, 1.0, 0.5, 1.0 / 3, 2.0 / 3, 0.1 + 0.2, 1e-7, 1e-300, 12345.678,
        1e22, std::nextafter(1.0, 0.0), std::nan(""), -0.0}) {
    std::string line;
    JsonLine(&line).Fraction("f", value).End();
    EXPECT_EQ(line, Dump({{"f", value}}));
  }
}

TEST(JsonLineTest, ObjectsInAndAfterOthers) {
  std::string inner;
  JsonLine object(&inner);
  object.Count("n", 1);
  object.EndObject();
  std::string line;
  JsonLine(&line).Raw("inner", inner).EndObject();
  line.pop_back();
  JsonLine::After(&line).Flag("more", true).End();
  EXPECT_EQ(line, Dump({{"inner", {{"n", 1}}}, {"more", true}}));
}

TEST(JsonLineTest, WritesObjectsInsideAsTheLibraryDoes) {
  const auto set_square = [](int value, JsonLine* object) {
    object->Count("n", static_cast<uint64_t>(value))
        .Pair("square", 0, static_cast<uint64_t>(value) * value);
  };
  for (const std::vector<int>& values : {std::vector<int>{}, {3}, {1, 0, 2}}) {
    std::string line;
    JsonLine(&line)
        .Object("one", [&](JsonLine* object) { set_square(7, object); })
        .Objects("all", values, set_square)
        .Count("more", 1)
        .End();
    Json all = Json::array();
    for (const int value : values) {
      all.push_back({{"n", value}, {"square", {0, value * value}}});
    }
    EXPECT_EQ(line, Dump({{"one", {{"n", 7}, {"square", {0, 49}}}},
                          {"all", all},
                          {"more", 1}}));
  }
}

TEST(JsonLineTest, WritesTheRestAsTheLibraryDoes) {
  for (const std::vector<uint32_t>& counts :
       {std::vector<uint32_t>{}, {5}, {0, 4294967295u, 12}}) {
    std::string line = "\n";
    JsonLine(&line)
        .Counts("members", counts)
        .Flag("yes", true)
        .Flag("no", false)
        .Raw("raw", R"([{"a":1}])")
        .End();
    const Json wanted = {{"members", counts},
                         {"yes", true},
                         {"no", false},
                         {"raw", Json::array({{{"a", 1}}})}};
    EXPECT_EQ(line.substr(1), Dump(wanted));
    EXPECT_EQ(line.front(), '\n');
  }
}

}  // namespace
}  // namespace twicetold
