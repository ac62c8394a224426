// Problems on which orders are measured, with expectations by methods that know no scheme. No symmetry in drift, noise, observable
// or start.
#pragma once

#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

#include "law/initial_nodes.hpp"
#include "model/affine.hpp"
#include "tests/operator/order_processes.hpp"
#include "tests/sde/torus_operator.hpp"

namespace fpk::orders {

inline constexpr double two_pi = 2 * std::numbers::pi;

/// Where a scheme is to be right, and what to see of it. No symmetry in drift, noise, observable or start.
struct Problem {
  std::string name;
  model::Process process;
  model::Domain domain;
  std::string observable;
  std::vector<double> start;
  double end;
  std::vector<std::int64_t> steps;
  /// E f(X_end), by a method that knows no scheme.
  double exact = 0;
  /// Mean of f in the stationary law, where the problem is for the invariant order.
  std::optional<double> stationary = std::nullopt;
};

/// A ring 0 <= x < 2 pi, or a product of two.
inline model::Domain ring(const std::vector<std::string>& variables) {
  return sde::problems::box(variables, 0, two_pi, model::Boundary::periodic);
}

inline double value(const std::string& f, const std::vector<std::string>& variables,
                    const std::vector<double>& x) {
  return formula::Program(formula::parse(f, {variables, {}, {}}), variables)(x).front();
}

/// exp(T A) f at the start, a point of the grid: A the generator on trigonometric polynomials, the exponential by Taylor's series
/// of degree 8 in steps that keep |A| dt below 3, where it is stable on the negative axis.
inline double by_fourier(const Problem& p, int points) {
  const sde::torus::Torus grid(p.process.dimension(), points);
  Eigen::VectorXd u =
      sde::torus::on_grid(grid, [&](const auto& x) { return value(p.observable, p.process.variables, x); });
  const Eigen::MatrixXd A = sde::torus::generator(p.process, grid, 0);
  const double fastest =  // a_ii <= 0.3, harmonics up to (n - 1) / 2, |b| <= 1
      0.3 * static_cast<double>(p.process.dimension()) * 0.25 * points * points + points;
  const int steps = static_cast<int>(std::ceil(p.end * fastest / 3));
  for (int n = 0; n < steps; ++n) {
    Eigen::VectorXd term = u;
    for (int k = 1; k <= 8; ++k) {
      term = (A * term * (p.end / steps / k)).eval();
      u += term;
    }
  }
  Eigen::Index at = 0;
  for (std::size_t a = p.start.size(); a-- > 0;)
    at = at * points + static_cast<Eigen::Index>(std::lround(p.start[a] / two_pi * points));
  return u[at];
}

/// Of the Gaussian law of an affine process from a point.
inline double by_gaussian(const Problem& p, double t) {
  const auto d = static_cast<Eigen::Index>(p.start.size());
  const Eigen::VectorXd mean = Eigen::VectorXd::Map(p.start.data(), d);
  const auto law = model::gaussian_at(*model::affine(p.process), p.process.variables, mean,
                                      1e-30 * Eigen::MatrixXd::Identity(d, d), t);
  double sum = 0;
  for (const auto& [x, weight] : law::initial_nodes(law))
    sum += weight * value(p.observable, p.process.variables, {x.begin(), x.begin() + d});
  return sum;
}

/// Mean of f in exp(-L/D) on the ring: trapezoidal sums, exact to round-off for smooth periodic functions.
inline double by_gibbs(const Problem& p) {
  constexpr int n = 96;
  const std::size_t d = p.process.dimension();
  const std::vector<formula::Formula> both{formula::parse(p.observable, {p.process.variables, {}, {}}),
                                           *p.process.log_stationary()};
  const formula::Program program(both, p.process.variables);
  double mean = 0, mass = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < (d == 2 ? n : 1); ++j) {
      std::vector<double> x{two_pi * i / n};
      if (d == 2) x.push_back(two_pi * j / n);
      const auto v = program(x);
      mean += v[0] * std::exp(v[1]);
      mass += std::exp(v[1]);
    }
  return mean / mass;
}

inline const std::string on_a_line = "sin(x) + 0.5*cos(x - 0.3)";
inline const std::string on_a_plane = "sin(x)*(1 + 0.5*cos(y)) + 0.4*sin(y - 0.3 - x)";

inline const std::vector<Problem>& problems() {
  static const std::vector<Problem> all = [] {
    const auto at = [](int k, int n) { return two_pi * k / n; };
    std::vector<Problem> found{
        {"multiplicative noise", one_source(), ring({"x"}), on_a_line, {at(7, 45)}, 1, {64, 128, 256}},
        {"a potential", on_a_potential(), ring({"x"}), on_a_line, {at(7, 45)}, 1, {16, 32, 64}},
        {"sources that do not commute",
         sources_that_do_not_commute(),
         ring({"x", "y"}),
         on_a_plane,
         {at(5, 27), at(18, 27)},
         0.6,
         {4, 8, 16}},
        {"diagonal noise",
         diagonal_noise(),
         ring({"x", "y"}),
         on_a_plane,
         {at(5, 27), at(18, 27)},
         0.6,
         {4, 8, 16}},
        {"a potential in the plane",
         gradient({"x", "y"}, "0.5*cos(x) + 0.3*sin(y - x)", 0.3),
         ring({"x", "y"}),
         on_a_plane,
         {at(5, 27), at(18, 27)},
         0.6,
         {4, 8, 16}},
    };
    for (auto& p : found) p.exact = by_fourier(p, p.process.dimension() == 1 ? 45 : 27);
    for (auto& p : found)
      if (p.process.log_stationary()) p.stationary = by_gibbs(p);
    Problem linear{"a linear drift",
                   process({"x"}, {"0.3 - 1.2*x"}, {{"0.7"}}),
                   sde::problems::box({"x"}, -15, 15),
                   "sin(x) + 0.3*x^2",
                   {0.9},
                   1,
                   {8, 16, 32}};
    Problem kinetic{"an oscillator with friction",
                    process({"q", "v"}, {"v", "0.4 - q - 0.8*v"}, {{"0"}, {"0.7"}}),
                    sde::problems::box({"q", "v"}, -100, 100),
                    "q^2*v + sin(q) + 0.5*v^2 - 0.3*q*v",
                    {0.8, -0.5},
                    1,
                    {8, 16, 32}};
    for (auto* p : {&linear, &kinetic}) {
      p->exact = by_gaussian(*p, p->end);
      p->stationary = by_gaussian(*p, 80);  // e^(-32) from its limit
      found.push_back(*p);
    }
    return found;
  }();
  return all;
}

}  // namespace fpk::orders
