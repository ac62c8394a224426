#include "app/begin_record.hpp"

#include <fmt/format.h>

namespace fpk::app {
namespace {

/// A box that was found rather than given, and a note that says so.
void describe_found_domain(const io::Case& problem, io::Record& r) {
  const auto& found = *problem.found_domain;
  r.domain = io::DomainRecord{found.method, found.remark, found.mass_outside, {}, {}};
  std::string text;
  for (const auto& side : problem.domain.sides) {
    r.domain->variables.push_back(side.variable);
    r.domain->ends.push_back({side.lower, side.upper});
    text += fmt::format("{}{} in [{:.4g}, {:.4g}]", text.empty() ? "" : ", ", side.variable, side.lower,
                        side.upper);
  }
  r.notes.push_back(fmt::format("The domain was found: {}, {}.", text, found.remark));
}

void describe_surrogate(const model::SurrogateFacts& s, io::Record& r) {
  r.surrogate = s;
  r.notes.push_back(
      fmt::format("Density and particles solve the equation with polynomials in place of the sums over rows: "
                  "the drift's of degree {} is within "
                  "{:.2g} of it relative to its largest value in the domain, the noise covariance's of "
                  "degree {} within {:.2g}.",
                  s.drift_degree, s.drift_error, s.noise_degree, s.noise_error));
}

}  // namespace

io::Record begin_record(const io::Case& problem) {
  io::Record r = named_record(problem);
  r.fingerprint = fmt::format("{:016x}", problem.fingerprint);
  r.variables = problem.process.variables;
  if (problem.found_domain) describe_found_domain(problem, r);
  r.equations = problem.surrogate ? problem.surrogate->equations : problem.process.equations();
  if (problem.surrogate) describe_surrogate(*problem.surrogate, r);
  r.times = problem.times;
  return r;
}

}  // namespace fpk::app
