#include "law/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace fpk::law {
namespace {

using std::numbers::pi;

/// s0 of the interval: sinh(beta s0) / (sinh(beta s0) + sinh(beta (1 - s0))) = c (Vinokur 1983, eq. 65).
double origin_on_interval(double c, double beta) {
  return std::log1p(std::expm1(beta) * c) / (2 * beta) - std::log1p(std::expm1(-beta) * c) / (2 * beta);
}

/// The odd map of the ring onto itself, in turns: (1/pi) atan(tan(pi s) / kappa) for |s| <= 1/2, and s + 1 one further.
double turned(double s, double kappa) {
  const double whole = std::round(s), rest = s - whole;
  return whole + std::atan2(std::sin(pi * rest), kappa * std::cos(pi * rest)) / pi;
}

}  // namespace

std::vector<double> clustered_edges(double lower, double upper, std::size_t cells,
                                    const Clustering& clustering) {
  const auto& [at, beta, ring] = clustering;
  if (!(at >= lower && at <= upper) || !(beta > 0))
    throw std::invalid_argument("cells cluster about a place of the axis, with a positive strength");
  const double length = upper - lower, c = (at - lower) / length, kappa = std::sqrt(std::cosh(beta / 2));
  const double s0 = ring ? turned(c, 1 / kappa) : origin_on_interval(c, beta);
  const double K = length / (std::sinh(beta * s0) + std::sinh(beta * (1 - s0)));
  std::vector<double> edges(cells + 1);
  for (std::size_t i = 0; i <= cells; ++i) {
    const double s = static_cast<double>(i) / static_cast<double>(cells) - s0;
    edges[i] = at + (ring ? length * turned(s, kappa) : K * std::sinh(beta * s));
  }
  edges.front() = lower;
  edges.back() = upper;
  if (!std::is_sorted(edges.begin(), edges.end(), std::less_equal<>()))
    throw std::invalid_argument("the cells are too narrow for their place: edges coincide");
  return edges;
}

}  // namespace fpk::law
