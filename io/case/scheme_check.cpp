// Whether the scheme of the particles is made for the process.
#include <fmt/format.h>

#include "io/case/sections.hpp"
#include "sde/scheme.hpp"

namespace fpk::io::reader {

void check_scheme(Document& document, const model::Process& process, const ParticleSettings& particles) {
  const auto* scheme = sde::find_scheme(particles.scheme);
  if (scheme == nullptr) return;  // complained of already
  const auto why = scheme->refusal(process);
  if (why.empty()) return;
  std::string others;
  for (const auto& row : sde::schemes())
    if (row.refusal(process).empty()) others += fmt::format("{}{}", others.empty() ? "" : ", ", row.name);
  document.complaints.add(document.place("particles.scheme"),
                          fmt::format("{} is not made for this process: {}", particles.scheme, why),
                          fmt::format("take one of {}", others));
}

}  // namespace fpk::io::reader
