// Whether the scheme of the particles is made for the process.
#include <fmt/format.h>
#include <cmath>

#include "io/case/sections.hpp"
#include "sde/scheme.hpp"

namespace fpk::io::reader {

namespace {

/// An exact law is exact for normal increments alone.
void check_noise(Document& document, const sde::SchemeFacts& scheme, const ParticleSettings& particles) {
  if (scheme.least_noise != sde::NoiseKind::normal || !std::isfinite(sde::weak_order_of(particles.noise)))
    return;
  document.complaints.add(
      document.place("particles.noise"),
      fmt::format("{} wants normal increments, not {} ones", scheme.name, sde::name(particles.noise)),
      "leave particles.noise out");
}

}  // namespace

void check_scheme(Document& document, const model::Process& process, const ParticleSettings& particles) {
  const auto* scheme = sde::find_scheme(particles.scheme);
  if (scheme == nullptr) return;  // complained of already
  const auto why = scheme->refusal(process);
  if (why.empty()) return check_noise(document, *scheme, particles);
  std::string others;
  for (const auto& row : sde::schemes())
    if (row.refusal(process).empty()) others += fmt::format("{}{}", others.empty() ? "" : ", ", row.name);
  document.complaints.add(document.place("particles.scheme"),
                          fmt::format("{} is not made for this process: {}", particles.scheme, why),
                          fmt::format("take one of {}", others));
}

}  // namespace fpk::io::reader
