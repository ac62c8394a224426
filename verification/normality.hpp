// How far a sample is from a normal one, in four numbers. The numbers alone: their laws for normal samples are found by simulation
// where they are used.
//
//     skewness = m3 / m2^(3/2),   excess kurtosis = m4 / m2^2 - 3        about the sample's own mean
//     D and A^2 of gaussianity/kolmogorov.hpp and gaussianity/anderson_darling.hpp
#pragma once

#include <vector>

namespace fpk::verification {

struct NormalityStatistics {
  double skewness = 0, kurtosis = 0, distance = 0, anderson_darling = 0;
};

/// Of numbers that are to be compared with N(0, 1): at least two different ones.
NormalityStatistics normality_statistics(std::vector<double> numbers);

}  // namespace fpk::verification
