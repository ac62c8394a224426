#include "sde/network/descent.hpp"

#include <cmath>

#include "sde/network/batch_rows.hpp"

namespace fpk::sde {
namespace {

Stream batches(const DescentSettings& s) { return {s.seed, Purpose::batch, 0}; }
Stream injections(const DescentSettings& s) { return {s.seed, Purpose::chain_injection, 0}; }
/// Of what is injected into a step.
double deviation(const DescentSettings& s) { return std::sqrt(2 * s.temperature * s.learning_rate); }

}  // namespace

Descent::Descent(const model::SampledLoss& loss, const DescentSettings& settings, std::uint64_t number,
                 Eigen::VectorXd start)
    : loss_(loss),
      settings_(settings),
      number_(number),
      theta_(std::move(start)),
      xi_(theta_.size()),
      rows_(settings.batch) {}

void Descent::advance(std::uint64_t n) {
  for (; step_ < n; ++step_) {
    draw_rows(batches(settings_), number_, step_, loss_.rows(), rows_);
    loss_.gradient(theta_, rows_, g_);
    theta_ -= settings_.learning_rate * g_;
    if (settings_.temperature > 0) {
      draw_normals(injections(settings_), number_, step_, xi_);
      theta_ += deviation(settings_) * xi_;
    }
  }
}

FrozenDescent::FrozenDescent(const model::SampledLoss& loss, const DescentSettings& settings,
                             std::uint64_t number, const Plane& plane)
    : loss_(loss),
      settings_(settings),
      number_(number),
      plane_(plane),
      z_(Eigen::VectorXd::Zero(plane.V.cols())),
      xi_(plane.origin.size()),
      rows_(settings.batch) {}

void FrozenDescent::advance(std::uint64_t n) {
  for (; step_ < n; ++step_) {
    const Eigen::VectorXd theta = plane_.origin + plane_.V * z_;
    draw_rows(batches(settings_), number_, step_, loss_.rows(), rows_);
    loss_.slopes(theta, plane_.V, rows_, slopes_);
    z_ -= settings_.learning_rate *
          (slopes_.rowwise().mean() + plane_.V.transpose() * loss_.regulariser_gradient(theta));
    if (settings_.temperature > 0) {
      draw_normals(injections(settings_), number_, step_, xi_);
      z_ += deviation(settings_) * (plane_.V.transpose() * xi_);
    }
  }
}

}  // namespace fpk::sde
