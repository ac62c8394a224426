// Problem B: L = (x^2 - 1)^2 + y^2 on [-2.5, 2.5]^2, D = 0.25, from N((-1, 0), 0.2^2) to T = 1; and the same with a
// well in each of three variables.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "law/exact/gaussian.hpp"
#include "solvers/propagator.hpp"
#include "solvers/richardson.hpp"

namespace fpk::benchmarks {

constexpr double temperature = 0.25, end_time = 1;

inline std::vector<std::string> variables(std::size_t dimension) {
  return dimension == 2 ? std::vector<std::string>{"x", "y"} : std::vector<std::string>{"x", "y", "z"};
}

inline model::Process wells(std::size_t dimension = 2) {
  const char* potential = dimension == 2 ? "(x^2 - 1)^2 + y^2" : "(x^2 - 1)^2 + (y^2 - 1)^2 + (z^2 - 1)^2";
  return model::overdamped_langevin(variables(dimension),
                                    formula::parse(potential, {variables(dimension), {}, {}}), temperature);
}

inline model::Domain box(std::size_t dimension = 2) {
  model::Domain domain;
  for (const auto& name : variables(dimension)) domain.sides.push_back({name, -2.5, 2.5});
  return domain;
}

inline law::GridPart cube(std::size_t cells, std::size_t dimension = 2) {
  return law::GridPart(box(dimension).grid(std::vector<std::size_t>(dimension, cells)));
}

/// Around the left well, or the well where all variables are negative.
inline std::vector<double> start_on(const law::GridPart& part) {
  const auto d = static_cast<Eigen::Index>(part.grid().dimension());
  Eigen::VectorXd mean = Eigen::VectorXd::Constant(d, -1);
  if (d == 2) mean[1] = 0;
  const Eigen::VectorXd variance = Eigen::VectorXd::Constant(d, 0.04);
  return law::Gaussian(variables(part.grid().dimension()), mean, variance.asDiagonal()).cell_masses(part);
}

/// Ends the program where a solution has a density below -1e-14 (the rounding of a series with terms of size 1) or has
/// lost or gained mass by more than 1e-13 (that of a sum over the cells): a quick wrong answer is none.
inline void demand_positive_and_conservative(const char* who, const law::GridPart& part,
                                             const std::vector<double>& start,
                                             const std::vector<double>& masses) {
  const double least = *std::min_element(masses.begin(), masses.end()) / part.volume(0);
  const double change = law::total(part, masses) - law::total(part, start);
  if (least >= -1e-14 && std::abs(change) <= 1e-13) return;
  std::fprintf(stderr, "%s, %zu cells an axis: the least density is %.2e, the mass changed by %.2e\n", who,
               part.grid().cells(0), least, change);
  std::exit(EXIT_FAILURE);
}

/// Masses on cells that are `factor` times as long along each of two axes.
inline std::vector<double> merged(const std::vector<double>& masses, std::size_t cells, std::size_t factor) {
  const std::size_t n = cells / factor;
  std::vector<double> sums(n * n, 0.0);
  for (std::size_t j = 0; j < cells; ++j)
    for (std::size_t i = 0; i < cells; ++i) sums[i / factor + n * (j / factor)] += masses[i + cells * j];
  return sums;
}

/// Fourth order from two of second, on the coarse cells.
inline std::vector<double> extrapolated(const std::vector<double>& coarse, const std::vector<double>& fine,
                                        std::size_t cells) {
  return solvers::richardson(cube(cells), coarse, cube(2 * cells), fine);
}

}  // namespace fpk::benchmarks
