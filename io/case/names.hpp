// The names of a case: variables, parameters, definitions. Each stands for one thing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.hpp"
#include "io/case/document.hpp"

namespace fpk::io::reader {

struct Names {
  std::vector<std::string> variables;
  formula::Scope scope;  ///< the variables, t, the parameters and the definitions
};

/// Nothing where the variables are missing or wrong, so that no formula can be read. Complains of names that
/// clash, of definitions that go round in a circle, and of every error in a definition.
std::optional<Names> read_names(Document& document);

/// Complains unless `name` is a letter followed by letters, digits and _, and no name of a function, of pi or
/// of t.
bool is_usable_name(Document& document, const Place& at, const std::string& name);

}  // namespace fpk::io::reader
