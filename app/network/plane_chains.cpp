#include "app/network/plane_chains.hpp"

#include <algorithm>
#include <cmath>

#include "parallel/threads.hpp"

namespace fpk::app {
namespace {

using Eigen::Index;

void sum(const parallel::Communicator& processes, Eigen::MatrixXd& m) {
  processes.sum(std::span(m.data(), static_cast<std::size_t>(m.size())));
}

}  // namespace

PlaneChains plane_chains(const model::SampledLoss& loss, const sde::Plane& plane,
                         const sde::DescentSettings& settings, std::uint64_t first_number, std::size_t count,
                         const std::vector<std::uint64_t>& steps, std::size_t gradients,
                         const parallel::Communicator& processes, const std::function<void()>& tick) {
  const Index k = plane.V.cols(), n = static_cast<Index>(count);
  PlaneChains chains;
  chains.free.assign(steps.size(), Eigen::MatrixXd::Zero(k, n));
  chains.frozen = chains.free;
  chains.rest.assign(steps.size(), Eigen::RowVectorXd::Zero(n));
  gradients = std::min(gradients, count);
  chains.free_gradient = chains.frozen_gradient = Eigen::MatrixXd::Zero(k, static_cast<Index>(gradients));
  std::vector<Eigen::VectorXd> ends(gradients);
  const auto is_own = [&](std::size_t c) {
    return c % static_cast<std::size_t>(processes.size()) == static_cast<std::size_t>(processes.rank());
  };
  parallel::for_each_chunk(count, 1, [&](std::size_t c, std::size_t, std::size_t) {
    if (!is_own(c)) return;
    sde::Descent free(loss, settings, first_number + c, plane.origin);
    sde::FrozenDescent frozen(loss, settings, first_number + c, plane);
    const auto column = static_cast<Index>(c);
    for (std::size_t t = 0; t < steps.size(); ++t) {
      free.advance(steps[t]);
      frozen.advance(steps[t]);
      const Eigen::VectorXd z = plane.coordinates(free.theta());
      chains.free[t].col(column) = z;
      chains.frozen[t].col(column) = frozen.z();
      chains.rest[t][column] = (free.theta() - plane.origin - plane.V * z).norm();
    }
    if (c < gradients) ends[c] = free.theta();
    if (tick) tick();
  });
  for (std::size_t c = 0; c < gradients; ++c)
    if (is_own(c)) {
      const Eigen::VectorXd on_plane = plane.origin + plane.V * plane.coordinates(ends[c]);
      chains.free_gradient.col(static_cast<Index>(c)) = model::project(loss, ends[c], plane.V).gradient;
      chains.frozen_gradient.col(static_cast<Index>(c)) = model::project(loss, on_plane, plane.V).gradient;
    }
  for (auto* series : {&chains.free, &chains.frozen})
    for (auto& m : *series) sum(processes, m);
  for (auto& r : chains.rest) processes.sum(std::span(r.data(), count));
  sum(processes, chains.free_gradient);
  sum(processes, chains.frozen_gradient);
  return chains;
}

io::ForceErrorRecord force_error(const PlaneChains& chains, const Eigen::VectorXd& predicted) {
  const Eigen::MatrixXd difference = chains.free_gradient - chains.frozen_gradient;
  const auto n = static_cast<double>(difference.cols());
  const auto deviation = [&](const Eigen::MatrixXd& m, Index i) {
    return std::sqrt((m.row(i).array() - m.row(i).mean()).square().sum() / (n - 1));
  };
  io::ForceErrorRecord force;
  for (std::size_t k = 0; k < 2; ++k) {
    const auto i = static_cast<Index>(k);
    force.mean[k] = difference.row(i).mean();
    force.deviation[k] = deviation(difference, i);
    force.mean_error[k] = force.deviation[k] / std::sqrt(n);
    force.frozen_deviation[k] = deviation(chains.frozen_gradient, i);
    force.predicted[k] = predicted[i];
  }
  return force;
}

}  // namespace fpk::app
