#include "io/report/colour.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace fpk::io::report {

Colour viridis(double share) {
  constexpr std::array<Colour, 9> anchors = {{{68, 1, 84},
                                              {71, 44, 122},
                                              {59, 81, 139},
                                              {44, 113, 142},
                                              {33, 144, 141},
                                              {39, 173, 129},
                                              {92, 200, 99},
                                              {170, 220, 50},
                                              {253, 231, 37}}};
  const double place = (share > 0 ? std::min(share, 1.0) : 0.0) * static_cast<double>(anchors.size() - 1);
  const auto k = std::min(static_cast<std::size_t>(place), anchors.size() - 2);
  const double s = place - static_cast<double>(k);
  Colour colour{};
  for (std::size_t c = 0; c < colour.size(); ++c)
    colour[c] = static_cast<std::uint8_t>(std::lround((1 - s) * anchors[k][c] + s * anchors[k + 1][c]));
  return colour;
}

}  // namespace fpk::io::report
