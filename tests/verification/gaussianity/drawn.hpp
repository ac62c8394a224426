// Numbers drawn for the tests of normality, and whether p-values are as they should be.
#pragma once

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <functional>
#include <random>
#include <vector>

#include "verification/gaussianity/kolmogorov.hpp"

namespace fpk::verification::testing {

inline std::vector<double> normals(std::size_t n, std::mt19937_64& bits) {
  std::normal_distribution<double> law;
  std::vector<double> x(n);
  for (double& v : x) v = law(bits);
  return x;
}

/// Student's t, brought to variance 1; nu > 2.
inline std::vector<double> student(std::size_t n, double nu, std::mt19937_64& bits) {
  std::student_t_distribution<double> law(nu);
  std::vector<double> x(n);
  for (double& v : x) v = law(bits) / std::sqrt(nu / (nu - 2));
  return x;
}

inline std::vector<double> sorted(std::vector<double> x) {
  std::ranges::sort(x);
  return x;
}

/// The p-value of Kolmogorov's test that p-values are uniform, `repeats` of them.
inline double uniformity(std::size_t repeats, const std::function<double()>& p_value) {
  std::vector<double> z;
  const boost::math::normal normal;
  for (std::size_t k = 0; k < repeats; ++k)
    z.push_back(quantile(normal, std::clamp(p_value(), 1e-12, 1 - 1e-12)));
  return kolmogorov_test(sorted(std::move(z))).p_value;
}

/// False alarms of a test that asks for it: one in ten thousand, on numbers that are the same at each run.
inline constexpr double implausible = 1e-4;

}  // namespace fpk::verification::testing
