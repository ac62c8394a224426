#include "model/network/two_layer_network.hpp"

#include <cmath>

#include "formula/block_math.hpp"

namespace fpk::model {
namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// tanh x = 1 - 2/(exp(2 x) + 1), in place; absolute error below 2e-16, and the same bits on every instruction set.
void take_tanh(MatrixXd& x) {
  x *= 2;
  formula::block_exp(x.data(), x.data(), static_cast<std::size_t>(x.size()));
  x.array() = 1 - 2 / (x.array() + 1);
}

}  // namespace

/// The parameters, or anything of their shape, as matrices.
struct TwoLayerNetwork::Layers {
  template <class Number>
  using MatrixOf = Eigen::Map<std::conditional_t<std::is_const_v<Number>, const MatrixXd, MatrixXd>>;
  template <class Number>
  using VectorOf = Eigen::Map<std::conditional_t<std::is_const_v<Number>, const VectorXd, VectorXd>>;
  template <class Number>
  struct Of {
    MatrixOf<Number> W1;
    VectorOf<Number> b1;
    MatrixOf<Number> W2;
    VectorOf<Number> b2;
  };
  template <class Number>
  static Of<Number> of(const TwoLayerNetwork& net, Number* theta) {
    const Index F = net.features(), h = net.hidden(), C = net.classes();
    Number *b1 = theta + h * F, *W2 = b1 + h;
    return {{theta, h, F}, {b1, h}, {W2, C, h}, {W2 + C * h, C}};
  }
};

/// A batch on its way through the network. One for each thread, so that its memory is taken once.
struct TwoLayerNetwork::Pass {
  MatrixXd X, A, Z;           ///< inputs, hidden activities, then exp(z - max z), then p
  Eigen::RowVectorXd loss;    ///< l of each row
  MatrixXd D2, W2D2, D1;      ///< of the backward pass
  MatrixXd RA, RZ, RD2, RD1;  ///< along a direction
  Eigen::Matrix<bool, 1, Eigen::Dynamic> is_right;

  static Pass& of_this_thread() {
    thread_local Pass pass;
    return pass;
  }
};

TwoLayerNetwork::TwoLayerNetwork(LabelledRows data, std::size_t hidden, double decay)
    : data_(std::move(data)), hidden_(static_cast<Index>(hidden)), decay_(decay) {}

Index TwoLayerNetwork::parameters() const { return hidden_ * (features() + 1) + classes() * (hidden_ + 1); }

void TwoLayerNetwork::run_forward(const VectorXd& theta, const LabelledRows& data, Rows rows, Pass& p) const {
  const auto net = Layers::of(*this, theta.data());
  const auto b = static_cast<Index>(rows.size());
  p.X.resize(features(), b);
  for (Index j = 0; j < b; ++j) p.X.col(j) = data.features.col(rows[static_cast<std::size_t>(j)]);
  p.A.noalias() = net.W1 * p.X;
  p.A.colwise() += net.b1;
  take_tanh(p.A);
  p.Z.noalias() = net.W2 * p.A;
  p.Z.colwise() += net.b2;
  p.loss.resize(b);
  p.is_right.resize(b);
  // -ln p_y = ln(sum exp(z - max z)) - (z_y - max z)
  for (Index j = 0; j < b; ++j) {
    auto z = p.Z.col(j);
    const auto y = static_cast<Index>(data.labels[rows[static_cast<std::size_t>(j)]]);
    Index most = 0;
    z.array() -= z.maxCoeff(&most);
    p.is_right[j] = most == y;
    p.loss[j] = -z[y];
  }
  formula::block_exp(p.Z.data(), p.Z.data(), static_cast<std::size_t>(p.Z.size()));
  Eigen::RowVectorXd sums = p.Z.colwise().sum();
  p.Z.array().rowwise() /= sums.array();
  formula::block_log(sums.data(), sums.data(), static_cast<std::size_t>(b));
  p.loss += sums;
}

double TwoLayerNetwork::value(const VectorXd& theta, Rows rows) const {
  Pass& p = Pass::of_this_thread();
  run_forward(theta, data_, rows, p);
  return p.loss.mean() + regulariser(theta);
}

double TwoLayerNetwork::gradient(const VectorXd& theta, Rows rows, VectorXd& g) const {
  Pass& p = Pass::of_this_thread();
  run_forward(theta, data_, rows, p);
  const auto net = Layers::of(*this, theta.data());
  p.D2 = p.Z;
  for (std::size_t j = 0; j < rows.size(); ++j) p.D2(data_.labels[rows[j]], static_cast<Index>(j)) -= 1;
  p.D2 /= static_cast<double>(rows.size());
  p.D1.noalias() = net.W2.transpose() * p.D2;
  p.D1.array() *= 1 - p.A.array().square();
  g = decay_ * theta;
  auto grad = Layers::of(*this, g.data());
  grad.W1.noalias() += p.D1 * p.X.transpose();
  grad.b1 += p.D1.rowwise().sum();
  grad.W2.noalias() += p.D2 * p.A.transpose();
  grad.b2 += p.D2.rowwise().sum();
  return p.loss.mean() + regulariser(theta);
}

