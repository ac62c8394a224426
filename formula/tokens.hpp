// The pieces of a formula's text: numbers, names and symbols, each with its place.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace fpk::formula {

struct Token {
  enum Kind { number, name, symbol, end };
  Kind kind;
  std::string_view text;  ///< into the text that was given; empty at the end
  std::size_t offset;
  double value = 0;  ///< of a number
};

/// All tokens, the last one of kind `end`. Throws Error at a bad number or a character no formula has.
std::vector<Token> tokenize(std::string_view text);

}  // namespace fpk::formula
