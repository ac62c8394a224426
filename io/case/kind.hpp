// The kinds of value that a key of a case may hold, and the words for them.
#pragma once

#include <string_view>

namespace fpk::io::reader {

enum class Kind {
  table,
  table_or_word,  ///< a table, or one of the key's allowed words
  text,
  choice,  ///< one of the key's allowed words
  boolean,
  integer,  ///< 1e6 counts as one
  number,
  constant,       ///< a number, or a formula of parameters and pi
  formula,        ///< text, or a number
  names,          ///< list of text
  numbers,        ///< list of numbers
  constants,      ///< list of constants
  constant_rows,  ///< list of lists of constants
  rotation,       ///< a constant, or a list of lists of constants
  formulas,       ///< list of formulas
  formula_rows,   ///< list of lists of formulas
  times,          ///< an integer, or a list of numbers
  start,          ///< list of constants, or a formula
  column,         ///< text, or a table that names a column of a data file
  derived_column  ///< a formula, or a table that holds one
};

/// How the schema and the complaints speak of a kind.
struct KindWords {
  std::string_view name;     ///< "list of numbers"
  std::string_view article;  ///< "a list of numbers", after "must be"
  std::string_view example;  ///< what a value looks like in TOML
};

KindWords words(Kind kind);

/// The kind of an entry of a list kind; the kind itself of anything else.
Kind entry_kind(Kind kind);

}  // namespace fpk::io::reader
