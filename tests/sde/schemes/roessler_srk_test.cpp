#include "sde/schemes/roessler_srk.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>

#include "tests/sde/two_sources.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using Eigen::Array3d;
using Eigen::Matrix3d;
using Eigen::Vector3d;
using problems::process;
using two_sources::column;
using two_sources::drift;
using two_sources::Point;

Matrix3d matrix(const RoesslerTableau::Matrix& rows) {
  Matrix3d M;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) M(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  return M;
}
Vector3d vector(const RoesslerTableau::Column& c) { return {c[0], c[1], c[2]}; }

struct Condition {
  const char* name;
  double value, wanted;
};

/// Rößler 2009, SIAM J. Numer. Anal. 47: 9 conditions of order 1, 50 more of order 2. `*` of arrays is by components.
std::vector<Condition> order_conditions(const RoesslerTableau& T) {
  const Matrix3d A0 = matrix(T.A0), A1 = matrix(T.A1), A2 = matrix(T.A2), B0 = matrix(T.B0),
                 B1 = matrix(T.B1), B2 = matrix(T.B2);
  const Vector3d al = vector(T.alpha), b1 = vector(T.beta1), b2 = vector(T.beta2), b3 = vector(T.beta3),
                 b4 = vector(T.beta4), e = Vector3d::Ones();
  const auto dot = [](const Vector3d& weights, const Array3d& of) { return (weights.array() * of).sum(); };
  const auto times = [](const Matrix3d& M, const Array3d& of) -> Array3d {
    return (M * of.matrix()).array();
  };
  const Array3d one = e.array(), a0 = times(A0, one), a1 = times(A1, one), a2 = times(A2, one),
                q0 = times(B0, one), q1 = times(B1, one), q2 = times(B2, one), q11 = times(B1, q1),
                q21 = times(B2, q1), q01 = times(B0, q1);
  const double beta1 = dot(b1, one);
  return {
      {"1", dot(al, one), 1},
      {"2", dot(b4, one), 0},
      {"3", dot(b3, one), 0},
      {"4", beta1 * beta1, 1},
      {"5", dot(b2, one), 0},
      {"6", dot(b1, q1), 0},
      {"7", dot(b4, a2), 0},
      {"8", dot(b3, q2), 0},
      {"9", dot(b4, q2.square()), 0},
      {"10", dot(al, a0), 0.5},
      {"11", dot(al, q0.square()), 0.5},
      {"12", beta1 * dot(al, q0), 0.5},
      {"13", beta1 * dot(b1, a1), 0.5},
      {"14", dot(b3, a2), 0},
      {"15", dot(b2, q1), 1},
      {"16", dot(b4, q2), 1},
      {"17", beta1 * dot(b1, q1.square()), 0.5},
      {"18", beta1 * dot(b3, q2.square()), 0.5},
      {"19", dot(b1, q11), 0},
      {"20", dot(b3, q21), 0},
      {"21", dot(b3, times(B2, q11)), 0},
      {"22", dot(b1, times(A1, q0)), 0},
      {"23", dot(b3, times(A2, q0)), 0},
      {"24", dot(b4, a2.square()), 0},
      {"25", dot(b4, times(A2, a0)), 0},
      {"26", dot(al, q01), 0},
      {"27", dot(b2, a1), 0},
      {"28", dot(b1, a1 * q1), 0},
      {"29", dot(b3, a2 * q2), 0},
      {"30", dot(b4, times(A2, q0)), 0},
      {"31", dot(b2, times(A1, q0)), 0},
      {"32", dot(b4, q2.square() * a2), 0},
      {"33", dot(b4, times(A2, q0.square())), 0},
      {"34", dot(b2, times(A1, q0.square())), 0},
      {"35", dot(b1, times(B1, a1)), 0},
      {"36", dot(b3, times(B2, a1)), 0},
      {"37", dot(b2, q1.square()), 0},
      {"38", dot(b4, q21), 0},
      {"39", dot(b2, q11), 0},
      {"40", dot(b1, q1.cube()), 0},
      {"41", dot(b3, q2.cube()), 0},
      {"42", dot(b1, times(B1, q1.square())), 0},
      {"43", dot(b3, times(B2, q1.square())), 0},
      {"44", dot(b4, q2.square().square()), 0},
      {"45", dot(b4, q21.square()), 0},
      {"46", dot(b4, q2 * q21), 0},
      {"47", dot(al, q0 * q01), 0},
      {"48", dot(b1, times(A1, q0) * q1), 0},
      {"49", dot(b3, times(A2, q0) * q2), 0},
      {"50", dot(b1, times(A1, q01)), 0},
      {"51", dot(b3, times(A2, q01)), 0},
      {"52", dot(b4, times(B2, a1) * q2), 0},
      {"53", dot(b1, times(B1, times(A1, q0))), 0},
      {"54", dot(b3, times(B2, times(A1, q0))), 0},
      {"55", dot(b1, q1 * q11), 0},
      {"56", dot(b3, q2 * q21), 0},
      {"57", dot(b1, times(B1, q11)), 0},
      {"58", dot(b4, q2 * times(B2, q1.square())), 0},
      {"59", dot(b4, q2 * times(B2, q11)), 0},
  };
}

