// Convergence studies: the density in the cell size, the particles in the step.
#pragma once

#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// The one whose error is measured.
const law::Observable& chosen_observable(const io::Case& problem);

/// Order of the density on grids of once, twice, four times ... as many cells. Error: L1 distance to the
/// exact law where it is known, to the next finer grid otherwise. With density.extrapolate a second study for
/// the extrapolated density; with converge.fluxes one for each of those fluxes, all against one reference. Collective.
std::vector<io::ConvergenceStudy> space_studies(const io::Case& problem,
                                                const parallel::Communicator& processes,
                                                io::Progress::Style style);

/// Weak order of the particle scheme from coupled paths at each step of the ladder, as many as the interval asked for wants.
/// Throws std::runtime_error where paths explode. Collective.
io::ConvergenceStudy weak_study(const io::Case& problem, const parallel::Communicator& processes,
                                io::Progress::Style style);

/// Lowers the order promised to what the paths of the study allow, a lower bound then, and says so: mirrored at a reflecting
/// face they leave order 1, and where they seldom meet one the scheme's own may still show.
void lower_promise(io::ConvergenceStudy& study, double allowed);

/// All studies, as far as the case asks for them, and their claims: the promised order lies in the interval
/// found.
io::Record converge(const io::Case& problem, const parallel::Communicator& processes,
                    io::Progress::Style style);

}  // namespace fpk::app
