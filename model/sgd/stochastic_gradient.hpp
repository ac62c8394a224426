// Stochastic gradient descent on a loss on data, as a Markov chain. With eta the learning rate, u(t) its schedule, b the batch and
// g_B the mean gradient of the rows of a random batch B, step n (from time n h to (n + 1) h) is
//
//     theta <- theta - eta u g_B(theta) + sqrt(2 D eta u) xi                                  (SGLD where D > 0)
//     v     <- mu v  - eta u g_B(theta [+ mu v]) + sqrt(2 D (1 - mu) eta u) xi,   theta <- theta + v      (momentum)
//
// Its time runs by h = eta a step, whatever the schedule, so that the chain makes time.end / h steps. SVAG takes steps of
// h = eta / l on (1 + s)/2 g_B1 + (1 - s)/2 g_B2 with s = sqrt(2 l - 1) and two independent batches: the same diffusion from
// ever shorter steps.
//
// (Robbins, Monro 1951; Polyak 1964; Nesterov 1983; Welling, Teh 2011; Chen, Fox, Guestrin 2014 for the noise beside momentum;
// Li, Malladi, Arora 2021 for SVAG)
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/sgd/row_loss.hpp"

namespace fpk::model {

/// How the rows of a batch are chosen.
enum class Sampling : std::uint8_t {
  with_replacement,     ///< independent of each other
  without_replacement,  ///< different rows within a batch; batches are independent
  reshuffle  ///< consecutive rows of a new order each epoch; the N mod b last ones wait for another
};

std::string_view name(Sampling sampling);  ///< as in a case: "with-replacement"

/// c = (N - b)/(N - 1) where the b rows of a batch, of N, differ, else 1: what of Sigma / b is the covariance of the batch's gradient.
Formula finite_population_factor(Sampling sampling, std::size_t N, const Formula& b);

/// The norm test: a chain's batch grows by `growth` where the variance of its mean gradient, estimated from the batch itself,
/// is above `threshold` times the square of that mean (Byrd, Chin, Nocedal, Wu 2012).
struct AdaptiveBatch {
  double threshold = 1;
  double growth = 2;
  std::size_t largest = 0;
};

struct StochasticGradient {
  RowLoss loss;
  double learning_rate = 0.1;  ///< eta, at time 0
  Formula schedule = 1.0;      ///< u(t), 1 at time 0
  Formula batch = 1.0;         ///< b(t), at least 1; the chain takes the nearest whole number
  std::size_t largest_batch = 1;
  std::optional<AdaptiveBatch> adaptive = {};
  Sampling sampling = Sampling::with_replacement;
  double momentum = 0;      ///< mu, in [0, 1)
  bool nesterov = false;    ///< the gradient is taken at theta + mu v
  Formula temperature = 0;  ///< D(t), injected
  std::size_t svag = 1;     ///< l

  /// h, by which time runs a step.
  [[nodiscard]] double step() const { return learning_rate / static_cast<double>(svag); }
  [[nodiscard]] std::size_t rows() const { return loss.rows->rows(); }
  [[nodiscard]] bool has_momentum() const { return momentum != 0; }
  /// Rows of a batch where `batch` is b: the nearest whole number, from 1 to the largest.
  [[nodiscard]] std::size_t rows_of_batch(double b) const;
  [[nodiscard]] Formula finite_population_factor() const {
    return model::finite_population_factor(sampling, rows(), batch);
  }
};

}  // namespace fpk::model
