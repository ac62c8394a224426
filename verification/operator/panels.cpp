#include "verification/operator/panels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fpk::verification {
namespace {

constexpr std::size_t p = PanelAxis::points_a_panel;
using PanelPoints = std::array<double, p>;

/// On [-1, 1], increasing, and mirror images of each other to the last bit.
PanelPoints chebyshev_points() {
  PanelPoints s{};
  for (std::size_t j = 0; j < p; ++j)
    s[j] = std::sin(0.5 * std::numbers::pi * (2 * static_cast<double>(j) - (p - 1)) / (p - 1));
  return s;
}

const PanelPoints reference_points = chebyshev_points();

/// (-1)^j, halved at the ends: the barycentric weights of these points.
double barycentric_weight(std::size_t j) {
  const double sign = j % 2 == 0 ? 1.0 : -1.0;
  return j == 0 || j == p - 1 ? 0.5 * sign : sign;
}

}  // namespace

PanelAxis::PanelAxis(double lower, double upper, std::size_t panels)
    : panels_(panels), length_((upper - lower) / static_cast<double>(panels)) {
  for (std::size_t k = 0; k < panels; ++k)
    for (std::size_t j = k == 0 ? 0 : 1; j < p; ++j)
      points_.push_back(lower + length_ * (static_cast<double>(k) + 0.5 * (1 + reference_points[j])));
  points_.back() = upper;
}

PanelAxis::Weights PanelAxis::weights(double x) const {
  const double place = (x - lower()) / length_;
  const auto k = std::min(static_cast<std::size_t>(std::max(place, 0.0)), panels_ - 1);
  const double s = 2 * (place - static_cast<double>(k)) - 1;
  Weights w{k * (p - 1), {}};
  double sum = 0;
  for (std::size_t j = 0; j < p; ++j) {
    const double distance = s - reference_points[j];
    if (distance == 0) {
      w.of.fill(0);
      w.of[j] = 1;
      return w;
    }
    sum += w.of[j] = barycentric_weight(j) / distance;
  }
  for (auto& weight : w.of) weight /= sum;
  return w;
}

PanelGrid::PanelGrid(const Extent& extent, std::size_t panels) {
  for (std::size_t a = 0; a < extent.dimension; ++a)
    axes_.emplace_back(extent.lower[a], extent.upper[a], panels);
}

std::size_t PanelGrid::size() const {
  std::size_t n = 1;
  for (const auto& axis : axes_) n *= axis.size();
  return n;
}

law::Point PanelGrid::point(std::size_t i) const {
  law::Point x{};
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    x[a] = axes_[a].point(i % axes_[a].size());
    i /= axes_[a].size();
  }
  return x;
}

void PanelGrid::add_weights(const law::Point& x, double factor, double* row) const {
  const auto first = axes_[0].weights(x[0]);
  if (axes_.size() == 1) {
    for (std::size_t j = 0; j < p; ++j) row[first.first + j] += factor * first.of[j];
    return;
  }
  const auto second = axes_[1].weights(x[1]);
  for (std::size_t k = 0; k < p; ++k) {
    double* const line = row + (second.first + k) * axes_[0].size() + first.first;
    const double share = factor * second.of[k];
    for (std::size_t j = 0; j < p; ++j) line[j] += share * first.of[j];
  }
}

law::Point PanelGrid::nearest(const law::Point& x) const {
  law::Point y{};
  const double beyond = axes_.size() == 1 ? 0 : 0.5;
  for (std::size_t a = 0; a < axes_.size(); ++a)
    y[a] = std::clamp(x[a], axes_[a].lower() - beyond * axes_[a].panel(),
                      axes_[a].upper() + beyond * axes_[a].panel());
  return y;
}

}  // namespace fpk::verification
