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

double square_root_approximation(const FaceSlope& slope, double /*log_resistance*/) { return -slope.log_s; }

constexpr Energy average = Energy::cell_average, point = Energy::point_value;

constexpr std::array<FaceWeight, 5> table = {{
    {"blended", "Scharfetter-Gummel, with the resistance's excess over a constant slope", average, true,
     blended},
    {"scharfetter-gummel", "Scharfetter, Gummel 1969, on free energies", average, false, scharfetter_gummel},
    {"series-resistance", "Patankar 1980, ch. 4.2, on exp(L/D)", average, true, series_resistance},
    {"point-scharfetter-gummel", "Scharfetter, Gummel 1969, eq. 6", point, false, scharfetter_gummel},
    {"square-root-approximation", "Lie, Fackeldey, Weber 2013; Heida 2018", point, false,
     square_root_approximation},
}};

}  // namespace

std::span<const FaceWeight> face_weights() { return table; }

const FaceWeight* find_face_weight(std::string_view name) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const auto& f) { return f.name == name; });
  return found == table.end() ? nullptr : found;
}

}  // namespace fpk::solvers
