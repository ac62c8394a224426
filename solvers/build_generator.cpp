#include "solvers/build_generator.hpp"

#include <stdexcept>

#include "solvers/flux/drift_flux.hpp"
#include "solvers/rates/drift_diffusion_rates.hpp"
#include "solvers/rates/reversible_rates.hpp"
#include "solvers/rates/rotation_rates.hpp"
#include "solvers/rates/tensor_rates.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
std::shared_ptr<const Generator> build_generator(const model::Process& process, const model::Domain& domain,
                                                 const law::GridPart& part, double t, std::string_view flux) {
  const std::string_view name = flux_of(process, flux).name;
  const auto rates = [&] {
    const FaceWeight* const weight = find_face_weight(name);
    if (weight == nullptr && !process.has_diagonal_diffusion()) {
      if (name != drift_fluxes().front().name)
        throw std::invalid_argument("the flux " + std::string(name) + " knows no noise that mixes variables");
      return tensor_rates(process, domain, part, t);
    }
    if (weight == nullptr) return drift_diffusion_rates(process, domain, part, t, *find_drift_flux(name));
    // Of a temperature that moves, the generator at t is that of the temperature at t.
    const model::Process now = process.annealed ? process.frozen(t) : process;
    if (now.rotating) return rotation_rates(now, domain, part, *weight);
    return reversible_rates(now, domain, part, *weight);
  };
  try {
    return std::make_shared<Generator>(rates());
  } catch (const std::domain_error& e) {
    throw SolverError(std::string(e.what()) + " with the flux " + std::string(name) +
                      "; try more cells, or density.flux = \"auto\"");
  }
}

std::string flux_name(const model::Process& process, std::string_view flux) {
  return std::string(flux_of(process, flux).name);
}

int order_in_space(const model::Process& process, std::string_view flux) {
  const DriftFlux* const drift_flux = find_drift_flux(flux_of(process, flux).name);
  if (drift_flux == nullptr || drift_flux->limits) return 2;
  const auto a = process.diffusion();
  for (std::size_t k = 0; k < a.size(); ++k)
    if (a[k][k].constant() == 0.0) return 1;
  return 2;
}

GeneratorAt generator_in_time(const model::Process& process, const model::Domain& domain,
                              const law::GridPart& part, std::string_view flux) {
  if (process.depends_on_time())
    return [process, domain, part, name = std::string(flux)](double t) {
      return build_generator(process, domain, part, t, name);
    };
  return [fixed = build_generator(process, domain, part, 0, flux)](double) { return fixed; };
}

}  // namespace fpk::solvers
