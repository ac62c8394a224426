// One problem on finer and finer grids: each rung has twice as many cells an axis, laid out alike.
#pragma once

#include "law/restriction.hpp"
#include "problems.hpp"

namespace fpk::solvers::testing {

struct Ladder {
  std::vector<law::GridPart> parts;
  std::vector<std::vector<double>> masses;  ///< at the end, on each

  /// Those of rung r on the cells of a coarser one.
  [[nodiscard]] std::vector<double> on(std::size_t coarser, std::size_t r, std::vector<double> m) const {
    for (; r > coarser; --r) m = law::restricted(parts[r], m, parts[r - 1]);
    return m;
  }
  /// L1 distance between rung r and the next.
  [[nodiscard]] double step(std::size_t r) const {
    return law::l1_distance(parts[r], masses[r], on(r, r + 1, masses[r + 1]));
  }
  /// As it shows in the steps from rung r and from the next.
  [[nodiscard]] double order(std::size_t r = 0) const { return std::log2(step(r) / step(r + 1)); }
};

inline Ladder climb(const model::Process& process, const model::Domain& domain, const law::Grid& coarsest,
                    const law::InitialLaw& start, std::size_t rungs, double t, double tolerance = 1e-9) {
  Ladder ladder;
  for (std::size_t r = 0; r < rungs; ++r) {
    ladder.parts.emplace_back(coarsest.refined(std::size_t{1} << r));
    const auto& part = ladder.parts.back();
    ladder.masses.push_back(evolve("auto", process, domain, part, start.cell_masses(part), t, tolerance));
  }
  return ladder;
}

/// On equal cells.
inline Ladder climb(const model::Process& process, const model::Domain& domain, std::size_t cells,
                    const law::InitialLaw& start, std::size_t rungs, double t, double tolerance = 1e-9) {
  return climb(process, domain, grid(domain, cells).grid(), start, rungs, t, tolerance);
}

}  // namespace fpk::solvers::testing
