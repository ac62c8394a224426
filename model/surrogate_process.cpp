#include "model/surrogate_process.hpp"

#include <string>

#include "model/noise_factor.hpp"

namespace fpk::model {
namespace {

/// What is said of a field that no polynomial is near to names it.
template <class Make>
auto of(const std::string& what, Make make) {
  try {
    return make();
  } catch (const NoSurrogate& e) {
    throw NoSurrogate("of " + what + ": " + e.what());
  }
}

SurrogateProcess reversible(const Process& process, const Domain& domain, double tolerance) {
  const auto& [L, D] = *process.reversible;
  const auto s = of("the potential and its slope", [&, &potential = L] {
    return chebyshev_surrogate({&potential, 1}, domain, tolerance, Nearness::values_and_slopes);
  });
  return {overdamped_langevin(process.variables, s.fields.front(), D),
          {tolerance, s.degree, 0, s.error, 0, process.equations()}};
}

}  // namespace

SurrogateProcess surrogate_process(const Process& process, const Domain& domain, double tolerance) {
  if (process.depends_on_time()) throw NoSurrogate("the coefficients depend on time");
  if (process.rotating) throw NoSurrogate("the drift has a rotation");
  if (process.reversible) return reversible(process, domain, tolerance);

  SurrogateProcess made;
  made.process.variables = process.variables;
  const auto drift = of("the drift", [&] { return chebyshev_surrogate(process.drift, domain, tolerance); });
  made.process.drift = drift.fields;

  const std::size_t d = process.dimension();
  const auto a = process.diffusion();
  std::vector<Formula> covariance;  // the entries on and below the diagonal
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) covariance.push_back(Formula(2.0) * a[i][j]);
  const auto noise =
      of("the noise's covariance", [&] { return chebyshev_surrogate(covariance, domain, tolerance); });
  std::vector<std::vector<Formula>> C(d, std::vector<Formula>(d, Formula(0.0)));
  for (std::size_t i = 0, k = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j, ++k) C[i][j] = C[j][i] = noise.fields[k];
  made.process.noise = noise_factor(C);
  for (auto& row : C)
    for (auto& entry : row) entry = entry / Formula(2.0);
  made.process.known_diffusion = C;
  made.facts = {tolerance, drift.degree, noise.degree, drift.error, noise.error, process.equations()};
  return made;
}

}  // namespace fpk::model
