// A step written as in the books: X_{n+1} as formulas in x, t, dt, dW and whatever else the scheme draws.
//
// Most explicit schemes are nothing but such formulas, put together from those of the process: a coefficient at another
// stage is the coefficient with the stage's formula in the place of x. CompiledStep (sde/schemes/compiled_step.hpp) makes
// one program of them, in which whatever the stages share is computed once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "model/process.hpp"
#include "sde/draws.hpp"

namespace fpk::sde {

using formula::Formula;
using Vector = std::vector<Formula>;  ///< one formula a variable

Vector operator+(const Vector& a, const Vector& b);
Vector operator-(const Vector& a, const Vector& b);
Vector operator*(const Vector& a, const Formula& c);
Vector& operator+=(Vector& a, const Vector& b);

/// The letters of a step, with the coefficients of the process at its beginning.
struct Letters {
  explicit Letters(const model::Process& process);

  std::size_t d;              ///< variables
  std::size_t m;              ///< sources of noise
  Vector x;                   ///< X_n
  Formula t, dt, root_dt;     ///< time at the beginning, length of the step, its square root
  Vector b;                   ///< drift at (x, t)
  std::vector<Vector> sigma;  ///< sigma[k]: column k of the noise at (x, t)

  [[nodiscard]] static Formula dW(std::size_t k);       ///< increment k
  [[nodiscard]] static Formula sign(std::size_t k);     ///< sign k
  [[nodiscard]] static Formula uniform(std::size_t k);  ///< uniform number k
  /// Functions of (x, t), such as b or sigma[k], at another point and time.
  [[nodiscard]] Vector at(const Vector& f, const Vector& point, const Formula& time) const;
  [[nodiscard]] Formula at(const Formula& f, const Vector& point, const Formula& time) const;
  /// sum_k sigma[k] dW_k
  [[nodiscard]] Vector noise() const;
  /// Names of all letters, in the order of the inputs of a compiled step: variables, t, dt, root_dt, then the draws.
  [[nodiscard]] std::vector<std::string> names(const DrawCounts& draws) const;
};

/// What one step does.
struct StepFormulas {
  DrawCounts draws;
  Vector next;           ///< X_{n+1}; the proposal where there is an acceptance
  Vector observed = {};  ///< what is seen of X_n (Scheme::observe); empty for X_n itself
  /// Probability of going to `next` rather than staying at x; decided by uniform number 0.
  std::optional<Formula> acceptance = std::nullopt;
};

/// L^j f = sum_l sigma_lj d_l f, the derivative along column j of the noise.
Vector along_noise(const Letters& letters, std::size_t j, const Vector& f);

}  // namespace fpk::sde
