#include "law/exact/tabulated.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "law/density.hpp"
#include "law/quadrature.hpp"

namespace fpk::law {

Tabulated::Tabulated(std::vector<std::string> variables, const formula::Formula& density, const Grid& grid)
    : variables_(std::move(variables)), density_(density), grid_(grid) {
  const GridPart whole(grid_);
  cumulative_ = cell_averages(whole, density_);
  double sum = 0;
  for (std::size_t c = 0; c < cumulative_.size(); ++c) {
    if (!(cumulative_[c] >= 0) || std::isinf(cumulative_[c]))
      throw std::invalid_argument("the initial density is negative or not finite in a cell");
    sum += cumulative_[c] * whole.volume(c);
    cumulative_[c] = sum;
  }
  if (!(sum > 0)) throw std::invalid_argument("the initial density is zero everywhere");
  for (auto& c : cumulative_) c /= sum;
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
  for (std::size_t p = 0; p < n; ++p) {
    // The first uniform picks the cell; what is left of it, the place along axis 0 inside the cell.
    const double u = uniforms[0][p];
    const auto cell =
        std::min(static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), u) -
                                          cumulative_.begin()),
                 cumulative_.size() - 1);
    const double below = cell == 0 ? 0 : cumulative_[cell - 1], mass = cumulative_[cell] - below;
    const Index i = grid_.index(cell);
    for (std::size_t a = 0; a < dimension(); ++a) {
      const double share =
          a == 0 ? (mass > 0 ? std::clamp((u - below) / mass, 0.0, 1.0) : 0.5) : uniforms[a][p];
      positions[a][p] = grid_.axis(a).edge(i[a]) + grid_.axis(a).width(i[a]) * share;
    }
  }
}

}  // namespace fpk::law
