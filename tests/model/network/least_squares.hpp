// The loss of a linear model, l_r = (x_r . theta - y_r)^2 / 2 + (decay/2) |theta|^2: quadratic, with a Hessian that is known.
#pragma once

#include "model/network/sampled_loss.hpp"

namespace fpk::model::testing {

class LeastSquares : public SampledLoss {
 public:
  /// A column of `x` for each row of the data.
  LeastSquares(Eigen::MatrixXd x, Eigen::VectorXd y, double decay)
      : x_(std::move(x)), y_(std::move(y)), decay_(decay) {}

  [[nodiscard]] Eigen::Index parameters() const override { return x_.rows(); }
  [[nodiscard]] std::size_t rows() const override { return static_cast<std::size_t>(x_.cols()); }
  [[nodiscard]] double value(const Eigen::VectorXd& theta, Rows rows) const override {
    double sum = 0;
    for (const auto r : rows) sum += residual(theta, r) * residual(theta, r) / 2;
    return sum / static_cast<double>(rows.size()) + regulariser(theta);
  }
  double gradient(const Eigen::VectorXd& theta, Rows rows, Eigen::VectorXd& g) const override {
    g = decay_ * theta;
    for (const auto r : rows) g += x_.col(r) * (residual(theta, r) / static_cast<double>(rows.size()));
    return value(theta, rows);
  }
  void hessian_product(const Eigen::VectorXd&, const Eigen::VectorXd& v, Rows rows,
                       Eigen::VectorXd& out) const override {
    out = decay_ * v;
    for (const auto r : rows) out += x_.col(r) * (x_.col(r).dot(v) / static_cast<double>(rows.size()));
  }
  double slopes(const Eigen::VectorXd& theta, const Eigen::MatrixXd& directions, Rows rows,
                Eigen::MatrixXd& slopes) const override {
    slopes.resize(directions.cols(), static_cast<Eigen::Index>(rows.size()));
    for (std::size_t j = 0; j < rows.size(); ++j)
      slopes.col(static_cast<Eigen::Index>(j)) =
          directions.transpose() * x_.col(rows[j]) * residual(theta, rows[j]);
    return value(theta, rows) - regulariser(theta);
  }
  [[nodiscard]] double regulariser(const Eigen::VectorXd& theta) const override {
    return 0.5 * decay_ * theta.squaredNorm();
  }
  [[nodiscard]] Eigen::VectorXd regulariser_gradient(const Eigen::VectorXd& theta) const override {
    return decay_ * theta;
  }

 private:
  [[nodiscard]] double residual(const Eigen::VectorXd& theta, std::uint32_t r) const {
    return x_.col(r).dot(theta) - y_[r];
  }
  Eigen::MatrixXd x_;
  Eigen::VectorXd y_;
  double decay_;
};

}  // namespace fpk::model::testing
