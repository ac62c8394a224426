// The distribution of a passage time: survival, and the rates at which the process ends, along a series of times.
//
//     S(t) = sum m(t),   dm/dt = A m,   density of the end in a set = sum k m,   -dS/dt = sum of all of these
//
// Rates k are summed over masses, so that the density of the passage time is no difference of numbers near 1. Once the law
// of the survivors is the quasi-stationary one, every further number is exp(-lambda t) times the last: a passage that
// takes 1e9 times the relaxation inside a well costs no more than the relaxation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "solvers/passage/quasi_stationary.hpp"
#include "solvers/passage/start_law.hpp"

namespace fpk::solvers {

struct SurvivalSeries {
  std::vector<double> times;                ///< as asked for
  std::vector<double> survival;             ///< P(tau > t)
  std::vector<std::vector<double>> in_set;  ///< [set][time]: density of the time of passing into it
  std::vector<double> at_faces;             ///< density of the time of leaving through absorbing faces
  std::optional<double> settled;  ///< from this time on the law of the survivors is the quasi-stationary one
  std::string propagator;         ///< that carried the law there
  double negative =
      0;  ///< largest share of masses below zero among the survivors, at the times: 0 but for linear forms
};

/// `times` increase, from 0 or later. With an empty quasi-stationary law all of the way is propagated. Collective.
SurvivalSeries survival(const Stopped& stopped, const StartLaw& start,
                        const QuasiStationary& quasi_stationary, const std::vector<double>& times,
                        double tolerance);

}  // namespace fpk::solvers
