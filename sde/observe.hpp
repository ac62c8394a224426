// What is seen of a sample of states: the states themselves, or what a scheme's postprocessor makes of them.
#pragma once

#include "law/sample.hpp"
#include "sde/draws.hpp"
#include "sde/motion.hpp"
#include "sde/timeline.hpp"

namespace fpk::sde {

/// Sets `observed` to the postprocessed states at timeline.time(). Looking changes no path: a point that lands outside is
/// brought back by the walls and put on a face that absorbs, and is alive where its state is. The random numbers are those
/// that `stream` has for the steps done; `dt` is the step that led to the states.
void observe(const Motion& motion, const law::Sample& states, const Timeline& timeline, double dt,
             const Stream& stream, NoiseKind kind, law::Sample& observed);

}  // namespace fpk::sde
