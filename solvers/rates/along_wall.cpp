#include "solvers/rates/along_wall.hpp"

#include <cstdlib>

namespace fpk::solvers {
namespace {

/// Whether a form of one or two variables is positive semidefinite, but for rounding, as that of a single jump is: the rest
/// of limited noise may be none.
bool is_semidefinite(const CellTensor& T, std::size_t dimension) {
  if (dimension == 1) return T[0][0] >= 0;
  const double product = T[0][0] * T[1][1];
  return T[0][0] >= 0 && T[1][1] >= 0 && product - T[0][1] * T[1][0] >= -1e-12 * product;
}

}  // namespace

Departures along_wall(const Departures& from, std::size_t dimension, std::size_t axis, int layer) {
  std::array<std::size_t, 2> tangent{};
  for (std::size_t i = 0, k = 0; i < dimension; ++i)
    if (i != axis) tangent[k++] = i;
  CellVector an{};  // the conormal a n
  for (std::size_t k = 0; k < from.count; ++k)
    for (std::size_t i = 0; i < dimension; ++i)
      an[i] += from.jumps[k].weight * from.jumps[k].offset[i] * from.jumps[k].offset[axis];
  if (!(an[axis] > 0)) return {};
  CellTensor T{};
  for (std::size_t k = 0; k < from.count; ++k) {
    const auto& [e, rho, drift] = from.jumps[k];
    if (std::abs(e[axis]) <= layer) continue;
    CellVector slid{};
    for (std::size_t i = 0; i + 1 < dimension; ++i)
      slid[i] = e[tangent[i]] - e[axis] * an[tangent[i]] / an[axis];
    for (std::size_t i = 0; i + 1 < dimension; ++i)
      for (std::size_t j = 0; j + 1 < dimension; ++j) T[i][j] += rho / 2 * slid[i] * slid[j];
  }
  if (!is_semidefinite(T, dimension - 1)) return {};
  const Decomposition found = selling(T, dimension - 1, 1);
  Departures answer;
  for (std::size_t k = 0; k < found.count; ++k) {
    if (!(found.terms[k].weight > 0)) continue;
    auto& [offset, weight, drift] = answer.jumps[answer.count++];
    weight = found.terms[k].weight;
    for (std::size_t i = 0; i + 1 < dimension; ++i) {
      offset[tangent[i]] = found.terms[k].offset[i];
      drift += weight * offset[tangent[i]] * from.force[tangent[i]];
    }
  }
  return answer;
}

}  // namespace fpk::solvers
