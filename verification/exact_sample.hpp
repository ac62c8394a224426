// The histogram of an exact sample, to set beside the histogram of particles.
//
// A distance between a law and the histogram of n of its own points is not 0: it falls like n^(-1/2) and is
// biased upward. A particle method is therefore judged against the same distance of n points drawn from the
// law itself.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "law/grid.hpp"
#include "verification/distance/distance.hpp"

namespace fpk::verification {

/// Cell masses of n > 0 points of the law q: the fraction of the points in each cell, times the total mass of
/// q (negative masses count as 0). Point i is at the quantile uniform(i) in [0, 1) of the cells in the order
/// of their index.
///
/// `uniform` must give the same number for i on every process. The counts are the same for any number of
/// processes, but for points within round-off of the border of two cells. Every process reads all n numbers;
/// nothing of the size of the grid or of the sample is sent. Collective.
std::vector<double> exact_sample_masses(const law::GridPart& part, Masses q, std::int64_t n,
                                        const std::function<double(std::int64_t)>& uniform);

}  // namespace fpk::verification
