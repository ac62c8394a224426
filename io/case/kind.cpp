#include "io/case/kind.hpp"

namespace fpk::io::reader {

KindWords words(Kind kind) {
  switch (kind) {
    case Kind::table:
      return {"table", "a table", "{ key = value }"};
    case Kind::table_or_word:
      return {"table or word", "a table or a word in quotes", "\"auto\""};
    case Kind::text:
      return {"text", "text in quotes", "\"text\""};
    case Kind::choice:
      return {"word", "a word in quotes", "\"word\""};
    case Kind::boolean:
      return {"true or false", "true or false", "true"};
    case Kind::integer:
      return {"integer", "a whole number", "100"};
    case Kind::number:
      return {"number", "a number", "0.5"};
    case Kind::constant:
      return {"number or constant formula", "a number or a formula of parameters", "0.5 or \"2*pi\""};
    case Kind::formula:
      return {"formula", "a formula in quotes or a number", "\"x^2 + 1\""};
    case Kind::names:
      return {"list of names", "a list of names", "[\"x\", \"y\"]"};
    case Kind::numbers:
      return {"list of numbers", "a list of numbers", "[0.2, 0.1]"};
    case Kind::constants:
      return {"list of constants", "a list of numbers or formulas of parameters", "[-1, \"pi/2\"]"};
    case Kind::constant_rows:
      return {"matrix of constants", "a list of rows of numbers", "[[1, 0.5], [0.5, 1]]"};
    case Kind::rotation:
      return {"constant or matrix of constants", "a number, or a list of rows of numbers",
              "0.5 or [[0, 0.5], [-0.5, 0]]"};
    case Kind::formulas:
      return {"list of formulas", "a list of formulas", "[\"-x\", \"-y\"]"};
    case Kind::formula_rows:
      return {"matrix of formulas", "a list of rows of formulas", "[[\"1\", \"0\"], [\"0\", \"1\"]]"};
    case Kind::times:
      return {"integer or list of numbers", "a whole number or a list of times", "41 or [0, 0.5, 1]"};
    case Kind::start:
      return {"list of constants or formula", "a point or a set", "[-1, 0] or \"x < -0.9\""};
    case Kind::column:
      return {"text or table", "a column's name or a table", "\"mean_radius\" or { name = \"mean_radius\" }"};
    case Kind::derived_column:
      return {"formula or table", "a formula in quotes or a table", "\"log(x)\" or { formula = \"log(x)\" }"};
  }
  return {};
}

Kind entry_kind(Kind kind) {
  switch (kind) {
    case Kind::names:
      return Kind::text;
    case Kind::numbers:
    case Kind::times:
      return Kind::number;
    case Kind::constants:
    case Kind::start:
      return Kind::constant;
    case Kind::constant_rows:
    case Kind::rotation:
      return Kind::constants;
    case Kind::formulas:
      return Kind::formula;
    case Kind::formula_rows:
      return Kind::formulas;
    default:
      return kind;
  }
}

}  // namespace fpk::io::reader