TEST(RoesslerSrk, MeetsAllConditionsOfWeakOrder2) {
  const auto conditions = order_conditions(dri1());
  EXPECT_EQ(conditions.size(), 59U);
  for (const auto& [name, value, wanted] : conditions)
    EXPECT_NEAR(value, wanted, 1e-14) << "condition " << name;  // sums of a few products of size 3
}

TEST(RoesslerSrk, HasADriftOfOrder3WithoutNoise) {
  const Matrix3d A0 = matrix(dri1().A0);
  const Vector3d alpha = vector(dri1().alpha), c = A0 * Vector3d::Ones();
  EXPECT_NEAR(alpha.dot(c.array().square().matrix()), 1.0 / 3, 1e-15);
  EXPECT_NEAR(alpha.dot(A0 * c), 1.0 / 6, 1e-15);
}

/// The equations of sde/schemes/roessler_srk.hpp in plain numbers, for two sources.
Point roessler(const RoesslerTableau& T, const Point& x, double t, double h, const std::array<double, 2>& dW,
               double sign) {
  const double root = std::sqrt(h);
  const auto time = [&](const RoesslerTableau::Column& row) { return t + (row[0] + row[1] + row[2]) * h; };
  double I[2][2];
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t l = 0; l < 2; ++l)
      I[k][l] = 0.5 * (dW[k] * dW[l] - (k == l ? h : k < l ? sign * h : -sign * h));
  std::array<Point, 3> a{};
  std::array<std::array<Point, 3>, 2> b{};
  const auto add = [](Point& to, const Point& from, double factor) {
    for (std::size_t n = 0; n < 2; ++n) to[n] += factor * from[n];
  };
  for (std::size_t i = 0; i < 3; ++i) {
    Point H = x;
    for (std::size_t j = 0; j < i; ++j) {
      add(H, a[j], T.A0[i][j] * h);
      for (std::size_t l = 0; l < 2; ++l) add(H, b[l][j], T.B0[i][j] * dW[l]);
    }
    std::array<Point, 2> Hk{x, x};
    for (std::size_t k = 0; k < 2; ++k)
      for (std::size_t j = 0; j < i; ++j) {
        add(Hk[k], a[j], T.A1[i][j] * h);
        add(Hk[k], b[k][j], T.B1[i][j] * root);
      }
    a[i] = drift(H, time(T.A0[i]));
    for (std::size_t k = 0; k < 2; ++k) b[k][i] = column(k, Hk[k], time(T.A1[i]));
  }
  Point after = x;
  for (std::size_t i = 0; i < 3; ++i) {
    add(after, a[i], T.alpha[i] * h);
    for (std::size_t k = 0; k < 2; ++k) {
      add(after, b[k][i], T.beta1[i] * dW[k] + T.beta2[i] * I[k][k] / root);
      Point G = x;
      for (std::size_t j = 0; j < 3; ++j) {
        add(G, a[j], T.A2[i][j] * h);
        add(G, b[1 - k][j], T.B2[i][j] * I[k][1 - k] / root);
      }
      add(after, column(k, G, time(T.A2[i])), T.beta3[i] * dW[k] + T.beta4[i] * root);
    }
  }
  return after;
}

TEST(RoesslerSrk, TakesTheStepOfItsFormula) {
  const auto formula = [](const Point& x, double t, double dt, const Point& dW, double sign) {
    return roessler(dri1(), x, t, dt, dW, sign);
  };
  two_sources::expect_steps("roessler-srk", formula, 5e-14);  // some twenty terms of size 2 to 5
}

TEST(RoesslerSrk, WantsASignLessThanItHasSources) {
  EXPECT_EQ(roessler_srk(process({"x"}, {"x"}, {{}})).draws.signs, 0U);
  EXPECT_EQ(roessler_srk(process({"x"}, {"x"}, {{"1"}})).draws.signs, 0U);
  EXPECT_EQ(roessler_srk(process({"x"}, {"x"}, {{"1", "x", "2"}})).draws.signs, 2U);
}

}  // namespace
