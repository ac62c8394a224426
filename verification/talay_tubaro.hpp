// Extrapolation in the step: the bias of a scheme of weak order p has an expansion
//
//     E f(X^h) = E f(X) + c h^p + O(h^q),          q = p + 1 for smooth coefficients in a box that is closed
//
// so that two steps give an answer of order q, and the differences d_h = E f(X^h) - E f(X^{h/2}) at h and at h/2 what it leaves:
//
//     e_h = (2^p E f(X^{h/2}) - E f(X^h)) / (2^p - 1) = E f(X) + O(h^q)
//     e_h - e_{h/2} = (d_h - 2^p d_{h/2}) / (1 - 2^p),     e_h - E f(X) = (e_h - e_{h/2}) / (1 - 2^{-q})  to leading order
//
// (Talay, Tubaro 1990, Stochastic Analysis and Applications 8, theorems 1 and 3; Kloeden, Platen 1992, section 15.3)
#pragma once

#include <cmath>

namespace fpk::verification {

struct StepWeights {
  double coarse, fine;
};

/// e_h as a weighted sum of the two expectations.
inline StepWeights extrapolation_weights(double p) {
  const double two = std::pow(2.0, p);
  return {-1 / (two - 1), two / (two - 1)};
}

/// e_h - E f(X) to leading order, linear in d_h and d_{h/2}: give the differences, or their standard errors one by one.
inline double extrapolation_remainder(double d_h, double d_half, double p, double q) {
  const double two = std::pow(2.0, p);
  return (two * d_half - d_h) / ((two - 1) * (1 - std::pow(2.0, -q)));
}

}  // namespace fpk::verification
