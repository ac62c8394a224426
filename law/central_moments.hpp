// Mean and central moments to the fourth of a quantity known through independent values, and how two sets of values are
// joined without their values,
//
//     s_k = sum_n (v_n - mean)^k,      delta = mean_b - mean_a,   n = n_a + n_b
//     mean = mean_a + delta n_b / n
//     s_2  = s_2a + s_2b + delta^2 n_a n_b / n
//     s_3  = s_3a + s_3b + delta^3 n_a n_b (n_a - n_b) / n^2 + 3 delta (n_a s_2b - n_b s_2a) / n
//     s_4  = s_4a + s_4b + delta^4 n_a n_b (n_a^2 - n_a n_b + n_b^2) / n^3
//            + 6 delta^2 (n_a^2 s_2b + n_b^2 s_2a) / n^2 + 4 delta (n_a s_3b - n_b s_3a) / n
//
// (Chan, Golub, LeVeque 1983; Pebay 2008, section 3.1). The fourth moment tells how well the variance is known:
// var(s_2 / n) = variance^2 (kurtosis - 1) / n.
#pragma once

#include "law/sample.hpp"

namespace fpk::law {

struct CentralMoments {
  double count = 0, mean = 0;
  double s2 = 0, s3 = 0, s4 = 0;

  CentralMoments& operator+=(const CentralMoments& other);
  [[nodiscard]] double variance() const { return count > 1 ? s2 / (count - 1) : 0; }
  /// E (v - mean)^4 / variance^2: 3 for a normal law, 1 / p for an event of small probability p. 1 where all values are equal.
  [[nodiscard]] double kurtosis() const { return s2 > 0 ? count * s4 / (s2 * s2) : 1; }
  [[nodiscard]] double standard_error() const;
  /// Standard error of the variance over the variance.
  [[nodiscard]] double relative_error_of_variance() const;
};

/// Of f(X) over all particles of a sample; one that is not alive counts as f = 0. The same bits for any number of threads and
/// processes. Collective.
CentralMoments central_moments(const Sample& sample, const Observable& observable);

/// Of wa f(X_n) + wb f(Y_n) over the pairs of two samples. Throws like paired_differences. Collective.
CentralMoments paired_moments(const Sample& a, double wa, const Sample& b, double wb,
                              const Observable& observable);

}  // namespace fpk::law
