// The exact step of an Ornstein-Uhlenbeck process dX = (B X + c) dt + sigma dW with constant B, c and sigma:
//
//     X_{n+1} = F X_n + g + S dW_n / sqrt(dt)        (sde/schemes/linear_transition.hpp)
//
// With normal increments the law of X_n is exact for any dt: no bias, no order. (Uhlenbeck, Ornstein 1930; Gillespie 1996, Phys.
// Rev. E 54; Van Loan 1978)
#pragma once

#include <Eigen/Dense>

#include "sde/scheme.hpp"

namespace fpk::sde {

class OrnsteinUhlenbeck : public Scheme {
 public:
  explicit OrnsteinUhlenbeck(const model::Process& process);

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  [[nodiscard]] DrawCounts draws() const override {
    return {static_cast<std::size_t>(std::max(B_.rows(), sigma_.cols()))};
  }
  void step(std::span<double* const> x, double t, double dt, const Draws& draws,
            Scratch& scratch) const override;

 private:
  struct Room;
  Eigen::MatrixXd B_;
  Eigen::VectorXd c_;
  Eigen::MatrixXd sigma_;
};

/// Refuses a drift that is not affine in the variables or moves in time, and noise that is not constant.
std::string ornstein_uhlenbeck_refusal(const model::Process& process);

}  // namespace fpk::sde
