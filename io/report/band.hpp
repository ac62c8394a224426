// The curve of a series that particles gave: with a band of two standard errors (95 %).
#pragma once

#include <vector>

#include "io/record.hpp"
#include "io/report/plot.hpp"

namespace fpk::io::report {

Curve with_band(const std::vector<double>& times, const Series& series, Look look = Look::particles);

}  // namespace fpk::io::report
