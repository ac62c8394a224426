#include "sde/sgd/chain_ensemble.hpp"

#include <algorithm>

#include "sde/motion.hpp"

namespace fpk::sde {
namespace {

/// A law, and constants behind its coordinates.
class WithConstants : public law::InitialLaw {
 public:
  WithConstants(const law::InitialLaw& law, std::vector<double> constants)
      : law_(law), constants_(std::move(constants)) {}

  [[nodiscard]] std::size_t dimension() const override { return law_.dimension() + constants_.size(); }
  void place(std::span<const double* const> uniforms, std::size_t n,
             std::span<double* const> positions) const override {
    const std::size_t d = law_.dimension();
    law_.place(uniforms.first(d), n, positions.first(d));
    for (std::size_t k = 0; k < constants_.size(); ++k) std::fill_n(positions[d + k], n, constants_[k]);
  }
  [[nodiscard]] std::vector<double> cell_masses(const law::GridPart& part) const override {
    return law_.cell_masses(part);
  }
  [[nodiscard]] std::vector<law::Estimate> expectations(
      const std::vector<law::Observable>& observables) const override {
    return law_.expectations(observables);
  }
  [[nodiscard]] double total_mass() const override { return law_.total_mass(); }

 private:
  const law::InitialLaw& law_;
  std::vector<double> constants_;
};

}  // namespace

Ensemble chain_ensemble(const model::StochasticGradient& chain, const law::InitialLaw& initial,
                        const ChainSettings& settings, const parallel::Communicator& processes) {
  auto scheme = std::make_unique<GradientChain>(chain);
  const auto variables = scheme->variables();
  std::vector<double> constants(variables.size() - initial.dimension(), 0.0);
  if (chain.adaptive)
    constants.back() =
        std::max(2.0, chain.batch.substitute(model::time_name, formula::Formula(0.0)).constant().value_or(2));
  const model::Domain box = model::whole_space(variables);
  EnsembleSettings ensemble;
  ensemble.count = settings.count;
  ensemble.seed = settings.seed;
  ensemble.step = 1;
  ensemble.sweep = settings.sweep;
  ensemble.first_particle = settings.first_particle;
  return {Motion{std::move(scheme), Walls(box), std::nullopt},
          box,
          WithConstants(initial, std::move(constants)),
          ensemble,
          {chain_streams(settings.seed), {settings.seed, Purpose::chain_position}},
          processes};
}

}  // namespace fpk::sde
