// The normal distribution function and its inverse, accurate in both tails.
#pragma once

namespace fpk::law {

/// P(a < Z < b) for a standard normal Z, to relative accuracy in either tail; a and b may be infinite.
double normal_mass(double a, double b);

/// Density of a standard normal.
double normal_density(double z);

/// The u-quantile of Z given a < Z < b: P(a < Z < z) = u P(a < Z < b), 0 < u < 1.
double truncated_normal_quantile(double u, double a, double b);

}  // namespace fpk::law
