#include "solvers/flux/face_weight.hpp"

#include <algorithm>
#include <array>

namespace fpk::solvers {
namespace {

double scharfetter_gummel(const FaceSlope& /*slope*/, double /*log_resistance*/) { return 0; }

double series_resistance(const FaceSlope& slope, double log_resistance) {
  return log_resistance - slope.log_s;
}

double blended(const FaceSlope& slope, double log_resistance) {
  return slope.s_squared * (log_resistance - 2 * slope.log_s);
}

constexpr std::array<FaceWeight, 3> table = {{
    {"blended", "Scharfetter-Gummel, with the resistance's excess over a constant slope", blended},
    {"scharfetter-gummel", "Scharfetter, Gummel 1969, on free energies", scharfetter_gummel},
    {"series-resistance", "Patankar 1980, ch. 4.2, on exp(L/D)", series_resistance},
}};

}  // namespace

std::span<const FaceWeight> face_weights() { return table; }

const FaceWeight* find_face_weight(std::string_view name) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const auto& f) { return f.name == name; });
  return found == table.end() ? nullptr : found;
}

}  // namespace fpk::solvers
