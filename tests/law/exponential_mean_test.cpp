// Means of exponentials over boxes, against sums in long double.
#include "law/exponential_mean.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "law/quadrature.hpp"
#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"

namespace fpk::law {
namespace {

const std::vector<std::string> names = {"x", "y", "z"};

/// Boxes of unequal sizes in d dimensions, more than a run of them.
TensorBoxes boxes(std::size_t d) {
  TensorBoxes b;
  for (std::size_t a = 0; a < d; ++a) {
    auto& along = b.of_axis.emplace_back();
    const std::size_t n = d == 1 ? 300 : 19 - 3 * a;
    for (std::size_t i = 0; i < n; ++i)
      along.push_back({-1.3 + (d == 1 ? 0.011 : 0.17) * static_cast<double>(i),
                       0.1 + 0.3 * static_cast<double>(i) / static_cast<double>(n)});
  }
  return b;
}

std::string exponent_text(std::size_t d) {
  return std::vector<std::string>{"x^3 - 2*x", "x^3 - 2*x + x*y^2", "x^3 + x*y^2 - z*x"}[d - 1];
}

long double exponent(const std::array<long double, 3>& x, std::size_t d) {
  if (d == 1) return x[0] * x[0] * x[0] - 2 * x[0];
  if (d == 2) return x[0] * x[0] * x[0] - 2 * x[0] + x[0] * x[1] * x[1];
  return x[0] * x[0] * x[0] + x[0] * x[1] * x[1] - x[2] * x[0];
}

/// ln of sum over the cross section of w (sum along `axis` of w exp(scale e))^power, or over all nodes where
/// `axis` is none of them.
double expected(const TensorBoxes& b, std::size_t box, std::size_t axis, long double scale) {
  const std::size_t d = b.dimension();
  std::array<Interval, 3> side{};
  for (std::size_t a = 0; a < d; ++a) {
    side[a] = b.of_axis[a][box % b.of_axis[a].size()];
    box /= b.of_axis[a].size();
  }
  std::array<long double, 16> lines{};
  long double all = 0;
  for (std::size_t q = 0; q < b.nodes(); ++q) {
    std::array<long double, 3> x{};
    std::size_t rest = q, line = 0, stride = 1;
    long double w = 1, w_axis = 1;
    for (std::size_t a = 0; a < d; ++a, rest /= 4) {
      const std::size_t k = rest % 4;
      x[a] =
          static_cast<long double>(side[a].lower) + static_cast<long double>(side[a].width) * gauss_node[k];
      (a == axis ? w_axis : w) *= gauss_weight[k];
      if (a != axis) line += k * stride, stride *= 4;
    }
    const long double term = expl(scale * exponent(x, d));
    all += w * w_axis * term;
    if (axis < d) lines[line] += w_axis * term;
  }
  if (axis >= d) return static_cast<double>(logl(all));
  long double sum = 0;
  std::size_t count = b.nodes() / 4;
  const auto weights = node_weights(d - 1);
  for (std::size_t l = 0; l < count; ++l) sum += weights[l] / lines[l];
  return static_cast<double>(logl(sum));
}

TEST(ExponentialMean, IsTheSumOverTheNodesInOneToThreeDimensions) {
  std::size_t checked = 0;
  for (std::size_t d = 1; d <= 3; ++d) {
    const std::vector<std::string> variables(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(d));
    const auto b = boxes(d);
    // Exponents of moderate spread, and of one that takes the careful way (above 600 inside a box).
    for (const double scale : {1.0, 300.0}) {
      const formula::Program program(
          formula::parse(exponent_text(d), {variables, {}, {}}) * formula::Formula(scale), variables);
      const auto means = log_means(b, program);
      std::vector<std::vector<double>> resistances;
      for (std::size_t a = 0; a < d; ++a) resistances.push_back(log_resistances(b, program, a));
      for (std::size_t i = 0; i < b.size(); i += 7)
        for (std::size_t a = 0; a <= d; ++a, ++checked) {
          const double exact = expected(b, i, a, scale), found = a == d ? means[i] : resistances[a][i];
          // The exponent rounds relative to its size, and a sum of 64 terms a few times more.
          EXPECT_NEAR(found, exact, 1e-15 * (10 + scale * 60)) << d << ' ' << i << ' ' << a;
        }
    }
  }
  EXPECT_GT(checked, 1000U);
}

TEST(ExponentialMean, HasTheSameBitsForAnyThreadsAndInstructionSet) {
  const auto b = boxes(3);
  const formula::Program program(formula::parse(exponent_text(3), {names, {}, {}}), names);
  const auto best = parallel::instruction_set();
  const auto means = log_means(b, program), resistances = log_resistances(b, program, 1);
  for (const auto set : {parallel::InstructionSet::plain, parallel::InstructionSet::avx2}) {
    parallel::use_instruction_set(set);
    parallel::use_threads(3);
    EXPECT_EQ(log_means(b, program), means);
    EXPECT_EQ(log_resistances(b, program, 1), resistances);
    parallel::use_threads(1);
  }
  parallel::use_instruction_set(best);
}

TEST(ExponentialMean, SeesNodesBeyondARingOnItsOtherSide) {
  TensorBoxes across, home;
  across.of_axis = {{{0.9, 0.4}}};
  across.rings[0] = {1, 2};  // [-1, 1]
  home.of_axis = {{{0.9, 0.4}}};
  const std::vector<std::string> x = {"x"};
  const formula::Program periodic(formula::parse("sin(3.14159265358979312*x)", {x, {}, {}}), x),
      high(formula::parse("x", {x, {}, {}}), x);
  EXPECT_NEAR(log_means(across, periodic)[0], log_means(home, periodic)[0], 1e-15);
  EXPECT_LT(log_means(across, high)[0], log_means(home, high)[0]);
}

}  // namespace
}  // namespace fpk::law
