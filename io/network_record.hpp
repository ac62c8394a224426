// What `fpk network` found out, as plain data.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "law/grid.hpp"

namespace fpk::io {

/// A quantity along the steps, over the chains of one kind.
struct ChainCurve {
  std::vector<double> mean, least, greatest;
};

struct ChainKindRecord {
  std::string name;  ///< "sgd" or "sgld"
  double temperature = 0;
  ChainCurve loss;  ///< of the rows trained on: cross entropy, without the decay of weights
  ChainCurve held_out_loss, accuracy,
      held_out_accuracy;  ///< empty where no rows are held out: the second and the last
};

struct TrainingRecord {
  double learning_rate = 0;
  std::size_t batch = 0, replicas = 0;
  std::vector<std::uint64_t> steps;
  std::vector<ChainKindRecord> chains;
  double seconds = 0;
};

struct TrainedPointRecord {
  std::uint64_t polish = 0;
  double loss = 0;  ///< with the decay of weights
  double cross_entropy = 0, accuracy = 0, held_out_cross_entropy = 0, held_out_accuracy = 0;
  double gradient_norm = 0;
  double noise_trace = 0;  ///< tr Sigma
};

struct HessianModeRecord {
  double value = 0, residual = 0;
  double noise = 0;     ///< v^T Sigma v
  double gradient = 0;  ///< v . grad L
};

struct HessianRecord {
  std::vector<HessianModeRecord> modes;
  std::int64_t products = 0;  ///< of the Hessian and a vector
  double seconds = 0;
};

/// Of the standardised mean gradients of batches, along a direction.
struct NormalityRecord {
  std::size_t batch = 0;
  double expected_skewness = 0, expected_kurtosis = 0;  ///< of the mean of so many independent rows, exactly
  double skewness = 0, kurtosis = 0;                    ///< of the sample; kurtosis is the excess
  double distance = 0, anderson_darling = 0;            ///< sup |F - Phi| and A^2
  double variance_ratio = 0;                            ///< mean square of the standardised means
  double variance_deviation = 0,
         skewness_deviation = 0;  ///< of second and third moment from the rows' own, in standard errors
  double berry_esseen = 0;        ///< |expected_skewness| / (6 sqrt(2 pi))
  /// 95 % quantiles of the moduli of the same statistics over samples of normal numbers as large.
  double normal_skewness = 0, normal_kurtosis = 0, normal_distance = 0, normal_anderson_darling = 0;
};

struct DirectionRecord {
  std::string name;                                 ///< "hessian-1", "random-1"
  double variance = 0, skewness = 0, kurtosis = 0;  ///< over the rows
  std::vector<NormalityRecord> batches;
};

struct NetworkNoiseRecord {
  std::size_t samples = 0, references = 0;
  std::vector<DirectionRecord> directions;
  std::vector<double> histogram_edges;                 ///< of standardised means along the leading direction
  std::vector<std::vector<double>> histogram_density;  ///< one for each batch size
  double seconds = 0;
};

/// Means and covariances of z at a time: m_1, m_2, C_11, C_12, C_22.
using PlaneMoments = std::array<double, 5>;

/// How a law on the plane and a sample of chains differ, beside what equally many exact points of the law show.
struct PlaneDistanceRecord {
  double total_variation = 0, wasserstein_1 = 0;
  double exact_total_variation = 0, exact_wasserstein_1 = 0;      ///< mean over such samples
  double highest_total_variation = 0, highest_wasserstein_1 = 0;  ///< the largest of them
};

struct ReductionTimeRecord {
  std::uint64_t step = 0;
  double time = 0;
  PlaneMoments chain{}, chain_error{};    ///< of the whole network, with standard errors
  PlaneMoments frozen{}, frozen_error{};  ///< of the chain held on the plane, on the same batches
  PlaneMoments difference{},
      difference_error{};                 ///< chain less frozen: pairs, so their chance mostly cancels
  PlaneMoments density{};                 ///< Fokker-Planck with the rest frozen
  PlaneMoments grid_change{};             ///< of its moments from half as many cells along each axis
  PlaneMoments relaxed{};                 ///< the same with the mean force of a rest that is linearised
  PlaneMoments linear{}, linear_chain{};  ///< everything linearised: in time, and in steps
  PlaneDistanceRecord chain_to_density, frozen_to_density, chain_to_relaxed;
  double outside = 0, frozen_outside = 0;  ///< share of the chains off the plane's rectangle
  double rest = 0;                         ///< root of the mean square distance from the plane
  double minimum = 0, mass = 0;            ///< of the density
};

/// Why: the gradient along the plane at the end of the chains, where the rest is, less where the rest is frozen.
struct ForceErrorRecord {
  std::array<double, 2> mean{}, mean_error{}, deviation{};  ///< of the difference
  std::array<double, 2> frozen_deviation{};                 ///< of the frozen force itself
  std::array<double, 2> predicted{};                        ///< mean, from the linearised rest
};

struct ReductionRecord {
  double learning_rate = 0, temperature = 0;
  std::size_t batch = 0;
  std::int64_t replicas = 0;
  std::array<double, 2> eigenvalues{}, half_width{},
      deviation{};  ///< deviation: of the linearised stationary law
  std::size_t degree = 0, cells = 0, checks = 0;
  double loss_error = 0, gradient_error = 0, covariance_error = 0;  ///< of the polynomials
  std::string propagator;
  std::size_t rest_modes = 0;  ///< of the linearised rest
  double rest_noise = 0;       ///< share of tr Sigma beyond the plane that they hold
  std::vector<ReductionTimeRecord> times;
  ForceErrorRecord force;
  // Pictures, at the last time.
  law::PlaneMarginal loss_plane, density_plane;
  std::vector<std::array<double, 3>> chain_points, frozen_points;
  std::array<std::vector<double>, 2> edges;
  std::array<std::vector<double>, 2> density_marginal, relaxed_marginal, chain_marginal, frozen_marginal;
  double chain_seconds = 0, density_seconds = 0, surrogate_seconds = 0;
};

struct NetworkRecord {
  std::size_t features = 0, hidden = 0, classes = 0, parameters = 0, training_rows = 0, held_out_rows = 0;
  double weight_decay = 0;
  std::uint64_t seed = 0;
  TrainingRecord training;
  TrainedPointRecord trained;
  HessianRecord hessian;
  NetworkNoiseRecord noise;
  ReductionRecord reduction;
  double seconds = 0;
};

}  // namespace fpk::io
