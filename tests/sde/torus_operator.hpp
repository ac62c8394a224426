// The one-step operator of a scheme without sampling noise, (P u)(x) = E u(Psi(x, xi)), for processes with coefficients of
// period 2 pi in every variable: u is a trigonometric polynomial through n^d points, the expectation a sum over quadrature nodes
// of the increments, signs and the decision. Beside it the exact answer exp(t A) f, A the generator on the same functions.
//
// Functions of period 2 pi need no wall and no cut, and their interpolation error is below 1e-10 with a few points an axis.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <unsupported/Eigen/MatrixFunctions>
#include <vector>

#include "formula/program.hpp"
#include "tests/sde/one_step.hpp"

namespace fpk::sde::torus {

using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Node {
  double value, weight;
};

/// Nodes of a standard normal number: n of Gauss and Hermite (Golub, Welsch 1969), or the two or three points.
inline std::vector<Node> nodes(NoiseKind kind, int n) {
  if (kind == NoiseKind::two_point) return {{-1, 0.5}, {1, 0.5}};
  if (kind == NoiseKind::three_point)
    return {{-std::sqrt(3.0), 1.0 / 6}, {0, 2.0 / 3}, {std::sqrt(3.0), 1.0 / 6}};
  MatrixXd J = MatrixXd::Zero(n, n);
  for (int k = 1; k < n; ++k) J(k, k - 1) = J(k - 1, k) = std::sqrt(static_cast<double>(k));
  const Eigen::SelfAdjointEigenSolver<MatrixXd> of(J);
  std::vector<Node> all;
  for (int k = 0; k < n; ++k) all.push_back({of.eigenvalues()[k], std::pow(of.eigenvectors()(0, k), 2)});
  return all;
}

/// A grid of n^d points, n odd, and the functions through it.
class Torus {
 public:
  Torus(std::size_t d, int n) : d_(d), n_(n) {}
  [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(std::pow(n_, d_) + 0.5); }
  [[nodiscard]] double coordinate(Eigen::Index point, std::size_t a) const {
    for (std::size_t k = 0; k < a; ++k) point /= n_;
    return 2 * std::numbers::pi * static_cast<double>(point % n_) / n_;
  }
  [[nodiscard]] std::vector<double> point(Eigen::Index p) const {
    std::vector<double> x;
    for (std::size_t a = 0; a < d_; ++a) x.push_back(coordinate(p, a));
    return x;
  }
  /// Weights of the grid's values in the value at x: a product of Dirichlet kernels.
  [[nodiscard]] VectorXd weights(const std::vector<double>& x) const {
    VectorXd w = VectorXd::Ones(1);
    for (std::size_t a = 0; a < d_; ++a) {
      VectorXd next(w.size() * n_);
      for (int k = 0; k < n_; ++k)
        next.segment(k * w.size(), w.size()) = w * kernel(x[a] - 2 * std::numbers::pi * k / n_);
      w = next;
    }
    return w;
  }
  /// Derivative along axis a (order 1 or 2), on the grid's values.
  [[nodiscard]] MatrixXd derivative(std::size_t a, int order) const {
    MatrixXd D = MatrixXd::Zero(size(), size());
    Eigen::Index stride = 1;
    for (std::size_t k = 0; k < a; ++k) stride *= n_;
    for (Eigen::Index p = 0; p < size(); ++p)
      for (int k = 0; k < n_; ++k) {
        const int here = static_cast<int>(p / stride % n_);
        D(p, p + (k - here) * stride) = slope(2 * std::numbers::pi * (here - k) / n_, order);
      }
    return D;
  }

