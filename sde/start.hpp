// What every simulation checks and does before its first step.
#pragma once

#include "law/law.hpp"
#include "law/sample.hpp"
#include "model/domain.hpp"
#include "model/process.hpp"
#include "sde/boundary.hpp"
#include "sde/ensemble.hpp"
#include "sde/motion.hpp"
#include "sde/noise/counter.hpp"
#include "sde/paths.hpp"

namespace fpk::sde {

/// The scheme that the settings name, for this process. Throws std::invalid_argument, saying what to try,
/// where there is none of that name, a setting is out of range, or the dimensions of process, domain and
/// initial law differ.
std::unique_ptr<Scheme> make_scheme(const model::Process& process, const model::Domain& domain,
                                    const law::InitialLaw& initial, const EnsembleSettings& settings);

/// That scheme in a box.
Motion make_motion(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
                   const EnsembleSettings& settings);

/// Starts the first `count` lanes as particles first_particle, first_particle + 1, ... at points of the
/// initial law. A point outside the box is treated like a step that led there; returns how many paths that
/// ends.
Losses place(const law::InitialLaw& initial, const Stream& stream, std::uint64_t first_particle,
             std::size_t count, const Walls& walls, Paths& paths);

/// The same for all particles of a sample; returns how many paths that ends on all processes. Collective.
Losses place(const law::InitialLaw& initial, const Stream& stream, const Walls& walls, law::Sample& sample);

}  // namespace fpk::sde
