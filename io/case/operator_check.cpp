// Whether quadrature can take the place of random numbers: converge.method = "operator".
#include <fmt/format.h>

#include <algorithm>

#include "io/case/sections.hpp"
#include "sde/scheme.hpp"

namespace fpk::io::reader {
namespace {

bool is_smooth(const formula::Formula& f, const std::vector<std::string>& variables) {
  return !f.may_jump() && std::none_of(variables.begin(), variables.end(),
                                       [&](const auto& x) { return f.derivative(x).may_jump(); });
}

void check_decision(Document& document, const Place& at, const sde::SchemeFacts& scheme,
                    const model::Process& process) {
  const auto made = scheme.make(process);
  if (made->draws().uniforms > 0 && !made->has_decision())
    document.complaints.add(
        at,
        fmt::format("{} decides by a uniform number, over which the operator does not integrate",
                    scheme.name),
        "choose another scheme, or converge.method = \"coupled\"");
}

/// The list of converge.schemes.
void check_schemes(Document& document, const model::Process& process) {
  const toml::node* const node = document.find("converge.schemes");
  if (node == nullptr || !node->is_array()) return;
  std::vector<std::string> seen;
  for (const toml::node& entry : *node->as_array()) {
    const std::string name = entry.value_or(std::string());
    if (std::ranges::count(seen, name) > 0)
      document.complaints.add(document.place(entry), name + " is listed twice", "leave one of them out");
    seen.push_back(name);
    const auto* const scheme = sde::find_scheme(name);
    if (scheme == nullptr) {
      std::vector<std::string> known;
      for (const auto& row : sde::schemes()) known.emplace_back(row.name);
      document.complaints.add(document.place(entry), fmt::format("there is no scheme called {}", name),
                              fmt::format("choose from {}", fmt::join(known, ", ")));
    } else if (const auto why = scheme->refusal(process); !why.empty()) {
      document.complaints.add(document.place(entry),
                              fmt::format("{} is not made for this process: {}", name, why), "leave it out");
    } else {
      check_decision(document, document.place(entry), *scheme, process);
    }
  }
}

}  // namespace

void check_operator(Document& document, const model::Process& process, const model::Domain& domain,
                    const std::vector<law::Observable>& observables, const ParticleSettings& particles,
                    const ConvergeSettings& converge) {
  const Place at = document.place("converge.method");
  const auto refuse = [&](const std::string& why) {
    document.complaints.add(at, "the operator cannot be formed: " + why,
                            "choose converge.method = \"coupled\"");
  };
  if (process.dimension() > 2)
    refuse(fmt::format("it takes one or two variables, here are {}", process.dimension()));
  if (process.dimension() > 1 && !domain.is_closed())
    refuse("a wall that absorbs makes a step jump, and only in one variable is the jump found");
  if (converge.schemes.empty()) {
    const auto* const scheme = sde::find_scheme(particles.scheme);
    if (scheme != nullptr && scheme->refusal(process).empty()) check_decision(document, at, *scheme, process);
  }
  check_schemes(document, process);
  for (const auto& o : observables)
    if (o.name == converge.observable && !is_smooth(o.formula, process.variables))
      refuse(fmt::format("{} is not smooth, and quadrature needs smooth functions", o.name));
}

}  // namespace fpk::io::reader