void TwoLayerNetwork::hessian_product(const VectorXd& theta, const VectorXd& v, Rows rows,
                                      VectorXd& out) const {
  Pass& p = Pass::of_this_thread();
  run_forward(theta, data_, rows, p);
  const auto net = Layers::of(*this, theta.data());
  const auto dir = Layers::of(*this, v.data());
  const double b = static_cast<double>(rows.size());
  p.D2 = p.Z;
  for (std::size_t j = 0; j < rows.size(); ++j) p.D2(data_.labels[rows[j]], static_cast<Index>(j)) -= 1;
  p.D2 /= b;
  p.W2D2.noalias() = net.W2.transpose() * p.D2;
  const auto slope = 1 - p.A.array().square();  // of tanh

  p.RA.noalias() = dir.W1 * p.X;
  p.RA.colwise() += dir.b1;
  p.RA.array() *= slope;
  p.RZ.noalias() = dir.W2 * p.A;
  p.RZ.noalias() += net.W2 * p.RA;
  p.RZ.colwise() += dir.b2;
  const Eigen::RowVectorXd mean = (p.Z.array() * p.RZ.array()).colwise().sum();
  p.RD2 = (p.Z.array() * (p.RZ.rowwise() - mean).array() / b).matrix();
  p.RD1.noalias() = net.W2.transpose() * p.RD2;
  p.RD1.noalias() += dir.W2.transpose() * p.D2;
  p.RD1 = (p.RD1.array() * slope - 2 * p.A.array() * p.RA.array() * p.W2D2.array()).matrix();

  out = decay_ * v;
  auto product = Layers::of(*this, out.data());
  product.W1.noalias() += p.RD1 * p.X.transpose();
  product.b1 += p.RD1.rowwise().sum();
  product.W2.noalias() += p.RD2 * p.A.transpose();
  product.W2.noalias() += p.D2 * p.RA.transpose();
  product.b2 += p.RD2.rowwise().sum();
}

double TwoLayerNetwork::slopes(const VectorXd& theta, const MatrixXd& directions, Rows rows,
                               MatrixXd& slopes) const {
  Pass& p = Pass::of_this_thread();
  run_forward(theta, data_, rows, p);
  const auto net = Layers::of(*this, theta.data());
  p.D2 = p.Z;
  for (std::size_t j = 0; j < rows.size(); ++j) p.D2(data_.labels[rows[j]], static_cast<Index>(j)) -= 1;
  slopes.resize(directions.cols(), static_cast<Index>(rows.size()));
  for (Index k = 0; k < directions.cols(); ++k) {
    const auto dir = Layers::of(*this, directions.col(k).data());
    p.RA.noalias() = dir.W1 * p.X;
    p.RA.colwise() += dir.b1;
    p.RA.array() *= 1 - p.A.array().square();
    p.RZ.noalias() = dir.W2 * p.A;
    p.RZ.noalias() += net.W2 * p.RA;
    p.RZ.colwise() += dir.b2;
    slopes.row(k) = (p.D2.array() * p.RZ.array()).colwise().sum();
  }
  return p.loss.mean();
}

double TwoLayerNetwork::regulariser(const VectorXd& theta) const {
  return 0.5 * decay_ * theta.squaredNorm();
}

VectorXd TwoLayerNetwork::regulariser_gradient(const VectorXd& theta) const { return decay_ * theta; }

TwoLayerNetwork::Performance TwoLayerNetwork::performance(const VectorXd& theta,
                                                          const LabelledRows& data) const {
  constexpr std::size_t piece = 128;
  Pass& p = Pass::of_this_thread();
  Performance total;
  for (std::size_t begin = 0; begin < data.rows(); begin += piece) {
    std::vector<std::uint32_t> rows;
    for (std::size_t r = begin; r < std::min(begin + piece, data.rows()); ++r)
      rows.push_back(static_cast<std::uint32_t>(r));
    run_forward(theta, data, rows, p);
    total.cross_entropy += p.loss.sum();
    total.accuracy += static_cast<double>(p.is_right.count());
  }
  const auto n = static_cast<double>(data.rows());
  return {total.cross_entropy / n, total.accuracy / n};
}

}  // namespace fpk::model
