#include "studies/flat_and_sharp/line.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::studies {

Line::Line(const Function& b, const Function& a, double lower, double upper, std::size_t intervals)
    : lower_(lower),
      width_((upper - lower) / static_cast<double>(intervals)),
      phi_(intervals + 1),
      below_(intervals + 1) {
  const auto x = [&](std::size_t k) { return lower_ + width_ * static_cast<double>(k); };
  std::vector<double> slope(phi_.size());
  for (std::size_t k = 0; k < slope.size(); ++k) slope[k] = -b(x(k)) / a(x(k));
  for (std::size_t k = 1; k < phi_.size(); ++k)
    phi_[k] = phi_[k - 1] + width_ / 2 * (slope[k - 1] + slope[k]);
  const double least = *std::ranges::min_element(phi_);
  for (auto& value : phi_) value -= least;
  const auto density = [&](std::size_t k) { return std::exp(-phi_[k]) / a(x(k)); };
  for (std::size_t k = 1; k < below_.size(); ++k)
    below_[k] = below_[k - 1] + width_ / 2 * (density(k - 1) + density(k));
}

std::size_t Line::node(double x) const {
  const auto k = std::llround((x - lower_) / width_);
  return static_cast<std::size_t>(std::clamp<long long>(k, 0, static_cast<long long>(phi_.size()) - 1));
}

double Line::mass_below(double x) const { return below_[node(x)] / below_.back(); }

double Line::climb(double x, double y) const { return phi_[node(y)] - phi_[node(x)]; }

double Line::mean_passage(double x, double y) const {
  const auto from = std::min(node(x), node(y)), to = std::max(node(x), node(y));
  const bool up = node(y) > node(x);
  // What lies behind the path, whose particles it has to carry past this place.
  const auto behind = [&](std::size_t k) { return up ? below_[k] : below_.back() - below_[k]; };
  double sum = 0;
  for (std::size_t k = from; k <= to; ++k)
    sum += (k == from || k == to ? 0.5 : 1.0) * std::exp(phi_[k]) * behind(k);
  return sum * width_;
}

}  // namespace fpk::studies
