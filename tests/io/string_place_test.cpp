#include "io/case/string_place.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fpk::io::reader {
namespace {

struct Sought {
  std::string text;  ///< holds the string and, in its value, one @ that is sought
  LineColumn quote;
  std::size_t offset;  ///< of @ in the value, in bytes
};

/// Where @ stands, counted by eye's rule: a byte that continues a character takes no column.
LineColumn place_of_mark(const std::string& text) {
  LineColumn place;
  for (const char c : text) {
    if (c == '@') break;
    if (c == '\n')
      place = {place.line + 1, 1};
    else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
      ++place.column;
  }
  return place;
}

TEST(PlaceInString, IsWhereTheCharacterStandsInEveryKindOfString) {
  const std::vector<Sought> table{
      {"a = \"x + @\"", {1, 5}, 4},
      {"a = 'x\\n + @'", {1, 5}, 6},
      {"\n\n  a = \"x@\"", {3, 7}, 1},
      {"a = \"x\\t\\\"@\"", {1, 5}, 3},
      {"a = \"\\u0041@\"", {1, 5}, 1},
      {"a = \"\\u03b1@\"", {1, 5}, 2},
      {"a = \"\\U0001F600@\"", {1, 5}, 4},
      {"a = \"\xce\xb1@\"", {1, 5}, 2},
      {"a = \"\"\"x\ny + @\"\"\"", {1, 5}, 6},
      {"a = \"\"\"\nx\n  y@\"\"\"", {1, 5}, 5},
      {"a = \"\"\"\r\nx@\"\"\"", {1, 5}, 1},
      {"a = '''\nx \\\n@'''", {1, 5}, 4},
      {"a = \"\"\"x \\\n     @\"\"\"", {1, 5}, 2},
      {"a = \"\"\"x \"quoted\" @\"\"\"", {1, 5}, 11},
  };
  for (const Sought& sought : table) {
    const LineColumn expected = place_of_mark(sought.text);
    const LineColumn found = place_in_string(sought.text, sought.quote, sought.offset);
    EXPECT_EQ(found.line, expected.line) << sought.text;
    EXPECT_EQ(found.column, expected.column) << sought.text;
  }
}

TEST(PlaceInString, IsTheClosingQuoteAtTheEndAndBeyond) {
  for (const std::size_t offset : {std::size_t{3}, std::size_t{4}, std::size_t{1000}}) {
    const LineColumn found = place_in_string("a = \"abc\" # more", {1, 5}, offset);
    EXPECT_EQ(found.column, 9U) << offset;
  }
}

TEST(PlaceInString, StaysInATextThatBreaksOff) {
  for (const char* text : {"a = \"abc", "a = \"\\", "a = \"\\u00", "a = \"\"\"abc", "a", ""})
    EXPECT_EQ(place_in_string(text, {1, 5}, 100).line, 1U) << text;
}

}  // namespace
}  // namespace fpk::io::reader
