// What an expectation is held against: the closed form where the law of X_t is known, else the density road, extrapolated in
// the cell size, each with an error of its own.
//
//     grids of half as many, as many and twice as many cells an axis:  m_2h, m_h, m_{h/2}
//     value = (4 m_{h/2} - m_h) / 3,    error: what the three say of the limit (solvers/richardson.hpp),
//                                              and density.tolerance times the range of the observable
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

struct ExpectationReference {
  double value = 0;
  double error = 0;    ///< estimate of |value - E f(X_t)|
  std::string source;  ///< "closed form" or "extrapolated density"
  double seconds = 0;
};

/// Of E f(X_t) at the last observation time; nothing where there is neither a closed form nor a density. Collective.
std::optional<ExpectationReference> expectation_reference(const io::Case& problem,
                                                          const law::Observable& observable,
                                                          const parallel::Communicator& processes);

/// The same of several observables by the density alone, on three grids for all of them. Collective.
std::vector<ExpectationReference> extrapolated_densities(const io::Case& problem,
                                                         const std::vector<law::Observable>& observables,
                                                         const parallel::Communicator& processes);

}  // namespace fpk::app
