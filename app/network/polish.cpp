#include <cmath>

#include "app/network/parts.hpp"
#include "parallel/threads.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::app {
namespace {

constexpr double momentum = 0.9;
/// The curvature is measured anew after so many steps: it may rise while the loss falls.
constexpr std::uint64_t steps_between = 100;

/// tr Sigma = mean |grad l_r|^2 - |mean grad l_r|^2, over the rows.
double noise_trace(const model::SampledLoss& loss, const Eigen::VectorXd& theta) {
  constexpr std::size_t piece = 64;
  const Eigen::VectorXd decay = loss.regulariser_gradient(theta);
  const std::size_t N = loss.rows(), pieces = (N + piece - 1) / piece;
  std::vector<double> squares(pieces, 0);
  parallel::for_each_chunk(N, piece, [&](std::size_t begin, std::size_t end, std::size_t) {
    Eigen::VectorXd g;
    for (std::size_t r = begin; r < end; ++r) {
      const auto row = static_cast<std::uint32_t>(r);
      loss.gradient(theta, {&row, 1}, g);
      squares[begin / piece] += (g - decay).squaredNorm();
    }
  });
  Eigen::VectorXd mean;
  model::mean_gradient(loss, theta, mean);
  return parallel::pairwise_sum(squares.data(), pieces) / static_cast<double>(N) -
         (mean - decay).squaredNorm();
}

}  // namespace

Eigen::VectorXd polish(const NetworkTask& task, Eigen::VectorXd theta, io::TrainedPointRecord& record) {
  const std::uint64_t steps = task.settings.training.polish;
  io::Progress progress("polishing", static_cast<double>(steps), task.progress, "steps");
  Eigen::VectorXd velocity = Eigen::VectorXd::Zero(theta.size()), g;
  double rate = 0;
  for (std::uint64_t n = 0; n < steps; ++n) {
    if (n % steps_between == 0) {
      io::HessianRecord unused;
      rate = 1 / leading_directions(task.net, theta, 1, unused).values[0];
      if (!(rate > 0))
        throw solvers::SolverError("the loss has no curvature to descend by; train for longer first");
    }
    model::mean_gradient(task.net, theta, g);
    velocity = momentum * velocity - rate * g;
    theta += velocity;
    progress.update(static_cast<double>(n + 1));
  }
  progress.finish();
  const auto own = task.net.performance(theta, task.net.data());
  record.polish = steps;
  record.loss = model::mean_gradient(task.net, theta, g);
  record.gradient_norm = g.norm();
  record.cross_entropy = own.cross_entropy;
  record.accuracy = own.accuracy;
  if (task.held_out.rows() > 0) {
    const auto other = task.net.performance(theta, task.held_out);
    record.held_out_cross_entropy = other.cross_entropy;
    record.held_out_accuracy = other.accuracy;
  }
  record.noise_trace = noise_trace(task.net, theta);
  if (!theta.allFinite())
    throw solvers::SolverError(
        "training has left the finite numbers; try a smaller network.training.learning_rate");
  return theta;
}

}  // namespace fpk::app
