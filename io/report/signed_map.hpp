// A function with two signs over a plane as a picture of colours: blue below zero, white at it, red above.
#pragma once

#include "io/report/plot.hpp"
#include "law/grid.hpp"

namespace fpk::io::report {

/// The greatest absolute value of a cell average of the plane.
double greatest_value(const law::PlaneMarginal& plane);

/// <figure> with cell averages from -top to top. The height of the frame is chosen here.
std::string signed_map(Frame frame, const law::PlaneMarginal& plane, double top);

}  // namespace fpk::io::report
