// The diffusions that stand for stochastic gradient descent, derived from its loss and its covariance. With eta the learning rate, h
// the step in time, b the batch, c the finite-population factor, u the schedule, D the injected temperature and mu the momentum:
//
//     flow          dX = -u grad L dt                                                                        weak order 1
//     langevin      dX = -u grad L dt + sqrt(2 (T + D u)) dW,   T = eta c tr Sigma(x*) / (2 b d) at the lowest minimum x*
//     sme1          dX = -u grad L dt + sqrt(u^2 eta c/b Sigma + 2 u D) dW                                           1
//     sme2          dX = -[u grad L + (h/2)(u^2 H grad L - u' grad L - u^2 D grad tr H)] dt
//                        + sqrt(u^2 eta c/b Sigma + 2 u D + h (2 u^2 D H - (u D)')) dW                               2
//     underdamped   dX = V dt,   dV = -[(1 - mu)/eta V + u/eta grad L] dt + sqrt(u^2 c/(eta b) Sigma + 2 (1 - mu) u D/eta^2) dW
//
// with H the Hessian of L. For u = 1 and D = 0 sme2 has the drift -grad(L + h/4 |grad L|^2) of Li, Tai, E (2017, 2019, theorem
// 9). The other terms of the same order follow from one step of the chain, expanded as they do: the chain moves by b0 h with
// covariance 2 a0 h, and a diffusion with b0 + h b1, a0 + h a1 does the same up to h^3 where
//
//     b1 = -(1/2) (d_t b0 + (b0 . grad) b0 + a0 : grad grad b0),     a1 = -(1/2) (d_t a0 + a0 grad b0 + (grad b0)^T a0).
//
// Momentum divides the velocities of the overdamped models by 1 - mu (the limit of small eta; order 1 at most).
// Mandt, Hoffman, Blei 2017 for langevin with the noise at the minimum.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/process.hpp"
#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::model {

struct GradientModel {
  std::string_view name;      ///< as in a case
  std::string_view title;     ///< for people
  std::string_view equation;  ///< for people, in the symbols above
  double weak_order;          ///< in the learning rate, of the expectations of smooth functions
  bool has_velocity;          ///< whether the variables are the parameters and their velocities
  /// Why it does not stand for a chain, and what to try; empty where it does.
  std::string (*refusal)(const StochasticGradient& chain);
  /// Only for a chain that is not refused. `starts`: places from which the lowest minimum of L is searched, where it is wanted.
  Process (*make)(const StochasticGradient& chain, const std::vector<std::vector<double>>& starts);
};

/// flow, langevin, sme1, sme2, underdamped. A new model is a row in gradient_model.cpp.
std::span<const GradientModel> gradient_models();
/// Null where there is none of that name.
const GradientModel* find_gradient_model(std::string_view name);

/// The name of a parameter's velocity among the variables of a model that has velocities: "v_theta".
std::string velocity_name(const std::string& parameter);

}  // namespace fpk::model
