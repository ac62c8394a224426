// Means of exponentials over boxes, in logarithms, by Gauss quadrature with four nodes an axis:
//
//     log_mean        ln M,      M = mean of exp(e) over the box
//     log_resistance  ln R,  1 / R = what resists, in series, along one axis: R = mean over the cross section of
//                                1 / (mean of exp(e) along the axis)
//
//     axis ->   o--o--o--o   mean of exp(e) on each line, then of the reciprocals over the lines
//               o--o--o--o
//
// Exponents are shifted by the largest of their box, so nothing overflows.
#pragma once

#include <vector>

#include "law/tensor_boxes.hpp"

namespace fpk::law {

/// One for each box; `exponent` is a formula of the coordinates.
std::vector<double> log_means(const TensorBoxes& boxes, const formula::Program& exponent);
std::vector<double> log_resistances(const TensorBoxes& boxes, const formula::Program& exponent,
                                    std::size_t axis);

}  // namespace fpk::law
