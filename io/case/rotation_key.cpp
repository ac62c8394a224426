// [process] rotation: the antisymmetric matrix J of dX = -(I + J) grad L dt + sqrt(2 D) dW.
#include <fmt/format.h>

#include "io/case/sections.hpp"

namespace fpk::io::reader {
namespace {

using Matrix = std::vector<std::vector<double>>;

constexpr const char* path = "process.rotation";
constexpr std::string_view hint =
    "give a number r in two variables, which stands for [[0, r], [-r, 0]], or a matrix with J_ij = -J_ji";

/// One row of d constants for each variable.
std::optional<Matrix> read_rows(Document& document, const Expressions& expressions, const toml::array& rows,
                                std::size_t d) {
  if (rows.size() != d) {
    document.complaints.add(document.place(path),
                            fmt::format("process.rotation has {} rows for {} variables", rows.size(), d),
                            std::string(hint));
    return std::nullopt;
  }
  Matrix J;
  for (std::size_t i = 0; i < d; ++i)
    if (const auto row =
            expressions.constants(*rows.get(i), fmt::format("row {} of process.rotation", i + 1), d))
      J.push_back(*row);
  return J.size() == d ? std::optional(J) : std::nullopt;
}

bool is_antisymmetric(Document& document, const toml::array& rows, const Matrix& J) {
  for (std::size_t i = 0; i < J.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      if (J[i][j] == -J[j][i]) continue;
      document.complaints.add(
          document.place(*rows.get(i)->as_array()->get(j)),
          i == j ? fmt::format("entry {} on the diagonal of process.rotation is {}, not 0", i + 1, J[i][i])
                 : fmt::format("process.rotation is not antisymmetric: {} in row {} column {}, {} across",
                               J[i][j], i + 1, j + 1, J[j][i]),
          std::string(hint));
      return false;
    }
  return true;
}

}  // namespace

std::optional<Matrix> read_rotation(Document& document, const Names& names) {
  const toml::node* node = document.find(path);
  if (node == nullptr) return std::nullopt;
  const Expressions expressions(document, names.scope);
  const std::size_t d = names.variables.size();
  if (d < 2 || (d != 2 && !node->is_array())) {
    document.complaints.add(document.place(*node),
                            d < 2 ? "a rotation takes two variables at least"
                                  : fmt::format("one number is no rotation of {} variables", d),
                            d < 2 ? "leave process.rotation out" : std::string(hint));
    return std::nullopt;
  }
  if (const toml::array* rows = node->as_array()) {
    auto J = read_rows(document, expressions, *rows, d);
    return J && is_antisymmetric(document, *rows, *J) ? J : std::nullopt;
  }
  const auto r = expressions.constant(path);
  return r ? std::optional(Matrix{{0, *r}, {-*r, 0}}) : std::nullopt;
}

}  // namespace fpk::io::reader
