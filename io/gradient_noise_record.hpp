// What `fpk noise` found out, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/passage_record.hpp"
#include "model/sgd/gradient_noise.hpp"
#include "verification/gaussianity/berry_esseen.hpp"
#include "verification/gaussianity/mardia.hpp"
#include "verification/gaussianity/mean_law.hpp"
#include "verification/gaussianity/tested.hpp"
#include "verification/order.hpp"

namespace fpk::io {

/// A direction that gradients are projected on, at a point of the path.
struct NoiseDirection {
  std::string name;                      ///< as in a case
  std::vector<double> along;             ///< of length 1
  verification::PopulationShape shape;   ///< of the rows' gradients along it
  double promised_rate = 0.5;            ///< of Kolmogorov's distance, in 1/b
  verification::OrderVerdict rate = {};  ///< of the exact distances
  double normal_from = 1;  ///< the b from which the leading term is below what `samples` resolve
};

/// Random batches of one size, along a direction; normalised by the exact mean and variance.
struct ProjectedNoise {
  double skewness = 0, expected_skewness = 0;
  verification::Tested kolmogorov, anderson_darling;
  double edgeworth = 0;                              ///< predicted Kolmogorov distance
  std::optional<double> bound;                       ///< Berry and Esseen's; with replacement
  std::optional<verification::KnownDistance> exact;  ///< of the batch's own law, where it is to be had
  double hill_index = 0;
};

struct BatchNoise {
  std::size_t batch = 1;
  double factor = 1;  ///< c / b
  double trace = 0, trace_error = 0, expected_trace = 0;
  double mean_z = 0, covariance_z = 0;  ///< largest in size
  std::optional<verification::Mardia> mardia = {};
  std::optional<double> stable_index = {};
  std::vector<ProjectedNoise> along =
      {};  ///< in the order of the point's directions; empty where the batch has no noise
};

struct SampledNoise {
  std::string sampling;  ///< as in a case
  std::vector<BatchNoise> batches;
  std::optional<verification::Order> exponent;  ///< of trace / c in b; the interval is of 95 %
};

/// A statistic on Gaussian data of the same size.
struct GaussianReference {
  double mean = 0, lower = 0, upper = 0;  ///< 95 % of the replicates lie between
};

struct NoisePoint {
  std::vector<double> at;
  std::optional<double> time = {};  ///< of the gradient flow
  double length = 0;                ///< of the path up to here
  model::GradientNoise noise;       ///< without the rows' gradients
  model::NoiseShape shape = {};
  std::optional<double> temperature = {};  ///< eta c tr Sigma / (2 b d) of the case's [sgd]
  std::vector<NoiseDirection> directions = {};
  GaussianReference stable_reference = {};
  std::vector<SampledNoise> samplings = {};
};

struct GradientNoiseRecord {
  std::vector<std::string> parameters;
  std::string row_loss, regulariser;  ///< formulas
  std::size_t rows = 0, samples = 0, replicates = 0;
  std::uint64_t seed = 0;
  std::size_t stable_group = 2, hill_count = 1;
  GaussianReference hill_reference;
  double resolution = 0;  ///< Kolmogorov distance that normal data of the same size exceed in 5 % of samples
  std::vector<NoisePoint> points;
  std::vector<std::size_t> cells;  ///< of the fields; empty where there are none
  std::vector<FieldPicture> pictures;
  double seconds = 0;
};

}  // namespace fpk::io
