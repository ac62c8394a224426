#include "law/exact/uniform.hpp"

#include <algorithm>
#include <stdexcept>

#include "law/density.hpp"

namespace fpk::law {

Uniform::Uniform(std::vector<std::string> variables, std::vector<double> lower, std::vector<double> upper)
    : variables_(std::move(variables)), lower_(std::move(lower)), upper_(std::move(upper)) {
  for (std::size_t a = 0; a < dimension(); ++a)
    if (!(lower_.at(a) < upper_.at(a))) throw std::invalid_argument("a uniform law needs lower < upper");
}

std::vector<double> Uniform::cell_masses(const GridPart& part) const {
  std::vector<double> masses(part.size(), 1.0);
  for (std::size_t c = 0; c < masses.size(); ++c) {
    const Index i = part.index(c);
    for (std::size_t a = 0; a < dimension(); ++a) {
      const double from = std::max(lower_[a], part.grid().axis(a).edge(i[a]));
      const double to = std::min(upper_[a], part.grid().axis(a).edge(i[a] + 1));
      masses[c] *= std::max(0.0, to - from) / (upper_[a] - lower_[a]);
    }
  }
  return masses;
}

std::vector<Estimate> Uniform::expectations(const std::vector<Observable>& observables) const {
  static constexpr std::array<std::size_t, max_dimension> cells = {2048, 192, 48};
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < dimension(); ++a)
    axes.emplace_back(variables_[a], lower_[a], upper_[a], cells[dimension() - 1]);
  const auto shape = std::make_shared<CellShape>(GridPart(Grid(std::move(axes))), formula::Formula(0.0));
  return Density::equilibrium(shape).expectations(observables);
}

void Uniform::place(std::span<const double* const> uniforms, std::size_t n,
                    std::span<double* const> positions) const {
  for (std::size_t a = 0; a < dimension(); ++a)
    for (std::size_t p = 0; p < n; ++p)
      positions[a][p] = lower_[a] + (upper_[a] - lower_[a]) * uniforms[a][p];
}

}  // namespace fpk::law
