// Means over the particles of a sample, and over pairs of two.
#include "law/sample_mean.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "formula/formula.hpp"
#include "law/paired.hpp"

namespace {

using namespace fpk;
using parallel::Communicator;

law::Observable observable(const std::string& f, const std::vector<std::string>& variables) {
  return {f, formula::parse(f, {variables, {}, {}})};
}

TEST(PairedDifferences, RefusesSamplesWithoutPairs) {
  const law::Sample some({"x"}, 10, Communicator::self()), more({"x"}, 11, Communicator::self()),
      others({"y"}, 10, Communicator::self());
  const std::vector<law::Observable> x = {observable("x", {"x"})};
  EXPECT_EQ(law::paired_differences(some, some, x).front().value, 0);
  EXPECT_THROW((void)law::paired_differences(some, more, x), std::invalid_argument);
  EXPECT_THROW((void)law::paired_differences(some, others, x), std::invalid_argument);
}

// The corrected mean: 9001 equal values, no power of two, leave neither round-off nor a standard error.
TEST(SampleMean, OfEqualValuesIsThatValueToTheLastBit) {
  law::Sample sample({"x"}, 9001, Communicator::self());
  for (const double x : {0.1, 1.0 / 3, 12345.6789, -1e-300}) {
    std::fill_n(sample.positions(0), sample.size(), x);
    const auto mean = sample.expectations({observable("x", {"x"})}).front();
    EXPECT_EQ(mean.value, x);
    EXPECT_EQ(mean.standard_error, 0);
  }
}

// A spread 1e-8 of the mean: with E x^2 - (E x)^2 nothing of it would be left.
TEST(SampleMean, KeepsASpreadFarBelowTheMean) {
  law::Sample sample({"x"}, 10'000, Communicator::self());
  for (std::size_t i = 0; i < sample.size(); ++i)
    sample.positions(0)[i] = 1 + (i % 2 == 0 ? 0x1p-27 : -0x1p-27);
  const auto mean = sample.expectations({observable("x", {"x"})}).front();
  EXPECT_EQ(mean.value, 1);  // +-2^-27 about 1 are exact, and so are their sums
  EXPECT_DOUBLE_EQ(mean.standard_error, 0x1p-27 / std::sqrt(9999.0));
}

}  // namespace
