// Mixed noise that varies from place to place, against densities known in closed form: X = phi(Y) of an
// Ornstein-Uhlenbeck process Y with correlated noise S dW, dY = K Y dt + S dW.
//
//     X_1 = Y_1,   X_2 = Y_2 + c Y_1^2,   X_3 = Y_3 + e Y_1 Y_2          det(d phi / dy) = 1: p_X(x) = p_Y(phi^{-1}(x))
//
// By Ito's formula, with Q = S S^T and the row S_i of S,
//
//     dX_2 = dY_2 + 2 c Y_1 dY_1 + c Q_11 dt,   dX_3 = dY_3 + e (Y_1 dY_2 + Y_2 dY_1) + e Q_12 dt
//
// so a = sigma sigma^T / 2 is a polynomial with entries off its diagonal that change their sign, and the spurious drift of
// anything but Ito's reading would show as an error that no grid removes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "law/quadrature.hpp"
#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using formula::Formula;

struct Curved {
  Eigen::MatrixXd K, S;  ///< of Y, in two or three dimensions
  double c, e;

  [[nodiscard]] std::vector<std::string> variables() const {
    return K.rows() == 2 ? std::vector<std::string>{"x", "y"} : std::vector<std::string>{"x", "y", "z"};
  }
  /// Y as formulas in X.
  [[nodiscard]] std::vector<Formula> y() const {
    const auto at = [&](const char* text) {
      return formula::parse(text, {variables(), {{"c", c}, {"e", e}}, {}});
    };
    std::vector<Formula> found = {at("x"), at("y - c*x^2")};
    if (K.rows() == 3) found.push_back(at("z - e*x*(y - c*x^2)"));
    return found;
  }

  [[nodiscard]] model::Process process() const {
    const auto Y = y();
    const Eigen::Index d = K.rows();
    const Eigen::MatrixXd Q = S * S.transpose();
    std::vector<Formula> f;  // drift of Y
    for (Eigen::Index i = 0; i < d; ++i) {
      f.emplace_back(0.0);
      for (Eigen::Index j = 0; j < d; ++j)
        f.back() = f.back() + Formula(K(i, j)) * Y[static_cast<std::size_t>(j)];
    }
    model::Process p;
    p.variables = variables();
    const Formula bend = Formula(2 * c) * Y[0], ce(e);
    p.drift = {f[0], f[1] + bend * f[0] + Formula(c * Q(0, 0))};
    if (d == 3) p.drift.push_back(f[2] + ce * (Y[0] * f[1] + Y[1] * f[0]) + Formula(e * Q(0, 1)));
    p.noise.resize(static_cast<std::size_t>(d));
    for (Eigen::Index k = 0; k < S.cols(); ++k) {
      p.noise[0].emplace_back(S(0, k));
      p.noise[1].push_back(Formula(S(1, k)) + bend * Formula(S(0, k)));
      if (d == 3)
        p.noise[2].push_back(Formula(S(2, k)) + ce * (Y[0] * Formula(S(1, k)) + Y[1] * Formula(S(0, k))));
    }
    return p;
  }

  /// Cell masses of phi(Y_t), Y_0 ~ N(mean, sd^2); the mass beyond the box must be nothing.
  [[nodiscard]] std::vector<double> masses(const law::GridPart& part, const law::Gaussian& start,
                                           double t) const {
    const std::vector<std::string> u = {"u1", "u2", "u3"};
    const std::vector<std::string> names(u.begin(), u.begin() + K.rows());
    const model::Affine affine{K, Eigen::VectorXd::Zero(K.rows()), S * S.transpose()};
    Formula log_density =
        model::gaussian_at(affine, names, start.mean(), start.covariance(), t).log_density();
    const auto Y = y();
    for (std::size_t i = 0; i < names.size(); ++i) log_density = log_density.substitute(names[i], Y[i]);
    auto m = law::log_cell_averages(part, log_density);
    double sum = 0;
    for (double& x : m) sum += x = std::exp(x);
    for (double& x : m) x /= sum;
    return m;
  }
};

/// L1 errors on grids of `cells` and of twice as many, and the least mass on either.
struct Found {
  double coarse, fine, least;
  bool limited;
};

Found errors(const Curved& curved, const model::Domain& domain, std::vector<std::size_t> cells, double t) {
  const auto process = curved.process();
  std::vector<double> mean = {0.4, -0.3, 0.2}, sd = {0.55, 0.6, 0.5};
  mean.resize(cells.size()), sd.resize(cells.size());
  const auto start = gaussian(process.variables, mean, sd);
  Found found{0, 0, 1, false};
  for (double* l1 : {&found.coarse, &found.fine}) {
    const law::GridPart part(domain.grid(cells));
    found.limited = build_generator(process, domain, part)->is_limited();
    const auto m = evolve("auto", process, domain, part, curved.masses(part, start, 0), t, 1e-6);
    *l1 = l1_distance(part, m, curved.masses(part, start, t));
    found.least = std::min(found.least, *std::min_element(m.begin(), m.end()));
    for (auto& n : cells) n *= 2;
  }
  return found;
}

TEST(MixedNoiseThatVaries, IsSecondOrderAgainstACurvedGaussianInTwoDimensions) {
  const Curved curved{(Eigen::MatrixXd(2, 2) << -1, 0.4, -0.3, -1.2).finished(),
                      (Eigen::MatrixXd(2, 2) << 0.8, 0.2, -0.3, 0.7).finished(), 0.2, 0};
  const model::Domain domain{{{"x", -4.2, 4.4}, {"y", -4, 6}}};
  const auto found = errors(curved, domain, {44, 52}, 0.7);
  RecordProperty("errors", fmt::format("{:.3e} {:.3e} {}", found.coarse, found.fine, found.limited));
  EXPECT_LT(found.fine, 6e-3);
  EXPECT_NEAR(std::log2(found.coarse / found.fine), 2.0, 0.2);
  EXPECT_GE(found.least, 0.0);
}

TEST(MixedNoiseThatVaries, IsSecondOrderAgainstACurvedGaussianInThreeDimensions) {
  const Curved curved{(Eigen::MatrixXd(3, 3) << -1, 0.4, 0, -0.3, -1.2, 0.2, 0.3, 0, -0.8).finished(),
                      (Eigen::MatrixXd(3, 3) << 0.9, 0.2, 0, -0.3, 0.8, 0.2, 0.1, -0.2, 0.9).finished(), 0.12,
                      0.15};
  const model::Domain domain{{{"x", -3.8, 3.9}, {"y", -4, 4.4}, {"z", -4, 4.2}}};
  const auto found = errors(curved, domain, {18, 19, 20}, 0.4);
  RecordProperty("errors", fmt::format("{:.3e} {:.3e} {}", found.coarse, found.fine, found.limited));
  EXPECT_LT(found.fine, 3e-2);
  EXPECT_NEAR(std::log2(found.coarse / found.fine), 2.0, 0.2);
  EXPECT_GE(found.least, 0.0);
}

}  // namespace
}  // namespace fpk::solvers
