// A loss and its gradient noise on a plane through many parameters, as polynomials: what formulas need to stand for a network.
//
//     f(z) ~ sum_{m,n <= degree} c_mn T_m(z_1/R_1) T_n(z_2/R_2)        on |z_k| <= R_k
//
// by interpolation at the Chebyshev nodes cos(pi (2 k + 1) / (2 degree + 2)) of either axis (Trefethen 2013, chapters 3, 4): its error
// falls geometrically in the degree where f is analytic. It is checked at points that are no nodes.
//
//        |  . .   .    .   . . |       The nodes crowd towards the ends, so that nothing swings there.
//       -R                    +R
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "model/network/sampled_loss.hpp"
#include "model/process.hpp"

namespace fpk::model {

/// A polynomial in two variables z_k in [-R_k, R_k], by its coefficients c(m, n).
class PlanePolynomial {
 public:
  /// values(i, j) at the nodes i of the first axis and j of the second; square.
  PlanePolynomial(const Eigen::MatrixXd& values, std::array<double, 2> half_width);
  /// The nodes over R, `degree` + 1 of them.
  static std::vector<double> nodes(std::size_t degree);
  /// In powers of z_k/R_k, by Horner's rule.
  [[nodiscard]] Formula formula(const std::array<std::string, 2>& variables) const;
  [[nodiscard]] double value(double z1, double z2) const;
  [[nodiscard]] std::array<double, 2> gradient(double z1, double z2) const;

 private:
  std::array<double, 2> half_width_;
  Eigen::MatrixXd powers_;  ///< of z_1/R_1 (rows) and z_2/R_2
};

struct PlaneSurrogate {
  std::array<double, 2> half_width{};  ///< R
  std::size_t degree = 0;
  std::vector<PlanePolynomial> loss;        ///< one
  std::vector<PlanePolynomial> covariance;  ///< Sigma_11, Sigma_12, Sigma_22
  // At the check points: the largest error, over the largest modulus there.
  std::size_t checks = 0;
  double loss_error = 0;        ///< over the range of the loss
  double gradient_error = 0;    ///< of the gradient of the polynomial against that of the loss
  double covariance_error = 0;  ///< of any entry, over the largest entry
};

/// What is interpolated: loss, gradient and covariance at a place of the plane.
using PlaneLoss = std::function<ProjectedLoss(double z1, double z2)>;

/// `tick` is called after each of the `evaluations(degree)` of the loss.
PlaneSurrogate plane_surrogate(const PlaneLoss& loss, std::array<double, 2> half_width, std::size_t degree,
                               const std::function<void()>& tick = {});
std::size_t evaluations(std::size_t degree);

/// The diffusion on the plane that stands for the chain with learning rate eta, batches of b independent rows and temperature D:
///
///     dz = -(grad L + f) dt + sqrt(eta/b Sigma + 2 D I) dW          f: a further, constant force; mostly none
///
/// (the first-order modified equation of Li, Tai, E 2017 with the other parameters frozen).
Process plane_diffusion(const PlaneSurrogate& on, double eta, double b, double D,
                        const std::array<std::string, 2>& variables, const std::array<double, 2>& force = {});

}  // namespace fpk::model
