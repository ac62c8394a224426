#include "app/comparison.hpp"

#include <algorithm>

#include "io/record_archive.hpp"
#include "verification/distance/distance.hpp"
#include "verification/exact_sample.hpp"

namespace fpk::app {

Comparison::Comparison(law::GridPart part, std::int64_t count,
                       std::function<double(std::int64_t, std::size_t)> uniform)
    : part_(std::move(part)), count_(count), uniform_(std::move(uniform)) {}

std::vector<double> Comparison::exact_sample(std::span<const double> q, std::size_t k) {
  return verification::exact_sample_masses(part_, q, count_, [&](std::int64_t i) { return uniform_(i, k); });
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
    if (stationary_sample_.empty()) stationary_sample_ = exact_sample(laws.stationary, 0);
    measure("particles_to_stationary", "particles to the stationary law", laws.particles, laws.stationary,
            stationary_sample_);
  }
  ++observations_;
  if (!laws.particles.empty() && !laws.density.empty())
    measure("particles_to_density", "particles to the density", laws.particles, laws.density,
            exact_sample(laws.density, observations_));
}

std::vector<io::DistancePair> Comparison::pairs() const { return pairs_; }

}  // namespace fpk::app
