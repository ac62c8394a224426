// Every distance between the laws of a run, at every observation time.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "io/record.hpp"
#include "law/grid.hpp"
#include "parallel/archive.hpp"

namespace fpk::app {

/// The laws at one time, as cell masses on one part; empty where there is none.
struct LawsAtOnce {
  std::span<const double> density, particles, stationary, extrapolated = {}, chains = {};
};

/// Samples of a law that are as large as an ensemble.
struct ExactSamples {
  std::int64_t count = 0;                                         ///< of the ensemble; 0: there is none
  std::function<double(std::int64_t, std::size_t)> uniform = {};  ///< number of point i of sample k
};

class Comparison {
 public:
  /// Beside the particles, and beside the chains.
  Comparison(law::GridPart part, ExactSamples of_particles, ExactSamples of_chains);

  /// Collective.
  void observe(const LawsAtOnce& laws);
  [[nodiscard]] std::vector<io::DistancePair> pairs() const;
  void archive(parallel::Archive& archive);

 private:
  void observe_chains(const LawsAtOnce& laws);
  void measure(const char* name, const char* label, std::span<const double> p, std::span<const double> q,
               std::span<const double> exact_sample);
  /// Sample number k of law q.
  [[nodiscard]] std::vector<double> exact_sample(const ExactSamples& samples, std::span<const double> q,
                                                 std::size_t k) const;

  law::GridPart part_;
  ExactSamples of_particles_, of_chains_;
  std::size_t observations_ = 0;
  /// Number 0, drawn once: the stationary law stays the same.
  std::vector<double> stationary_sample_, stationary_sample_of_chains_;
  std::vector<io::DistancePair> pairs_;
};

}  // namespace fpk::app
