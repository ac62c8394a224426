#include "app/comparison.hpp"

#include <algorithm>

#include "io/record_archive.hpp"
#include "verification/distance/distance.hpp"
#include "verification/exact_sample.hpp"

namespace fpk::app {

Comparison::Comparison(law::GridPart part, ExactSamples of_particles, ExactSamples of_chains)
    : part_(std::move(part)), of_particles_(std::move(of_particles)), of_chains_(std::move(of_chains)) {}

std::vector<double> Comparison::exact_sample(const ExactSamples& samples, std::span<const double> q,
                                             std::size_t k) const {
  return verification::exact_sample_masses(part_, q, samples.count,
                                           [&](std::int64_t i) { return samples.uniform(i, k); });
}

void Comparison::archive(parallel::Archive& archive) {
  archive("observations", observations_);
  archive("distances", pairs_);
}

void Comparison::measure(const char* name, const char* label, std::span<const double> p,
                         std::span<const double> q, std::span<const double> sample) {
  auto pair =
      std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& known) { return known.name == name; });
  if (pair == pairs_.end()) {
    pairs_.push_back({name, label, {}});
    for (const auto& d : verification::distances())
      pairs_.back().distances.push_back({std::string(d.name), std::string(d.label), {}, {}, d.power});
    pair = std::prev(pairs_.end());
  }
  const auto table = verification::distances();
  for (std::size_t k = 0; k < table.size(); ++k) {
    pair->distances[k].value.push_back(table[k].evaluate(part_, p, q));
    if (!sample.empty()) pair->distances[k].exact_sample.push_back(table[k].evaluate(part_, sample, q));
  }
}

void Comparison::observe(const LawsAtOnce& laws) {
  if (!laws.density.empty() && !laws.stationary.empty())
    measure("density_to_stationary", "density to the stationary law", laws.density, laws.stationary, {});
  if (!laws.particles.empty() && !laws.stationary.empty()) {
    if (stationary_sample_.empty()) stationary_sample_ = exact_sample(of_particles_, laws.stationary, 0);
    measure("particles_to_stationary", "particles to the stationary law", laws.particles, laws.stationary,
            stationary_sample_);
  }
  ++observations_;
  if (!laws.particles.empty() && !laws.density.empty())
    measure("particles_to_density", "particles to the density", laws.particles, laws.density,
            exact_sample(of_particles_, laws.density, observations_));
  if (!laws.chains.empty()) observe_chains(laws);
}

void Comparison::observe_chains(const LawsAtOnce& laws) {
  if (!laws.stationary.empty()) {
    if (stationary_sample_of_chains_.empty())
      stationary_sample_of_chains_ = exact_sample(of_chains_, laws.stationary, 0);
    measure("sgd_to_stationary", "chains to the stationary law of their diffusion", laws.chains,
            laws.stationary, stationary_sample_of_chains_);
  }
  if (!laws.density.empty())
    measure("sgd_to_density", "chains to the density of their diffusion", laws.chains, laws.density,
            exact_sample(of_chains_, laws.density, observations_));
}

std::vector<io::DistancePair> Comparison::pairs() const { return pairs_; }

}  // namespace fpk::app
