#include "app/noise_of_pairs.hpp"

#include <fmt/format.h>

#include "io/refusal.hpp"
#include "sde/draws.hpp"

namespace fpk::app {

void check_noise_of_pairs(const io::Case& problem, std::string_view asked_for, std::string_view instead) {
  const auto noise = problem.particles->noise;
  if (sde::adds_up(noise)) return;
  io::refuse(problem, "particles.noise",
             fmt::format("{} pairs of paths, and two {} increments do not add up to one: pairs do not show "
                         "what their law errs",
                         asked_for, sde::name(noise)),
             fmt::format("take particles.noise = \"normal\"{}", instead));
}

}  // namespace fpk::app
