// Several particle schemes on one ladder of steps, side by side.
#pragma once

#include <string>

#include "io/record.hpp"

namespace fpk::io::report {

/// A plot and a table for the weak studies, and for the invariant ones, of several schemes; nothing where there are fewer than two.
std::string compared_schemes(const Record& record);

/// A plot and a table of studies of one observable on one ladder; nothing where there are none.
std::string side_by_side(const std::vector<const ConvergenceStudy*>& studies, const std::string& heading,
                         const std::string& size, const std::string& subject);

}  // namespace fpk::io::report
