#include "model/sgd/chain_moments.hpp"

#include <algorithm>

#include "model/sgd/linear_parts.hpp"

namespace fpk::model {
namespace {

bool is_steady(const StochasticGradient& chain) {
  return chain.schedule.constant() && chain.batch.constant() && chain.temperature.constant() &&
         !chain.adaptive && chain.sampling != Sampling::reshuffle;
}

/// The moments of S z.
SecondMoments seen_through(const Eigen::MatrixXd& S, const SecondMoments& z) {
  return {S * z.mean, S * z.second * S.transpose()};
}

/// u^2 c/b: what of Sigma is the covariance of u g_B. SVAG's two batches: ((1 + s)/2)^2 + ((1 - s)/2)^2 = l times that of one.
Formula share_of(const StochasticGradient& chain) {
  const double u = *chain.schedule.constant();
  return Formula(u * u * static_cast<double>(chain.svag)) * chain.finite_population_factor() / chain.batch;
}

}  // namespace

ChainMoments ChainMoments::assembled(const StochasticGradient& chain, const Eigen::MatrixXd& G,
                                     const Eigen::VectorXd& g) {
  const double u = *chain.schedule.constant(), D = *chain.temperature.constant(), h = chain.step();
  const auto parts = linear_parts(chain);
  ChainMoments m;
  m.R_ = parts.R;
  m.S_ = parts.S;
  m.A_ = parts.T - u * m.R_ * G * m.S_;
  m.shift_ = u * m.R_ * g;
  // What is injected, in units in which R carries it: sqrt(2 D (1 - mu) h u) / h, where R moves theta by h.
  m.injected_ = 2 * D * (1 - chain.momentum) * u / h * Eigen::MatrixXd::Identity(g.size(), g.size());
  return m;
}

std::optional<ChainMoments> ChainMoments::of(const StochasticGradient& chain) {
  if (!is_steady(chain)) return std::nullopt;
  const auto& names = chain.loss.parameters;
  const auto d = static_cast<Eigen::Index>(names.size());
  Eigen::MatrixXd G(d, d);
  Eigen::VectorXd g(d);
  const auto gradient = chain.loss.gradient();
  for (Eigen::Index i = 0; i < d; ++i) {
    const auto slope = quadratic(gradient[static_cast<std::size_t>(i)], names);
    if (!slope || !slope->is_affine()) return std::nullopt;
    G.row(i) = slope->slope.transpose();
    g[i] = slope->value;
  }
  ChainMoments m = assembled(chain, G, g);
  for (const auto& row : gradient_covariance(chain.loss))
    for (const auto& entry : row) {
      const auto K = quadratic(share_of(chain) * entry, names);
      if (!K) return std::nullopt;
      m.noise_.push_back(*K);
    }
  return m;
}

std::optional<ChainMoments> ChainMoments::linearised(const StochasticGradient& chain,
                                                     const Eigen::VectorXd& minimum, const Eigen::MatrixXd& H,
                                                     const Eigen::MatrixXd& Sigma) {
  if (!is_steady(chain)) return std::nullopt;
  ChainMoments m = assembled(chain, H, -(H * minimum));
  const double share = share_of(chain).constant().value_or(0);
  const Eigen::Index d = minimum.size();
  for (Eigen::Index i = 0; i < d; ++i)
    for (Eigen::Index j = 0; j < d; ++j)
      m.noise_.push_back({share * Sigma(i, j), Eigen::VectorXd::Zero(d), Eigen::MatrixXd::Zero(d, d)});
  return m;
}

SecondMoments ChainMoments::after(std::int64_t steps, SecondMoments z) const {
  const Eigen::Index d = R_.cols();
  for (std::int64_t n = 0; n < steps; ++n) {
    const auto seen = seen_through(S_, z);
    Eigen::MatrixXd K = injected_;
    for (Eigen::Index i = 0; i < d; ++i)
      for (Eigen::Index j = 0; j < d; ++j)
        K(i, j) += noise_[static_cast<std::size_t>(i * d + j)].expectation(seen);
    const Eigen::VectorXd moved = A_ * z.mean;
    const Eigen::MatrixXd cross = moved * shift_.transpose();
    z.second = A_ * z.second * A_.transpose() - cross - cross.transpose() + shift_ * shift_.transpose() +
               R_ * K * R_.transpose();
    z.mean = moved - shift_;
  }
  return z;
}

Eigen::MatrixXd ChainMoments::linear_part() const {
  const Eigen::Index n = A_.rows(), d = R_.cols();
  Eigen::MatrixXd L(n * n, n * n);
  for (Eigen::Index k = 0; k < n * n; ++k) {
    Eigen::MatrixXd unit = Eigen::MatrixXd::Zero(n, n);
    unit(k % n, k / n) = 1;
    const Eigen::MatrixXd seen = S_ * unit * S_.transpose();
    Eigen::MatrixXd K(d, d);
    for (Eigen::Index i = 0; i < d; ++i)
      for (Eigen::Index j = 0; j < d; ++j)
        K(i, j) = 0.5 * noise_[static_cast<std::size_t>(i * d + j)].curvature.cwiseProduct(seen).sum();
    const Eigen::MatrixXd image = A_ * unit * A_.transpose() + R_ * K * R_.transpose();
    L.col(k) = image.reshaped();
  }
  return L;
}

double ChainMoments::memory() const {
  const double of_mean = A_.eigenvalues().cwiseAbs().maxCoeff();
  return std::max(of_mean, linear_part().eigenvalues().cwiseAbs().maxCoeff());
}

std::optional<SecondMoments> ChainMoments::stationary() const {
  if (!(memory() < 1)) return std::nullopt;
  const Eigen::Index n = A_.rows();
  const Eigen::MatrixXd I = Eigen::MatrixXd::Identity(n, n);
  SecondMoments z{(I - A_).fullPivLu().solve(-shift_), Eigen::MatrixXd::Zero(n, n)};
  // A step from M = 0 with the stationary mean is what is added to the linear part.
  const Eigen::MatrixXd added = after(1, z).second;
  const Eigen::MatrixXd L = linear_part();
  const Eigen::VectorXd M =
      (Eigen::MatrixXd::Identity(n * n, n * n) - L).fullPivLu().solve(Eigen::VectorXd(added.reshaped()));
  z.second = M.reshaped(n, n);
  return z;
}

}  // namespace fpk::model
