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

/// A law, and its points less a fixed one behind their coordinates.
class WithTwins : public WithConstants {
 public:
  WithTwins(const law::InitialLaw& law, const Eigen::VectorXd& centre)
      : WithConstants(
            law, std::vector<double>(2 * static_cast<std::size_t>(centre.size()) - law.dimension(), 0.0)),
        centre_(centre) {}

  void place(std::span<const double* const> uniforms, std::size_t n,
             std::span<double* const> positions) const override {
    WithConstants::place(uniforms, n, positions);
    const auto D = static_cast<std::size_t>(centre_.size());
    for (std::size_t a = 0; a < D; ++a)
      for (std::size_t i = 0; i < n; ++i)
        positions[D + a][i] = positions[a][i] - centre_[static_cast<Eigen::Index>(a)];
  }

 private:
  Eigen::VectorXd centre_;
};

/// What all chains have in common: a clock that counts steps, the whole space, and streams of their own.
Ensemble moved_by(std::unique_ptr<Scheme> scheme, const std::vector<std::string>& variables,
                  const law::InitialLaw& initial, const ChainSettings& settings,
                  const parallel::Communicator& processes) {
  const model::Domain box = model::whole_space(variables);
  EnsembleSettings ensemble;
  ensemble.count = settings.count;
  ensemble.seed = settings.seed;
  ensemble.step = 1;
  ensemble.sweep = settings.sweep;
  ensemble.first_particle = settings.first_particle;
  return {
      Motion{std::move(scheme), Walls(box), std::nullopt},
      box,
      initial,
      ensemble,
      {chain_streams(settings.seed, settings.rung), {settings.seed, Purpose::chain_position, settings.rung}},
      processes};
}

}  // namespace

Ensemble chain_ensemble(const model::StochasticGradient& chain, const law::InitialLaw& initial,
                        const ChainSettings& settings, const parallel::Communicator& processes) {
  auto scheme = std::make_unique<GradientChain>(chain);
  const auto variables = scheme->variables();
  std::vector<double> constants(variables.size() - initial.dimension(), 0.0);
  if (chain.adaptive)
    constants.back() =
        std::max(2.0, chain.batch.substitute(model::time_name, formula::Formula(0.0)).constant().value_or(2));
  return moved_by(std::move(scheme), variables, WithConstants(initial, std::move(constants)), settings,
                  processes);
}

Ensemble twin_ensemble(const model::StochasticGradient& chain, const law::InitialLaw& initial,
                       std::shared_ptr<const model::LinearisedChain> linearised,
                       const ChainSettings& settings, const parallel::Communicator& processes) {
  const Eigen::VectorXd centre = linearised->path().front();
  auto scheme = std::make_unique<TwinChain>(chain, std::move(linearised));
  const auto variables = scheme->variables();
  return moved_by(std::move(scheme), variables, WithTwins(initial, centre), settings, processes);
}

}  // namespace fpk::sde
