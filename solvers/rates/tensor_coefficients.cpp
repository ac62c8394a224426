#include "solvers/rates/tensor_coefficients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "law/quadrature.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

/// The same to the last bit for all cells of an equal axis: rounding must not decide between two decompositions.
double width_of(const law::Axis& axis, std::size_t i) {
  return axis.is_uniform() ? axis.length() / static_cast<double>(axis.cells()) : axis.width(i);
}

/// x'' / h^2 of the cells of an axis; at walls from the parabola through the next two.
std::vector<double> bends(const law::Axis& axis, bool ring) {
  const std::size_t n = axis.cells();
  std::vector<double> bend(n, 0.0);
  if (axis.is_uniform() || n < 3) return bend;
  if (width_ratio(axis, ring) > largest_width_ratio)
    throw SolverError(fmt::format(
        "noise that mixes variables wants cells whose widths change gradually, and those of {} change by a "
        "factor {:.3g} from one to the next; try equal cells, or cells clustered about a place",
        axis.name(), width_ratio(axis, ring)));
  const auto h = [&](std::size_t i) { return axis.width(i % n); };
  for (std::size_t i = 0; i < n; ++i) {
    double second = (h(i + 1) - h(i + n - 1)) / 2;
    if (!ring && i == 0) second = (-3 * h(0) + 4 * h(1) - h(2)) / 2;
    if (!ring && i + 1 == n) second = (3 * h(n - 1) - 4 * h(n - 2) + h(n - 3)) / 2;
    bend[i] = second / (h(i) * h(i));
  }
  return bend;
}

}  // namespace

double width_ratio(const law::Axis& axis, bool ring) {
  const std::size_t n = axis.cells();
  double largest = 1;
  for (std::size_t i = 0; i + (ring ? 0 : 1) < n; ++i) {
    const double ratio = axis.width((i + 1) % n) / axis.width(i);
    largest = std::max({largest, ratio, 1 / ratio});
  }
  return largest;
}

TensorCoefficients::TensorCoefficients(const model::Process& process, const model::Domain& domain,
                                       const law::Grid& grid, double t)
    : grid_(grid) {
  const auto now = [t](const formula::Formula& f) {
    return f.substitute(model::time_name, formula::Formula(t));
  };
  const std::size_t d = process.dimension();
  const auto a = process.diffusion();
  for (std::size_t i = 0; i < d; ++i) {
    formulas_.push_back(now(process.drift[i]));
    bend_.push_back(bends(grid.axis(i), domain.sides[i].is_periodic()));
  }
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) formulas_.push_back(now(a[i][j]));
}

std::size_t TensorCoefficients::cell(std::size_t k) const {
  const std::size_t d = grid_.dimension(), plane = grid_.size() / grid_.cells(d - 1);
  const auto all = static_cast<std::ptrdiff_t>(grid_.cells(d - 1));
  const auto at = ((first_ + static_cast<std::ptrdiff_t>(k / plane)) % all + all) % all;
  return static_cast<std::size_t>(at) * plane + k % plane;
}

void TensorCoefficients::average(std::ptrdiff_t first, std::size_t planes) {
  const std::size_t d = grid_.dimension(), plane = grid_.size() / grid_.cells(d - 1);
  const auto end = first + static_cast<std::ptrdiff_t>(planes);
  const auto had_first = first_,
             had_end = first_ + static_cast<std::ptrdiff_t>(values_.empty() ? 0 : size() / plane);
  const auto had =
      std::exchange(values_, std::vector(formulas_.size(), std::vector<double>(planes * plane, 0.0)));
  first_ = first;
  // Averages over rows of data are dear: planes that are there are not made again.
  const auto kept_first = std::clamp(had_first, first, end), kept_end = std::clamp(had_end, kept_first, end);
  const auto at = [&](std::ptrdiff_t p, std::ptrdiff_t from) {
    return static_cast<std::size_t>(p - from) * plane;
  };
  if (kept_first < kept_end)
    for (std::size_t f = 0; f < formulas_.size(); ++f)
      std::copy_n(had[f].data() + at(kept_first, had_first), at(kept_end, kept_first),
                  values_[f].data() + at(kept_first, first));
  average_cells(0, at(kept_first, first));
  average_cells(at(kept_end, first), at(end, first));
}

/// Of those held, first_cell, ..., end - 1.
void TensorCoefficients::average_cells(std::size_t first_cell, std::size_t end) {
  if (first_cell >= end) return;
  const law::GridPart whole(grid_);
  const auto box = [&](std::size_t k) { return law::cell_box(whole, cell(first_cell + k)); };
  const auto w = law::node_weights(grid_.dimension());
  law::for_boxes(grid_, end - first_cell, box, formulas_, {},
                 [&](std::size_t begin, std::size_t boxes, std::span<double* const> v) {
                   for (std::size_t f = 0; f < formulas_.size(); ++f)
                     for (std::size_t k = 0; k < boxes * w.size(); ++k)
                       values_[f][first_cell + begin + k / w.size()] += w[k % w.size()] * v[f][k];
                 });
}

Departures TensorCoefficients::at(std::size_t k, int reach, Carrier carrier) const {
  const std::size_t d = grid_.dimension();
  const law::Index index = grid_.index(cell(k));
  std::array<double, law::max_dimension> h{};
  for (std::size_t i = 0; i < d; ++i) h[i] = width_of(grid_.axis(i), index[i]);
  CellTensor a{};
  CellVector b{};
  std::size_t f = d;
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j <= i; ++j) a[i][j] = a[j][i] = values_[f++][k] / (h[i] * h[j]);
    b[i] = values_[i][k] / h[i] - a[i][i] * h[i] * bend_[i][index[i]];
  }
  return departures(a, b, d, reach, carrier);
}

}  // namespace fpk::solvers
