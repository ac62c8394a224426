#include "model/sgd/linearised_chain.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "model/process.hpp"
#include "model/sgd/gradient_noise.hpp"
#include "model/sgd/linear_parts.hpp"

namespace fpk::model {
namespace {

/// Numbers that the tables of all steps may take: one gigabyte.
constexpr double most_numbers = 1 << 27;

double at_time(const Formula& f, double t) {
  return f.substitute(time_name, Formula(t)).constant().value_or(std::nan(""));
}

/// c/b, times what SVAG's two batches make of it: ((1 + s)/2)^2 + ((1 - s)/2)^2 = l.
double share_of(const StochasticGradient& chain, std::size_t batch) {
  const auto b = static_cast<double>(batch);
  const double c = *finite_population_factor(chain.sampling, chain.rows(), Formula(b)).constant();
  return static_cast<double>(chain.svag) * c / b;
}

/// What the steps of an epoch before this one have left of each row in delta: the w_k of the header.
class Epoch {
 public:
  Epoch(const StochasticGradient& chain, Eigen::Index coordinates)
      : is_shuffled_(chain.sampling == Sampling::reshuffle),
        steps_(static_cast<std::int64_t>(chain.rows() / chain.largest_batch)),
        w_(Eigen::MatrixXd::Zero(coordinates, static_cast<Eigen::Index>(chain.rows()))) {}

  /// E[delta_n nu_n^T] of step n with these rows.
  [[nodiscard]] Eigen::MatrixXd cross(std::int64_t n, const Eigen::MatrixXd& rows) {
    if (!is_shuffled_ || n % steps_ == 0) w_.setZero();
    const auto N = static_cast<double>(rows.rows());
    return is_shuffled_ && N > 1 ? Eigen::MatrixXd(w_ * rows / (-N * (N - 1)))
                                 : Eigen::MatrixXd::Zero(w_.rows(), rows.cols());
  }
  void step(const LinearisedChain::Step& s, const Eigen::MatrixXd& R) {
    if (is_shuffled_) w_ = s.A * w_ - s.schedule * R * s.rows.transpose();
  }

 private:
  bool is_shuffled_;
  std::int64_t steps_;
  Eigen::MatrixXd w_;  ///< a column for each row of the table
};

}  // namespace

std::string LinearisedChain::refusal(const StochasticGradient& chain, std::int64_t steps) {
  if (chain.adaptive) return "the batch grows by chance";
  const double numbers =
      static_cast<double>(steps) * static_cast<double>(chain.rows() * chain.loss.dimension());
  if (numbers > most_numbers)
    return fmt::format("the gradients of {} rows along {} steps do not fit in a gigabyte", chain.rows(),
                       steps);
  return "";
}

LinearisedChain::LinearisedChain(const StochasticGradient& chain, std::int64_t steps,
                                 const SecondMoments& start)
    : path_{start.mean}, covariance_{start.covariance()} {
  if (const auto why = refusal(chain, steps); !why.empty())
    throw std::invalid_argument("not linearised: " + why);
  const auto parts = linear_parts(chain);
  R_ = parts.R;
  const GradientNoiseProgram gradients(chain.loss);
  Epoch epoch(chain, start.mean.size());
  const double h = chain.step();
  for (std::int64_t n = 0; n < steps; ++n) {
    const double t = static_cast<double>(n) * h;
    const Eigen::VectorXd phi = parts.S * path_.back();
    auto at = gradients({phi.data(), static_cast<std::size_t>(phi.size())});
    Step s;
    s.schedule = at_time(chain.schedule, t);
    s.injected = std::sqrt(2 * at_time(chain.temperature, t) * (1 - chain.momentum) * s.schedule / h);
    s.batch = chain.rows_of_batch(at_time(chain.batch, t));
    s.A = parts.T - s.schedule * R_ * at.hessian * parts.S;
    s.rows = std::move(at.rows);
    s.rows.rowwise() -= at.gradient.transpose();

    const Eigen::MatrixXd K = s.schedule * s.schedule * share_of(chain, s.batch) * at.covariance +
                              s.injected * s.injected * Eigen::MatrixXd::Identity(phi.size(), phi.size());
    const Eigen::MatrixXd of_epoch = -s.schedule * s.A * epoch.cross(n, s.rows) * R_.transpose();
    const Eigen::MatrixXd M = s.A * covariance_.back() * s.A.transpose() + R_ * K * R_.transpose() +
                              of_epoch + of_epoch.transpose();
    epoch.step(s, R_);
    covariance_.emplace_back(0.5 * (M + M.transpose()));
    path_.emplace_back(parts.T * path_.back() - s.schedule * R_ * at.gradient);
    steps_.push_back(std::move(s));
  }
}

}  // namespace fpk::model
