#include "io/report/band.hpp"

#include <algorithm>

namespace fpk::io::report {

Curve with_band(const std::vector<double>& times, const Series& s, Look look) {
  Curve c{.look = look, .x = times, .y = s.value, .interval = Interval::band, .markers = true};
  for (std::size_t k = 0; k < std::min(s.value.size(), s.standard_error.size()); ++k) {
    c.lower.push_back(s.value[k] - 2 * s.standard_error[k]);
    c.upper.push_back(s.value[k] + 2 * s.standard_error[k]);
  }
  return c;
}

}  // namespace fpk::io::report
