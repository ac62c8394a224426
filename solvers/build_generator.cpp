#include "solvers/build_generator.hpp"

#include "solvers/drift_diffusion_rates.hpp"
#include "solvers/reversible_rates.hpp"
#include "solvers/rotation_rates.hpp"

namespace fpk::solvers {
namespace {
constexpr const char* reversible_weight = "blended";
}

std::shared_ptr<const Generator> build_generator(const model::Process& process, const model::Domain& domain,
                                                 const law::GridPart& part, double t) {
  const auto rates = [&] {
    const FaceWeight& weight = *find_face_weight(reversible_weight);
    if (process.reversible) return reversible_rates(process, domain, part, weight);
    if (process.rotating) return rotation_rates(process, domain, part, weight);
    return drift_diffusion_rates(process, domain, part, t);
  };
  return std::make_shared<Generator>(rates());
}

std::string flux_name(const model::Process& process) {
  return process.potential() != nullptr ? reversible_weight : "hybrid";
}

int order_in_space(const model::Process& process) {
  const auto a = process.diffusion();
  for (std::size_t k = 0; k < a.size(); ++k)
    if (a[k][k].constant() == 0.0) return 1;
  return 2;
}

GeneratorAt generator_in_time(const model::Process& process, const model::Domain& domain,
                              const law::GridPart& part) {
  if (process.depends_on_time())
    return [process, domain, part](double t) { return build_generator(process, domain, part, t); };
  return [fixed = build_generator(process, domain, part)](double) { return fixed; };
}

}  // namespace fpk::solvers
