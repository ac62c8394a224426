#include "sde/step_between_faces.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sde/noise_rows.hpp"

namespace fpk::sde {
namespace {

/// Of points: enough that noise linear in the variables is met within 1 % of its largest value.
constexpr std::size_t blocks = 16;

std::vector<std::size_t> axes_between_faces(const model::Domain& domain) {
  std::vector<std::size_t> axes;
  for (std::size_t a = 0; a < domain.dimension(); ++a)
    if (domain.sides[a].lower_boundary == model::Boundary::absorbing &&
        domain.sides[a].upper_boundary == model::Boundary::absorbing)
      axes.push_back(a);
  return axes;
}

/// Point i of a sequence that fills the box evenly: Kronecker's, x_a = frac(i g^-(a+1)), g^(d+1) = g + 1 (Roberts 2018).
class EvenPoints {
 public:
  explicit EvenPoints(const model::Domain& domain) : sides_(domain.sides) {
    const auto d = static_cast<double>(sides_.size());
    for (int k = 0; k < 60; ++k) g_ = std::pow(1 + g_, 1 / (d + 1));
  }
  [[nodiscard]] double coordinate(std::size_t i, std::size_t a) const {
    const double turns = static_cast<double>(i) * std::pow(g_, -static_cast<double>(a + 1));
    return sides_[a].lower + sides_[a].length() * (turns - std::floor(turns));
  }

 private:
  std::vector<model::Side> sides_;
  double g_ = 2;
};

}  // namespace

double error_between_faces(const model::Process& process, const model::Domain& domain, double end,
                           double dt) {
  const auto axes = axes_between_faces(domain);
  if (axes.empty()) return 0;
  const NoiseRows rows(process, axes);
  NoiseRows::Values noise(rows);
  const EvenPoints points(domain);
  BlockArrays x(domain.dimension());
  double largest = 0;  // sigma_n^2 / L^2
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t a = 0; a < x.count(); ++a)
      for (std::size_t i = 0; i < formula::block_width; ++i)
        x[a][i] = points.coordinate(b * formula::block_width + i, a);
    for (const double t : {0.0, end}) {
      rows.evaluate(x.all(), t, noise);
      for (std::size_t r = 0; r < axes.size(); ++r) {
        const double L = domain.sides[axes[r]].length(), *square = noise.square(r);
        largest = std::max(largest, *std::max_element(square, square + formula::block_width) / (L * L));
      }
    }
  }
  return largest > 0 ? end / dt * std::exp(-1 / (largest * dt)) : 0;
}

}  // namespace fpk::sde
