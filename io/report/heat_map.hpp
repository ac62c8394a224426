// A density over a plane as a picture of colours, particles over it, and the bar that explains the colours.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "io/report/plot.hpp"
#include "law/grid.hpp"

namespace fpk::io::report {

/// The greatest cell average of a plane; 0 where it is empty.
double greatest_density(const law::PlaneMarginal& plane);

/// <figure> with cell averages from 0 (dark) to `top` (light), and the particles' first two coordinates. A
/// plane without masses shows its particles alone, between the edges that it has. The height of the frame is
/// chosen here.
std::string heat_map(Frame frame, const law::PlaneMarginal& plane, double top,
                     const std::vector<std::array<double, 3>>& particles);

/// The colours from 0 to `top` of what `label` names; where `saturates`, says that the last colour also stands for more.
std::string colour_bar(double top, bool saturates, const std::string& label = "density");

}  // namespace fpk::io::report