 private:
  /// (1 + 2 sum_j cos(j x)) / n, j up to (n-1)/2, and its derivatives.
  [[nodiscard]] double kernel(double x) const { return slope(x, 0); }
  [[nodiscard]] double slope(double x, int order) const {
    double sum = order == 0 ? 1 : 0;
    for (int j = 1; j <= (n_ - 1) / 2; ++j)
      sum += 2 * (order == 0   ? std::cos(j * x)
                  : order == 1 ? -j * std::sin(j * x)
                               : -j * j * std::cos(j * x));
    return sum / n_;
  }
  std::size_t d_;
  int n_;
};

/// All combinations of the numbers of a step but for the decision, each with its probability.
struct Choice {
  one_step::Numbers numbers;
  double probability;
};

inline std::vector<Choice> choices(const DrawCounts& counts, const std::vector<Node>& of_increment,
                                   double dt) {
  std::vector<Choice> all{{{{}, {}, std::vector<double>(counts.uniforms, 0.5)}, 1}};
  const auto multiply = [&all](const std::vector<Node>& nodes, auto member) {
    std::vector<Choice> more;
    for (const auto& choice : all)
      for (const auto& [value, weight] : nodes) {
        more.push_back(choice);
        (more.back().numbers.*member).push_back(value);
        more.back().probability *= weight;
      }
    all = more;
  };
  auto scaled = of_increment;
  for (auto& node : scaled) node.value *= std::sqrt(dt);
  for (std::size_t k = 0; k < counts.increments; ++k) multiply(scaled, &one_step::Numbers::dW);
  for (std::size_t k = 0; k < counts.signs; ++k) multiply({{-1, 0.5}, {1, 0.5}}, &one_step::Numbers::signs);
  return all;
}

/// Every point with every choice, block by block: body(point, probability, stepper, lane) once the lanes are set and moved.
template <class Move, class Use>
void for_each_choice(const Scheme& scheme, const Torus& torus, std::size_t d, const std::vector<Choice>& all,
                     Move move, Use use) {
  one_step::Stepper stepper(scheme, d);
  struct Lane {
    Eigen::Index point;
    double probability;
  };
  std::vector<Lane> lanes;
  const auto run = [&] {
    if (lanes.empty()) return;
    move(stepper);
    for (std::size_t i = 0; i < lanes.size(); ++i)
      use(lanes[i].point, lanes[i].probability, stepper.at(i), i);
    lanes.clear();
  };
  // Every lane holds a point from the first: one that nobody looks at must be harmless.
  for (std::size_t i = 0; i < formula::block_width; ++i) stepper.set(i, torus.point(0), all.front().numbers);
  for (Eigen::Index p = 0; p < torus.size(); ++p)
    for (const auto& [numbers, probability] : all) {
      stepper.set(lanes.size(), torus.point(p), numbers);
      lanes.push_back({p, probability});
      if (lanes.size() == formula::block_width) run();
    }
  run();
}

/// P of a step from time t.
inline MatrixXd one_step_operator(const Scheme& scheme, const Torus& torus, std::size_t d,
                                  const std::vector<Node>& nodes, double t, double dt) {
  MatrixXd P = MatrixXd::Zero(torus.size(), torus.size());
  const auto all = choices(scheme.draws(), nodes, dt);
  if (!scheme.has_decision()) {
    for_each_choice(
        scheme, torus, d, all, [&](auto& stepper) { stepper.step(t, dt); },
        [&](Eigen::Index p, double probability, const std::vector<double>& y, std::size_t) {
          P.row(p) += probability * torus.weights(y).transpose();
        });
    return P;
  }
  std::array<double, formula::block_width> acceptance{};
  for_each_choice(
      scheme, torus, d, all, [&](auto& stepper) { stepper.propose(t, dt, acceptance.data()); },
      [&](Eigen::Index p, double probability, const std::vector<double>& y, std::size_t lane) {
        P.row(p) += probability * acceptance[lane] * torus.weights(y).transpose();
        P(p, p) += probability * (1 - acceptance[lane]);
      });
  return P;
}

/// The operator of a scheme's postprocessor on increments of variance dt; the identity where there is none.
inline MatrixXd observation_operator(const Scheme& scheme, const Torus& torus, std::size_t d,
                                     const std::vector<Node>& nodes, double dt) {
  if (!scheme.has_postprocessor()) return MatrixXd::Identity(torus.size(), torus.size());
  MatrixXd P = MatrixXd::Zero(torus.size(), torus.size());
  for_each_choice(
      scheme, torus, d, choices(scheme.draws(), nodes, dt), [&](auto& stepper) { stepper.observe(0, dt); },
      [&](Eigen::Index p, double probability, const std::vector<double>& y, std::size_t) {
        P.row(p) += probability * torus.weights(y).transpose();
      });
  return P;
}

/// The generator  sum_i b_i d_i + sum_ij a_ij d_i d_j  at time t, on the grid's values.
inline MatrixXd generator(const model::Process& process, const Torus& torus, double t) {
  const std::size_t d = process.dimension();
  std::vector<MatrixXd> D;
  for (std::size_t a = 0; a < d; ++a) D.push_back(torus.derivative(a, 1));
  const auto on_grid = [&](const formula::Formula& f) {
    const formula::Program program(f, process.inputs());
    VectorXd values(torus.size());
    for (Eigen::Index p = 0; p < torus.size(); ++p) {
      auto point = torus.point(p);
      point.push_back(t);
      values[p] = program(point).front();
    }
    return values;
  };
  const auto a = process.diffusion();
  MatrixXd A = MatrixXd::Zero(torus.size(), torus.size());
  for (std::size_t i = 0; i < d; ++i) {
    A += on_grid(process.drift[i]).asDiagonal() * D[i];
    for (std::size_t j = 0; j < d; ++j)
      A += on_grid(a[i][j]).asDiagonal() * (i == j ? torus.derivative(i, 2) : MatrixXd(D[i] * D[j]));
  }
  return A;
}

/// exp(T A) f where nothing depends on time; otherwise by the implicit trapezoidal rule, extrapolated twice (error T dt^6).
inline VectorXd exact_expectation(const model::Process& process, const Torus& torus, double T,
                                  const VectorXd& f) {
  if (!process.depends_on_time()) return (T * generator(process, torus, 0)).exp() * f;
  const auto by_steps = [&](int n) {
    VectorXd u = f;
    const MatrixXd I = MatrixXd::Identity(torus.size(), torus.size());
    for (int k = n; k-- > 0;) {
      const MatrixXd A = generator(process, torus, T * (k + 0.5) / n) * (T / n / 2);  // midpoints: even in dt
      u = (I - A).lu().solve(u + A * u);
    }
    return u;
  };
  const VectorXd one = by_steps(32), two = by_steps(64), four = by_steps(128);
  const VectorXd first = two + (two - one) / 3, second = four + (four - two) / 3;
  return second + (second - first) / 15;
}

/// Values of a function on the grid.
inline VectorXd on_grid(const Torus& torus, const std::function<double(const std::vector<double>&)>& f) {
  VectorXd values(torus.size());
  for (Eigen::Index p = 0; p < torus.size(); ++p) values[p] = f(torus.point(p));
  return values;
}

/// The invariant law of P: masses of the grid's points, a left eigenvector to the eigenvalue 1, by many steps from uniform.
inline VectorXd invariant_law(const MatrixXd& P) {
  MatrixXd power = P;
  for (int k = 0; k < 14; ++k) {
    power = (power * power).eval();
    power.array().colwise() /=
        power.rowwise().sum().array();  // rows sum to one but for round-off, which squaring would grow
  }
  return power.row(0).transpose();
}

}  // namespace fpk::sde::torus
