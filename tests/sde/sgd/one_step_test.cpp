// The mean and the covariance of one step of a chain, by going through every batch that there is, against their formulas:
//
//     E theta'   = theta - eta u grad L                        Cov theta' = (eta u)^2 c/b Sigma + 2 D eta u I
//
// No random number is drawn, so that they agree to round-off.
#include <gtest/gtest.h>

#include <array>

#include "sde/sgd/gradient_chain.hpp"
#include "tests/sde/sgd/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::sgd_problems;
using model::Sampling;

constexpr std::size_t width = formula::block_width;
/// Sums of at most 256 numbers of size 1.
constexpr double round_off = 1e-13;
const Point start{0.4, -0.9}, velocity{-0.3, 0.7};

/// What happens with equal probability in one step: rows, and injected increments of mean 0 and covariance 1.
struct Outcome {
  std::vector<std::uint32_t> rows;
  Point dW;
};

/// All batches of two rows, with or without replacement; `batches` of them independently.
std::vector<Outcome> outcomes(bool replace, std::size_t batches, bool injected) {
  std::vector<Outcome> all{{}};
  for (std::size_t m = 0; m < batches; ++m) {
    std::vector<Outcome> longer;
    for (const auto& o : all)
      for (std::uint32_t i = 0; i < N; ++i)
        for (std::uint32_t j = 0; j < N; ++j) {
          if (!replace && i == j) continue;
          longer.push_back(o);
          longer.back().rows.insert(longer.back().rows.end(), {i, j});
        }
    all = longer;
  }
  if (!injected) return all;
  std::vector<Outcome> noisy;
  for (const auto& o : all)
    for (const double x : {-1.0, 1.0})
      for (const double y : {-1.0, 1.0}) {
        noisy.push_back(o);
        noisy.back().dW = {x, y};
      }
  return noisy;
}

struct Moments {
  Point mean;
  std::vector<Point> covariance;
};

/// Of the state after step n from `from`.
Moments after_step(const model::StochasticGradient& sgd, const std::vector<Outcome>& outcomes,
                   const Point& from, double n = 0) {
  EXPECT_LE(outcomes.size(), width);
  const sde::GradientChain chain(sgd);
  const std::size_t d = from.size();
  sde::BlockArrays x(d), dW(outcomes.front().dW.size());
  const std::size_t rows = outcomes.front().rows.size();
  std::vector<std::array<std::uint32_t, width>> row(rows);
  for (std::size_t lane = 0; lane < width; ++lane) {
    const Outcome& o = outcomes[lane % outcomes.size()];
    for (std::size_t i = 0; i < d; ++i) x[i][lane] = from[i];
    for (std::size_t i = 0; i < dW.count(); ++i) dW[i][lane] = o.dW[i];
    for (std::size_t k = 0; k < rows; ++k) row[k][lane] = o.rows[k];
  }
  std::vector<const std::uint32_t*> pointers;
  for (const auto& r : row) pointers.push_back(r.data());
  const auto scratch = chain.scratch();
  chain.step(x.all(), n, 1, {.dW = dW.all_const(), .rows = pointers}, *scratch);

  Moments m{Point(d, 0.0), std::vector<Point>(d, Point(d, 0.0))};
  const auto count = static_cast<double>(outcomes.size());
  for (std::size_t lane = 0; lane < outcomes.size(); ++lane)
    for (std::size_t i = 0; i < d; ++i) m.mean[i] += x[i][lane] / count;
  for (std::size_t lane = 0; lane < outcomes.size(); ++lane)
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j)
        m.covariance[i][j] += (x[i][lane] - m.mean[i]) * (x[j][lane] - m.mean[j]) / count;
  return m;
}

TEST(OneStep, HasTheMeanAndCovarianceOfTheFormulasForBothSamplings) {
  for (const auto sampling : {Sampling::with_replacement, Sampling::without_replacement}) {
    const bool replace = sampling == Sampling::with_replacement;
    const auto m = after_step(chain(2, sampling), outcomes(replace, 1, false), start);
    const double eta = 0.1, c = replace ? 1.0 : 2.0 / 3.0;
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(m.mean[i], start[i] - eta * slope(start)[i], round_off);
      for (std::size_t j = 0; j < 2; ++j)
        EXPECT_NEAR(m.covariance[i][j], eta * eta * c / 2 * covariance(start, i, j), round_off);
    }
    EXPECT_GT(m.covariance[0][1] * m.covariance[0][1], 1e-8);  // not by symmetry
  }
}

TEST(OneStep, InjectsNoiseOfVarianceTwiceTheTemperatureTimesTheRate) {
  auto sgd = chain(2, Sampling::with_replacement);
  sgd.temperature = 0.3;
  sgd.schedule = formula::parse("1/(1 + t)", {{"t"}, {}, {}});
  const double n = 4, eta = 0.1 / (1 + 0.4);
  const auto m = after_step(sgd, outcomes(true, 1, true), start, n);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(m.mean[i], start[i] - eta * slope(start)[i], round_off);
    for (std::size_t j = 0; j < 2; ++j)
      EXPECT_NEAR(m.covariance[i][j], eta * eta / 2 * covariance(start, i, j) + (i == j ? 2 * 0.3 * eta : 0),
                  round_off);
  }
}

