#include "law/exact/point.hpp"

#include <algorithm>

#include "formula/program.hpp"

namespace fpk::law {
namespace {

/// Share of the mass at x that the cell i of an axis gets: the hat function of its centre.
double hat(const Axis& axis, std::size_t i, double x) {
  const double c = axis.center(i);
  const bool first = i == 0, last = i + 1 == axis.cells();
  if (x < c) return first ? 1 : std::max(0.0, 1 - (c - x) / (c - axis.center(i - 1)));
  return last ? 1 : std::max(0.0, 1 - (x - c) / (axis.center(i + 1) - c));
}

}  // namespace

PointMass::PointMass(std::vector<std::string> variables, std::vector<double> position)
    : variables_(std::move(variables)), position_(std::move(position)) {}

std::vector<double> PointMass::cell_masses(const GridPart& part) const {
  std::vector<double> masses(part.size(), 1.0);
  for (std::size_t c = 0; c < masses.size(); ++c) {
    const Index i = part.index(c);
    for (std::size_t a = 0; a < dimension(); ++a) masses[c] *= hat(part.grid().axis(a), i[a], position_[a]);
  }
  return masses;
}

std::vector<Estimate> PointMass::expectations(const std::vector<Observable>& observables) const {
  std::vector<Estimate> estimates;
  for (const auto& o : observables)
    estimates.push_back({formula::Program(o.formula, variables_)(position_).front(), 0});
  return estimates;
}

void PointMass::place(std::span<const double* const> /*uniforms*/, std::size_t n,
                      std::span<double* const> positions) const {
  for (std::size_t a = 0; a < dimension(); ++a) std::fill_n(positions[a], n, position_[a]);
}

}  // namespace fpk::law
