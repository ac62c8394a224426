// A network of one hidden layer that classifies: with features x in R^F, h hidden units and C classes,
//
//     a = tanh(W1 x + b1),    z = W2 a + b2,    p = softmax(z),    l(x, y) = -ln p_y,    R = (decay/2) |theta|^2
//
//     x_1 ..                           .. z_1 ..
//      :    [W1, b1]  a_1 ... a_h  [W2, b2]  :    [softmax]  p_1 ... p_C
//     x_F ..                           .. z_C ..
//
// theta = (W1, b1, W2, b2), matrices by columns: P = h F + h + C h + C. With a batch as the columns of X, A = a, Y the classes as unit
// vectors and D2 = (P - Y)/b,
//
//     grad W2 = D2 A^T,    grad b2 = D2 1,    D1 = (W2^T D2) o (1 - A o A),    grad W1 = D1 X^T,    grad b1 = D1 1.
//
// Along a direction v = (V1, c1, V2, c2), R{.} being the derivative (Pearlmutter 1994, Neural Computation 6, section 4):
//
//     R{A} = (1 - A o A) o (V1 X + c1)            R{Z} = V2 A + W2 R{A} + c2            R{D2} = p o (R{Z} - 1 (p . R{Z}))/b
//     R{D1} = (W2^T R{D2} + V2^T D2) o (1 - A o A) - 2 A o R{A} o (W2^T D2)
//     H v = (R{D1} X^T, R{D1} 1, R{D2} A^T + D2 R{A}^T, R{D2} 1) + decay v,           v . grad l_r = (p - Y)_r . R{Z}_r.
#pragma once

#include "model/network/labelled_rows.hpp"
#include "model/network/sampled_loss.hpp"

namespace fpk::model {

class TwoLayerNetwork : public SampledLoss {
 public:
  /// hidden >= 1, decay >= 0.
  TwoLayerNetwork(LabelledRows data, std::size_t hidden, double decay);

  [[nodiscard]] Eigen::Index parameters() const override;
  [[nodiscard]] std::size_t rows() const override { return data_.rows(); }
  [[nodiscard]] const LabelledRows& data() const { return data_; }
  [[nodiscard]] Eigen::Index features() const { return data_.features.rows(); }
  [[nodiscard]] Eigen::Index hidden() const { return hidden_; }
  [[nodiscard]] Eigen::Index classes() const { return static_cast<Eigen::Index>(data_.classes); }

  [[nodiscard]] double value(const Eigen::VectorXd& theta, Rows rows) const override;
  double gradient(const Eigen::VectorXd& theta, Rows rows, Eigen::VectorXd& g) const override;
  void hessian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& v, Rows rows,
                       Eigen::VectorXd& out) const override;
  double slopes(const Eigen::VectorXd& theta, const Eigen::MatrixXd& directions, Rows rows,
                Eigen::MatrixXd& slopes) const override;
  [[nodiscard]] double regulariser(const Eigen::VectorXd& theta) const override;
  [[nodiscard]] Eigen::VectorXd regulariser_gradient(const Eigen::VectorXd& theta) const override;

  /// Of other data of the same shape: the mean of -ln p_y without R, and the share of rows whose class is the most probable.
  struct Performance {
    double cross_entropy = 0, accuracy = 0;
  };
  [[nodiscard]] Performance performance(const Eigen::VectorXd& theta, const LabelledRows& data) const;

 private:
  struct Layers;
  struct Pass;
  void run_forward(const Eigen::VectorXd& theta, const LabelledRows& data, Rows rows, Pass& pass) const;

  LabelledRows data_;
  Eigen::Index hidden_;
  double decay_;
};

}  // namespace fpk::model
