// Where the passage of a case starts.
#pragma once

#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "solvers/passage/start_law.hpp"

namespace fpk::app {

/// "the point (-1, 0)", "x < -0.9", "the initial law"
std::string start_words(const io::PassageSettings& settings);

/// The stationary masses of a closed generator, such that it leaves them where they are: of the Gibbs law where there is a
/// potential, else the null vector. Collective.
std::vector<double> stationary_masses_of(const io::Case& problem, const solvers::Generator& generator);

/// The start as masses on what `stopped` keeps; `sets` are those it was stopped on. Collective.
solvers::StartLaw passage_start(const io::Case& problem, const io::PassageSettings& settings,
                                const solvers::Generator& generator, const solvers::Stopped& stopped,
                                const std::vector<formula::Formula>& sets);

}  // namespace fpk::app
