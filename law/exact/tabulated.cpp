#include "law/exact/tabulated.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "law/density.hpp"
#include "law/quadrature.hpp"

namespace fpk::law {

namespace {

/// Cells looked at together.
constexpr std::size_t slab_cells = std::size_t{1} << 16;

/// The planes first, ..., end - 1 of the last axis, as a grid of their own.
GridPart slab_of(const Grid& grid, std::size_t first, std::size_t end) {
  auto axes = grid.axes();
  const auto edges = grid.axes().back().edges().begin();
  axes.back() = Axis(axes.back().name(), std::vector<double>(edges + static_cast<std::ptrdiff_t>(first),
                                                             edges + static_cast<std::ptrdiff_t>(end + 1)));
  return GridPart(Grid(std::move(axes)));
}

}  // namespace

Tabulated::Tabulated(std::vector<std::string> variables, const formula::Formula& density, const Grid& grid)
    : variables_(std::move(variables)), density_(density), grid_(grid) {
  for_each_integral([&](double integral) {
    if (!(integral >= 0) || std::isinf(integral))
      throw std::invalid_argument("the initial density is negative or not finite in a cell");
    sum_ += integral;
  });
  if (!(sum_ > 0)) throw std::invalid_argument("the initial density is zero everywhere");
}

template <class Take>
void Tabulated::for_each_integral(Take take) const {
  const std::size_t planes = grid_.axes().back().cells(),
                    run = std::max<std::size_t>(1, slab_cells / (grid_.size() / planes));
  for (std::size_t k = 0; k < planes; k += run) {
    const GridPart slab = slab_of(grid_, k, std::min(planes, k + run));
    const auto averages = cell_averages(slab, density_);
    for (std::size_t c = 0; c < averages.size(); ++c) take(averages[c] * slab.volume(c));
  }
}

const std::vector<double>& Tabulated::cumulative() const {
  std::call_once(tabulated_, [&] {
    cumulative_.reserve(grid_.size());
    double sum = 0;
    for_each_integral([&](double integral) {
      sum += integral;
      cumulative_.push_back(sum / sum_);
    });
  });
  return cumulative_;
}

std::vector<double> Tabulated::cell_masses(const GridPart& part) const {
  auto masses = cell_averages(part, density_);
  for (std::size_t c = 0; c < masses.size(); ++c) masses[c] *= part.volume(c);
  const double sum = total(part, masses);
  for (auto& m : masses) m /= sum;
  return masses;
}

std::vector<Estimate> Tabulated::expectations(const std::vector<Observable>& observables) const {
  const auto shape = std::make_shared<CellShape>(GridPart(grid_));
  return Density(shape, cell_masses(shape->part())).expectations(observables);
}

void Tabulated::place(std::span<const double* const> uniforms, std::size_t n,
                      std::span<double* const> positions) const {
  const auto& to = cumulative();
  for (std::size_t p = 0; p < n; ++p) {
    // The first uniform picks the cell; what is left of it, the place along axis 0 inside the cell.
    const double u = uniforms[0][p];
    const auto cell = std::min(
        static_cast<std::size_t>(std::upper_bound(to.begin(), to.end(), u) - to.begin()), to.size() - 1);
    const double below = cell == 0 ? 0 : to[cell - 1], mass = to[cell] - below;
    const Index i = grid_.index(cell);
    for (std::size_t a = 0; a < dimension(); ++a) {
      const double share =
          a == 0 ? (mass > 0 ? std::clamp((u - below) / mass, 0.0, 1.0) : 0.5) : uniforms[a][p];
      positions[a][p] = grid_.axis(a).edge(i[a]) + grid_.axis(a).width(i[a]) * share;
    }
  }
}

}  // namespace fpk::law
