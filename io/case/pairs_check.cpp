// Whether pairs of paths can do what the case asks of them. A pair's coarse increment is the sum of two fine ones, and the sum of
// two numbers of two or three points is no such number: what the points err, pairs do not see (sde::pairs_show_bias).
#include <fmt/format.h>

#include "io/case/sections.hpp"
#include "sde/scheme.hpp"

namespace fpk::io::reader {

void check_pairs(Document& document, const model::Process& process, const model::Domain& domain,
                 const ParticleSettings& particles, const ConvergeSettings& converge) {
  const auto* scheme = sde::find_scheme(particles.scheme);
  if (scheme == nullptr || sde::adds_up(particles.noise)) return;
  const auto points = sde::name(particles.noise);
  const auto refuse = [&](const char* key, const std::string& why, const char* also) {
    document.complaints.add(document.place(key),
                            fmt::format("{} cannot be had with {} noise: {}", key, points, why),
                            fmt::format("take particles.noise = \"normal\"{}", also));
  };
  if (document.has("estimate"))
    refuse("estimate",
           "the coarse path of a pair adds two increments up, whose law is another, and the levels do not "
           "telescope",
           ", or leave [estimate] out");
  if (converge.strong)
    refuse("converge.strong", "strong orders are those of one Brownian path",
           ", or leave converge.strong out");
  if (sde::pairs_show_bias(*scheme, process, particles.noise, domain)) return;
  const auto blind = fmt::format(
      "pairs of paths do not show what {} increments err, and that is as much as the scheme does", points);
  if (!converge.steps.empty() && converge.method == ConvergeMethod::coupled_paths)
    refuse("converge.steps", blind, ", or converge.method = \"operator\"");
  if (particles.extrapolate) refuse("particles.extrapolate", blind, ", or leave particles.extrapolate out");
}

}  // namespace fpk::io::reader
