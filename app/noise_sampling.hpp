// Random batches of a table's rows at one place: how far their mean gradients have the covariance c Sigma / b, and a normal law.
#pragma once

#include <vector>

#include "io/gradient_noise_record.hpp"
#include "io/noise_settings.hpp"
#include "model/sgd/gradient_noise.hpp"
#include "verification/covariance_agreement.hpp"

namespace fpk::app {

/// What the judge is left with of all batches, beside the record.
struct NoiseComparisons {
  std::vector<double> mean_z, covariance_z;  ///< sizes of standardised differences
  /// Kolmogorov distances of samples beside those of the batches' own laws.
  struct Distance {
    double sampled = 0;
    verification::KnownDistance exact;
  };
  std::vector<Distance> distances;
};

/// Largest group and count of the two tail indices, of n points in d dimensions.
std::size_t stable_group(std::size_t n, std::size_t d);
std::size_t hill_count(std::size_t n);

/// Hill's index of n normal numbers.
io::GaussianReference hill_reference(const io::NoiseSettings& settings);

/// Fills in directions, references and samplings. `index`: of the point, which its random numbers depend on. Of names of directions those
/// in which no gradient varies are left out.
void sample_noise(const io::NoiseSettings& settings, const std::vector<std::string>& parameters,
                  const model::GradientNoise& noise, std::size_t index, io::NoisePoint& point,
                  NoiseComparisons& comparisons);

}  // namespace fpk::app
