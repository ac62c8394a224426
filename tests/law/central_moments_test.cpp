// Central moments to the fourth, against sums in long double about the mean.
#include "law/central_moments.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "formula/formula.hpp"

namespace {

using namespace fpk;
using law::CentralMoments;
using parallel::Communicator;

law::Observable observable(const std::string& f) { return {f, formula::parse(f, {{"x"}, {}, {}})}; }

// Three pieces of a sample, the last not full.
constexpr std::size_t count = 9001;

/// Values without symmetry; some particles are not alive and count as 0.
law::Sample sample(double phase) {
  law::Sample s({"x"}, count, Communicator::self());
  for (std::size_t n = 0; n < count; ++n) {
    const double k = static_cast<double>(n);
    s.positions(0)[n] = 2 + std::sin(0.37 * k + phase) + 0.001 * std::fmod(k, 97.0) * phase;
    s.alive()[n] = n % 50 == 7 ? 0 : 1;
  }
  return s;
}

struct Expected {
  long double mean = 0, variance = 0, kurtosis = 0, standard_error = 0, relative_error_of_variance = 0;
};

Expected of(const std::vector<long double>& v) {
  const auto n = static_cast<long double>(v.size());
  Expected e;
  for (const auto x : v) e.mean += x / n;
  long double s2 = 0, s4 = 0;
  for (const auto x : v) {
    const long double d = x - e.mean;
    s2 += d * d, s4 += d * d * d * d;
  }
  e.variance = s2 / (n - 1);
  e.kurtosis = (s4 / n) / ((s2 / n) * (s2 / n));
  e.standard_error = sqrtl(e.variance / n);
  e.relative_error_of_variance = sqrtl((e.kurtosis - 1) / n);
  return e;
}

// 1e-12: the rounding of sums of 9001 terms in a tree, some hundred times over; 1 / n, what n in place of n - 1 does, is 1e-4.
void expect(const CentralMoments& found, const Expected& e) {
  const auto near = [](double a, long double b) { return std::abs(static_cast<double>(a / b) - 1) < 1e-12; };
  EXPECT_EQ(found.count, static_cast<double>(count));
  EXPECT_PRED2(near, found.mean, e.mean);
  EXPECT_PRED2(near, found.variance(), e.variance);
  EXPECT_PRED2(near, found.kurtosis(), e.kurtosis);
  EXPECT_PRED2(near, found.standard_error(), e.standard_error);
  EXPECT_PRED2(near, found.relative_error_of_variance(), e.relative_error_of_variance);
}

TEST(CentralMoments, OfASampleAreThoseOfItsValues) {
  const auto s = sample(0.3);
  std::vector<long double> v;
  for (std::size_t n = 0; n < count; ++n) {
    const long double x = s.positions(0)[n];
    v.push_back(s.alive()[n] != 0 ? x * x : 0);
  }
  expect(law::central_moments(s, observable("x^2")), of(v));
}

TEST(CentralMoments, OfPairsAreThoseOfTheirWeightedSums) {
  const auto a = sample(0.3), b = sample(1.1);
  std::vector<long double> v;
  for (std::size_t n = 0; n < count; ++n) {
    const long double x = a.positions(0)[n], y = b.positions(0)[n];
    v.push_back(a.alive()[n] != 0 ? 2 * x * x - 0.75L * y * y : 0);
  }
  expect(law::paired_moments(a, 2, b, -0.75, observable("x^2")), of(v));
}

CentralMoments joined_one_by_one(const std::vector<double>& v) {
  CentralMoments m;
  for (const double x : v) m += CentralMoments{1, x, 0, 0, 0};
  return m;
}

// Joined moments are those of all values: 1e-9 of their sizes, which the values below 10 leave of 200 sums.
RC_GTEST_PROP(CentralMoments, DoNotDependOnHowValuesAreJoined, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(2, 60);
  const auto whole = *rc::gen::container<std::vector<int>>(size, rc::gen::inRange(-900, 1000));
  const auto cut = *rc::gen::inRange<std::size_t>(0, size);
  std::vector<double> v, a, b;
  for (std::size_t i = 0; i < size; ++i) {
    v.push_back(0.01 * whole[i]);
    (i < cut ? a : b).push_back(v.back());
  }
  auto joined = joined_one_by_one(a);
  joined += joined_one_by_one(b);
  double mean = 0, s2 = 0, s3 = 0, s4 = 0;
  for (const double x : v) mean += x / static_cast<double>(size);
  for (const double x : v) {
    const double d = x - mean;
    s2 += d * d, s3 += d * d * d, s4 += d * d * d * d;
  }
  RC_ASSERT(std::abs(joined.mean - mean) < 1e-12);
  RC_ASSERT(std::abs(joined.s2 - s2) <= 1e-9 * (1 + s2));
  RC_ASSERT(std::abs(joined.s3 - s3) <= 1e-9 * (1 + std::abs(s4)));
  RC_ASSERT(std::abs(joined.s4 - s4) <= 1e-9 * (1 + s4));
}

}  // namespace