// State: theta and v / h. v' = mu v - eta g + sqrt(2 D (1 - mu) eta) xi, theta' = theta + v'.
TEST(OneStep, WithMomentumHasTheMomentsOfItsFormulasAheadOrNot) {
  for (const bool nesterov : {false, true}) {
    auto sgd = chain(2, Sampling::without_replacement);
    sgd.momentum = 0.6;
    sgd.nesterov = nesterov;
    sgd.temperature = 0.2;
    const double eta = 0.1, mu = 0.6, c = 2.0 / 3.0;
    Point from = start, at = start;
    for (std::size_t i = 0; i < 2; ++i) {
      from.push_back(velocity[i] / eta);
      if (nesterov) at[i] += mu * velocity[i];
    }
    const auto m = after_step(sgd, outcomes(false, 1, true), from);
    for (std::size_t i = 0; i < 2; ++i) {
      const double v = mu * velocity[i] - eta * slope(at)[i];
      EXPECT_NEAR(m.mean[i], start[i] + v, round_off);
      EXPECT_NEAR(m.mean[2 + i], v / eta, 10 * round_off);
      for (std::size_t j = 0; j < 2; ++j) {
        const double noise =
            eta * eta * c / 2 * covariance(at, i, j) + (i == j ? 2 * 0.2 * (1 - mu) * eta : 0);
        EXPECT_NEAR(m.covariance[i][j], noise, round_off);
        EXPECT_NEAR(m.covariance[2 + i][j], noise / eta, 10 * round_off);
        EXPECT_NEAR(m.covariance[2 + i][2 + j], noise / (eta * eta), 100 * round_off);
      }
    }
  }
}

// Li, Malladi, Arora 2021: steps of eta/l, whose noise is as large per unit time as that of steps of eta.
TEST(OneStep, OfSvagHasTheSameCovariancePerUnitTimeWhateverItsLength) {
  for (const std::size_t l : {2U, 3U, 8U}) {
    auto sgd = chain(2, Sampling::with_replacement);
    sgd.svag = l;
    const auto m = after_step(sgd, outcomes(true, 2, false), start);
    const double eta = 0.1, h = eta / static_cast<double>(l);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(m.mean[i], start[i] - h * slope(start)[i], round_off);
      for (std::size_t j = 0; j < 2; ++j)
        EXPECT_NEAR(m.covariance[i][j] / h, eta / 2 * covariance(start, i, j), 100 * round_off);
    }
  }
}

TEST(OneStep, FollowsSchedulesOfRateBatchAndTemperatureInTime) {
  auto sgd = chain(2, Sampling::with_replacement);
  sgd.schedule = formula::parse("exp(-t)", {{"t"}, {}, {}});
  sgd.batch = formula::parse("1 + 10*t", {{"t"}, {}, {}});  // 1, 2 at steps 0, 1 of 0.1
  for (const double n : {0.0, 1.0}) {
    const auto m = after_step(sgd, outcomes(true, 1, false), start, n);
    const double eta = 0.1 * std::exp(-0.1 * n), b = 1 + n;
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < 2; ++j)
        EXPECT_NEAR(m.covariance[i][j], eta * eta / b * covariance(start, i, j), round_off);
  }
}

// Six rows at once, where the program takes four and the others are taken one by one.
TEST(OneStep, SumsEveryRowOfALongBatch) {
  const auto sgd = chain(6, Sampling::with_replacement);
  const std::vector<std::uint32_t> rows{3, 0, 2, 2, 1, 3};
  const auto m = after_step(sgd, {{rows, {}}}, start);
  Point g = regulariser_slope(start);
  for (const auto k : rows)
    for (std::size_t i = 0; i < 2; ++i) g[i] += row_slope(start, k)[i] / 6;
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(m.mean[i], start[i] - 0.1 * g[i], round_off);
}

// Slopes of one parameter on rows 1 and 4 are -1 and -4 at 0: mean -2.5, variance of a row 4.5, of the mean 2.25, and
// 2.25 / 6.25 = 0.36. The threshold on either side of that lets the batch of 2 grow to ceil(1.6 * 2) = 4, or not.
TEST(OneStep, LetsABatchGrowExactlyWhereTheNormTestSays) {
  model::StochasticGradient sgd;
  sgd.loss = {{"p"},
              formula::parse("(p - y)^2/2", {{"p", "y"}, {}, {}}),
              std::make_shared<const formula::Table>(formula::Table{{"y"}, {{1, 2, 3, 4, 5}}})};
  sgd.batch = 2.0;
  for (const auto& [threshold, largest, grown] :
       {std::tuple{0.35, 10U, 4.0}, {0.37, 10U, 2.0}, {0.35, 3U, 3.0}}) {
    sgd.adaptive = model::AdaptiveBatch{threshold, 1.6, largest};
    sgd.largest_batch = largest;
    Outcome rows{{0, 3}, {}};
    rows.rows.resize(largest, 2);  // beyond the batch, and not to be used
    const auto m = after_step(sgd, {rows}, {0, 2});
    EXPECT_NEAR(m.mean[0], 0.1 * 2.5, round_off);
    EXPECT_EQ(m.mean[1], grown) << threshold << ' ' << largest;
  }
}

}  // namespace
