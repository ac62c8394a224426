// What the report draws: small marginals of the laws at some of the observation times, and a few particles.
#pragma once

#include <optional>

#include "app/comparison.hpp"
#include "io/record.hpp"
#include "law/sample.hpp"

namespace fpk::app {

/// Indices of the observations that are drawn: the first, the last, and some between, closer together at
/// first.
std::vector<std::size_t> drawn_observations(std::size_t count);

/// Axes and the stationary law. Collective.
io::Pictures frame(const law::GridPart& part, std::span<const double> stationary);

/// The laws at time t. Collective.
io::Snapshot snapshot(double t, const law::GridPart& part, const LawsAtOnce& laws, const law::Sample* sample);

/// Positions of at most `most` living particles that this process holds, the first of them by number.
std::vector<std::array<double, 3>> some_particles(const law::Sample& sample, std::size_t most,
                                                  std::vector<double>* numbers = nullptr);

}  // namespace fpk::app
