// Mathematical expressions in named variables: parse, differentiate, combine, print.
//
// A Formula is an immutable expression graph. Constants are folded and trivial identities (0*x, x+0, x^1,
// ...) removed as it is built; the derivative is exact, taken on the graph. Evaluation is the business of
// Program (formula/program.hpp), which shares common subexpressions and runs over blocks of points.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fpk::formula {

struct Node;  // formula/node.hpp

/// What is wrong with the text of a formula, and where in it.
class Error : public std::runtime_error {
 public:
  Error(const std::string& message, std::size_t offset, std::size_t length, std::string hint)
      : std::runtime_error(message), offset_(offset), length_(length), hint_(std::move(hint)) {}
  [[nodiscard]] std::size_t offset() const { return offset_; }     ///< of the first offending character
  [[nodiscard]] std::size_t length() const { return length_; }     ///< of the offending piece, 0 at the end
  [[nodiscard]] const std::string& hint() const { return hint_; }  ///< what to try; never empty

 private:
  std::size_t offset_, length_;
  std::string hint_;
};

/// Rows of data, a column for each name, which a loss is averaged over.
struct Table {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;  ///< columns[k][row], all equally long
  [[nodiscard]] std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
};

class Formula {
 public:
  Formula(double constant = 0);  // NOLINT(google-explicit-constructor): a number is a formula
  explicit Formula(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  static Formula variable(std::string name);

  /// d/d(variable). Where a formula has a kink (abs, min, max, sign, comparisons) the one-sided pieces are
  /// differentiated and the jump is left out.
  [[nodiscard]] Formula derivative(std::string_view variable) const;
  [[nodiscard]] Formula substitute(std::string_view variable, const Formula& value) const;
  [[nodiscard]] bool depends_on(std::string_view variable) const;
  /// Whether it may jump: it compares, or takes a sign. The derivative leaves jumps out.
  [[nodiscard]] bool may_jump() const;
  [[nodiscard]] std::vector<std::string> variables() const;  ///< those it depends on, in alphabetical order
  [[nodiscard]] std::optional<double> constant() const;      ///< its value where it depends on nothing
  [[nodiscard]] std::string text() const;  ///< parses back to an equal formula (mean_over_rows apart)
  [[nodiscard]] const std::shared_ptr<const Node>& node() const { return node_; }

 private:
  std::shared_ptr<const Node> node_;
};

Formula operator+(const Formula& a, const Formula& b);
Formula operator-(const Formula& a, const Formula& b);
Formula operator*(const Formula& a, const Formula& b);
Formula operator/(const Formula& a, const Formula& b);
Formula operator-(const Formula& a);
Formula pow(const Formula& base, const Formula& exponent);
Formula exp(const Formula& a);
Formula log(const Formula& a);
Formula sqrt(const Formula& a);

/// (1/rows) sum over rows of f, whose column names stand for the row's values. Its derivative is the mean of
/// the derivatives, so a loss on data differentiates and compiles like any other formula.
Formula mean_over_rows(const Formula& f, std::shared_ptr<const Table> table);

/// The names that a text may use, beside the functions and pi.
struct Scope {
  std::vector<std::string> variables;
  std::map<std::string, double> parameters;
  std::map<std::string, Formula> definitions;
};

/// Numbers, names, + - * / ^ (right associative, above unary minus), comparisons, `and`, `or`, `not`,
/// parentheses and the functions of formula/function_table.hpp. Truth is 1, falsehood 0. Throws Error, naming
/// the nearest known name.
Formula parse(std::string_view text, const Scope& scope);

/// Names a variable or parameter may not take: functions, pi, and, or, not.
bool is_reserved(std::string_view name);

/// The candidate closest to `name` in edit distance, or nothing where none is close enough to be a likely
/// typo.
std::optional<std::string> nearest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace fpk::formula
