// Two estimates of a tail index alpha, P(|X| > x) ~ x^-alpha. Neither is a test: both give a finite index for laws that have none.
//
// Stable index. Sums of m symmetric alpha-stable numbers are m^(1/alpha) times as large as one of them, so with Y the sums of groups
// of m,
//
//     1/alpha = (mean ln|Y| - mean ln|X|) / ln m            (Mohammadi, Mohammadpour, Ogata 2015, corollary 2.4)
//
// as used on stochastic gradients by Simsekli, Sagun, Gurbuzbalaban 2019. It is 2 in the mean for independent normal numbers of one
// variance. Where X has a variance but is not normal, Y is nearer to normal than X, and the estimate tells how ln|X| differs from
// that of a normal law, not how its tail falls; nor is it 2 for normal numbers of several variances, or correlated, thrown together.
//
// Hill's index. Of the k largest |x| of n, alpha = 1 / mean of ln(|x|_(i) / |x|_(k+1)) (Hill 1975). The tail of a normal law falls
// faster than any power; where P(|z| > q) = k/n the index is between q^2 and q^2 + 3.
#pragma once

#include <cstddef>
#include <span>

namespace fpk::verification {

/// Groups of `group` >= 2 consecutive numbers, what is left over left out; at least one group. Numbers that are 0, and groups that
/// sum to it, count as the smallest normal double.
double stable_index(std::span<const double> x, std::size_t group);

/// 0 < k < x.size().
double hill_index(std::span<const double> x, std::size_t k);

}  // namespace fpk::verification
