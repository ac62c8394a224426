// Expectations of a diffusion on the whole space, by collocation of Kolmogorov's backward equation:
//
//     u_t = L u,    L u = sum_i b_i d_i u + sum_ij a_ij d_i d_j u,    u(0, x) = f(x),        E f(X_t) = integral of u(t, x) over the initial law
//
// u is a polynomial of degree n along each axis of a box, known at the points of Chebyshev and Lobatto; L is a matrix on them, and
// u(t) = exp(t L) f (scaling and squaring; Higham 2005):
//
//     lower  o  o   o    o     o     o    o   o  o  upper        x_j = middle - (length/2) cos(pi j / n)
//                                                                D_jk of Trefethen 2000, chapter 6
//
// No condition is set at the faces of the box: u is smooth whether or not the paths know of a box, and where b leads inwards
// nothing comes from beyond. The box should hold the paths. For smooth b, a and f errors fall geometrically with n (Trefethen
// 2000), until the rounding that the faces blow up takes over where b leads outwards there: degrees grow until two answers agree,
// and the closest pair is taken.
//
// Against the step operator (verification/operator): no steps to take to 0, one matrix for all functions.
#pragma once

#include <string>
#include <vector>

#include "law/initial_nodes.hpp"
#include "law/law.hpp"
#include "model/process.hpp"

namespace fpk::solvers {

/// An expectation, and how far the answers of two degrees are apart.
struct CollocatedValue {
  double value = 0, error = 0;
};

class BackwardCollocation {
 public:
  /// Why it cannot be done; empty where it can: coefficients that neither jump nor depend on time, and no more than four variables.
  static std::string refusal(const model::Process& process);

  /// On the box from lower to upper.
  BackwardCollocation(const model::Process& process, std::vector<double> lower, std::vector<double> upper);

  /// E f(X_t) for each f; `error` is infinite where no two degrees give finite answers.
  [[nodiscard]] std::vector<CollocatedValue> expectations(const std::vector<law::Observable>& functions,
                                                          const std::vector<law::WeightedPoint>& initial,
                                                          double t) const;

 private:
  [[nodiscard]] std::vector<double> of_degree(std::size_t degree,
                                              const std::vector<law::Observable>& functions,
                                              const std::vector<law::WeightedPoint>& initial, double t,
                                              std::vector<double>& largest) const;

  const model::Process& process_;
  std::vector<double> lower_, upper_;
};

}  // namespace fpk::solvers
