// Where a character of a TOML string's value stands in the file, so that an error in a formula points at its
// character.
#pragma once

#include <cstddef>
#include <string_view>

namespace fpk::io::reader {

struct LineColumn {
  std::size_t line = 1, column = 1;  ///< columns count characters, not bytes
};

/// The place of byte `offset` of the value of the string whose opening quote stands at `quote` in `text`.
/// Knows basic and literal strings, one line or several, with their escapes (TOML 1.0, "String"). An offset
/// at or past the end gives the place of the closing quote.
LineColumn place_in_string(std::string_view text, LineColumn quote, std::size_t offset);

}  // namespace fpk::io::reader
