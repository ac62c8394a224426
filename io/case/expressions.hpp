// Formulas and constants of a case, read in the names that it defines; errors point at the character.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.hpp"
#include "io/case/document.hpp"
#include "io/case/schema.hpp"

namespace fpk::io::reader {

/// Whether a formula may depend on the time t; if not, what to do instead.
struct TimeUse {
  bool allowed = true;
  std::string_view instead;
};
inline constexpr TimeUse may_use_time{true, ""};

class Expressions {
 public:
  /// `scope` holds the variables, t, the parameters and the definitions.
  Expressions(Document& document, formula::Scope scope) : document_(document), scope_(std::move(scope)) {}

  [[nodiscard]] const formula::Scope& scope() const { return scope_; }

  /// Each of these complains and returns nothing where the value is wrong; where it is absent it returns
  /// nothing.
  [[nodiscard]] std::optional<formula::Formula> formula(std::string_view path,
                                                        TimeUse time = may_use_time) const;
  [[nodiscard]] std::optional<formula::Formula> formula(const toml::node& node, std::string_view what,
                                                        TimeUse time = may_use_time) const;
  [[nodiscard]] std::optional<std::vector<formula::Formula>> formulas(const toml::node& list,
                                                                      std::string_view what) const;
  [[nodiscard]] std::optional<double> constant(std::string_view path, const Range& range = {}) const;
  [[nodiscard]] std::optional<double> constant(const toml::node& node, std::string_view what,
                                               const Range& range = {}) const;
  /// As many as `count`.
  [[nodiscard]] std::optional<std::vector<double>> constants(const toml::node& list, std::string_view what,
                                                             std::size_t count,
                                                             const Range& range = {}) const;
  [[nodiscard]] std::optional<std::vector<double>> constants(std::string_view path, std::size_t count,
                                                             const Range& range = {}) const;

 private:
  Document& document_;
  formula::Scope scope_;
};

/// The names in the text of a formula, functions among them, each with its offset.
struct NameInText {
  std::string name;
  std::size_t offset;
};
std::vector<NameInText> names_in_text(std::string_view text);

}  // namespace fpk::io::reader
