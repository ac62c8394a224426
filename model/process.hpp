// The problem: an Ito diffusion in d named variables,
//
//     dX = b(X, t) dt + sigma(X, t) dW,        a = sigma sigma^T / 2,
//     dp/dt = -sum_i d_i (b_i p) + sum_ij d_i d_j (a_ij p).
//
// b: drift [length/time], sigma: noise [length/time^1/2], a: diffusion [length^2/time]; Risken 1989, ch. 4.
// Where more is known it is said by a refinement, and the more exact path is chosen because it is known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

using formula::Formula;

/// The name of time in formulas.
inline constexpr const char* time_name = "t";

/// b = -grad L and a = D I: detailed balance, Gibbs density exp(-L/D) / Z.
struct Reversible {
  Formula potential;       ///< L, in units of the temperature
  double temperature = 1;  ///< D > 0
};

/// b = -(I + J) grad L with J constant and antisymmetric, and a = D I: the Gibbs density is stationary still, but it
/// carries the divergence-free current D J grad exp(-L/D) / Z, so there is no detailed balance (Hwang, Hwang-Ma, Sheu
/// 1993, Ann. Appl. Probab. 3).
struct Rotating {
  Formula potential;                   ///< L, in units of the temperature
  double temperature = 1;              ///< D > 0
  std::vector<std::vector<double>> J;  ///< d by d, J_ij = -J_ji
};

/// b = -(I + J) grad L and a = D(t) I with a temperature that moves in time: frozen at any t it is one of the two above,
/// whose Gibbs law the law of X_t follows behind (simulated annealing: Geman, Hwang 1986, SIAM J. Control Optim. 24).
struct Annealed {
  Formula potential;                        ///< L
  Formula temperature;                      ///< D > 0, of t alone
  std::vector<std::vector<double>> J = {};  ///< a rotation; empty where there is none
};

struct NoiseConvention;

struct Process {
  std::vector<std::string> variables;       ///< d of them, 1 <= d <= 3 for the density road
  std::vector<Formula> drift;               ///< b, d formulas in the variables and t
  std::vector<std::vector<Formula>> noise;  ///< sigma, d rows of m formulas (Ito)
  /// a, d by d, where it is what is known and sigma was made from it; empty elsewhere.
  std::vector<std::vector<Formula>> known_diffusion = {};
  std::optional<Reversible> reversible;
  std::optional<Rotating>
      rotating;  ///< where a rotation forbids detailed balance: then `reversible` is empty
  std::optional<Annealed> annealed;  ///< where the temperature moves: then both of these are empty
  /// Where drift and noise were given in another sense than Ito's: which, and the drift before `drift` was converted
  /// from it (model/noise_convention.hpp).
  const NoiseConvention* given_in = nullptr;
  std::vector<Formula> drift_as_given = {};
  std::vector<std::string> written =
      {};  ///< as people write it, a line each, where the formulas would fill a page
  std::optional<Formula> stationary;  ///< a stationary density known from elsewhere, up to a factor

  [[nodiscard]] std::size_t dimension() const { return variables.size(); }
  [[nodiscard]] std::size_t noise_sources() const { return noise.empty() ? 0 : noise.front().size(); }
  /// a = sigma sigma^T / 2, d by d.
  [[nodiscard]] std::vector<std::vector<Formula>> diffusion() const;
  /// Where a_ij = 0 for i != j, as formulas.
  [[nodiscard]] bool has_diagonal_diffusion() const;
  [[nodiscard]] bool depends_on_time() const;
  /// The process whose coefficients are for good those that this one has at time t.
  [[nodiscard]] Process frozen(double t) const;
  /// The inputs of every program of this process: its variables, then t.
  [[nodiscard]] std::vector<std::string> inputs() const;
  /// ln of the stationary density up to a constant, where one is known: -L/D, or the log of `stationary`.
  [[nodiscard]] std::optional<Formula> log_stationary() const;
  /// L where the drift comes from a potential, with a rotation and a temperature that moves or without; nullptr elsewhere.
  [[nodiscard]] const Formula* potential() const;
  /// The equations as people write them: the potential and temperature of a reversible process, otherwise a
  /// line for each variable, "dx = (1 - x) dt + (0.5) dW1".
  [[nodiscard]] std::vector<std::string> equations() const;
};

/// dX = -grad L dt + sqrt(2 D) dW with one independent source for each variable.
Process overdamped_langevin(std::vector<std::string> variables, const Formula& potential, double temperature);

/// dX = -(I + J) grad L dt + sqrt(2 D) dW. Throws std::invalid_argument where J is not antisymmetric or not d by d.
Process rotating_langevin(std::vector<std::string> variables, const Formula& potential, double temperature,
                          std::vector<std::vector<double>> J);

/// dX = -(I + J) grad L dt + sqrt(2 D(t)) dW, J empty for none. Throws std::invalid_argument like rotating_langevin.
Process annealed_langevin(std::vector<std::string> variables, const Formula& potential,
                          const Formula& temperature, std::vector<std::vector<double>> J = {});

}  // namespace fpk::model
