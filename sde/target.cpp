#include "sde/target.hpp"

#include <algorithm>

#include "formula/level.hpp"

namespace fpk::sde {
namespace {

using formula::Formula;

/// -g; where there is no g, 1 outside and 0 inside.
Formula distance_of(const Formula& set) {
  if (const auto g = formula::level_of(set)) return -*g;
  return Formula(1) - set;
}

/// sum_k (sum_i d_i g sigma_ik)^2
Formula square_of(const model::Process& process, const Formula& g) {
  Formula sum(0.0);
  for (std::size_t k = 0; k < process.noise_sources(); ++k) {
    Formula along(0.0);
    for (std::size_t i = 0; i < process.dimension(); ++i)
      along = along + g.derivative(process.variables[i]) * process.noise[i][k];
    sum = sum + along * along;
  }
  return sum;
}

std::vector<const double*> inputs_of(std::span<double* const> x) { return {x.begin(), x.end()}; }

}  // namespace

Target::Target(const model::Process& process, const Formula& set, Absorption absorption)
    : dimension_(process.dimension()), distance_(distance_of(set), process.variables) {
  const auto g = formula::level_of(set);
  if (g && absorption == Absorption::bridge) variance_.emplace(square_of(process, *g), process.inputs());
}

Target::Values::Values(const Target& target)
    : distance(1), square(1), of_distance(target.distance_.workspace()), time(1) {
  std::fill_n(square[0], formula::block_width, 0.0);
  if (target.variance_) of_variance = target.variance_->workspace();
}

void Target::set_distance(std::span<double* const> x, Values& at, double* h) const {
  double* out[] = {h};
  distance_.evaluate_block(inputs_of(x), out, *at.of_distance);
}

void Target::set_square(std::span<double* const> x, double t, Values& at) const {
  if (!variance_) return;
  auto inputs = inputs_of(x);
  std::fill_n(at.time[0], formula::block_width, t);
  inputs.push_back(at.time[0]);
  variance_->evaluate_block(inputs, at.square.all(), *at.of_variance);
}

}  // namespace fpk::sde
