// Wasserstein distance of order 2 on a line
//
//   W2(F, G)^2 = integral_0^1 (F^-1(u) - G^-1(u))^2 du
//
// Both quantile functions are linear between consecutive breakpoints u of either, so their difference runs
// from d0 to d1 and the piece is du (d0^2 + d0 d1 + d1^2) / 3: exact. (Villani 2009, remark 2.19)
//
// Round-off in F of size eps moves mass eps by up to the length L of the line: laws that are equal to
// round-off are up to sqrt(eps) L = 1.5e-8 L apart.
#include <algorithm>
#include <cmath>

#include "verification/distance/functions.hpp"
#include "verification/distance/line.hpp"

namespace fpk::verification {
namespace {

/// F^-1, read from left to right.
class Quantile {
 public:
  Quantile(const std::vector<double>& edges, const std::vector<double>& F) : edges_(edges), F_(F) {}

  /// Steps to the cell that holds the mass just above u < 1; cells without mass are passed over.
  void advance(double u) {
    while (F_[cell_ + 1] <= u) ++cell_;
  }
  [[nodiscard]] double next_breakpoint() const { return F_[cell_ + 1]; }
  /// For u within the present cell.
  [[nodiscard]] double at(double u) const {
    const double s = (u - F_[cell_]) / (F_[cell_ + 1] - F_[cell_]);
    return edges_[cell_] + s * (edges_[cell_ + 1] - edges_[cell_]);
  }

 private:
  const std::vector<double>&edges_, &F_;
  std::size_t cell_ = 0;
};

}  // namespace

double wasserstein_2(const LinePair& laws) {
  Quantile x(laws.edges, laws.F), y(laws.edges, laws.G);
  double square = 0;
  for (double u = 0; u < std::min(laws.F.back(), laws.G.back());) {
    x.advance(u);
    y.advance(u);
    const double next = std::min(x.next_breakpoint(), y.next_breakpoint());
    const double d0 = x.at(u) - y.at(u), d1 = x.at(next) - y.at(next);
    square += (next - u) * (d0 * d0 + d0 * d1 + d1 * d1) / 3;
    u = next;
  }
  return std::sqrt(square);
}

double wasserstein_2(const law::GridPart& part, Masses p, Masses q) {
  return worst_axis(part, p, q, wasserstein_2);
}

}  // namespace fpk::verification
