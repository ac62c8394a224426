// Functions on a box through their values at the Chebyshev points of panels.
//
//     lower                                             upper
//       |o  o   o   o  o|o  o   o   o  o|o  o   o   o  o|      panels of one length; points of one panel
//                                                               x_j = middle - (length/2) cos(pi j / (p - 1))
//
// Neighbouring panels share the point between them. Inside a panel the value is that of the polynomial through its p points, by
// the second barycentric formula (Berrut, Trefethen 2004, eq. 5.4): exact for degree p - 1, and for smooth functions the error
// falls like (panel length)^p. What goes wrong in one panel stays there. In two dimensions: the product of the axes, with few
// panels, so that what goes wrong at the rim would reach far: there the polynomial of the last panel goes on for half its length
// beyond the box.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "law/grid.hpp"

namespace fpk::verification {

/// A box; entries beyond the dimension are 0.
struct Extent {
  std::size_t dimension = 1;
  law::Point lower{}, upper{};
};

class PanelAxis {
 public:
  static constexpr std::size_t points_a_panel = 12;

  PanelAxis(double lower, double upper, std::size_t panels);
  [[nodiscard]] std::size_t size() const { return points_.size(); }
  [[nodiscard]] double panel() const { return length_; }  ///< length of one
  [[nodiscard]] double point(std::size_t i) const { return points_[i]; }
  [[nodiscard]] double lower() const { return points_.front(); }
  [[nodiscard]] double upper() const { return points_.back(); }

  /// What the points of one panel weigh in the value at x.
  struct Weights {
    std::size_t first;  ///< point
    std::array<double, points_a_panel> of;
  };
  /// Beyond lower() and upper() the polynomial of the last panel goes on.
  [[nodiscard]] Weights weights(double x) const;

 private:
  std::size_t panels_;
  double length_;
  std::vector<double> points_;
};

class PanelGrid {
 public:
  /// `panels` along each axis.
  PanelGrid(const Extent& extent, std::size_t panels);
  [[nodiscard]] std::size_t dimension() const { return axes_.size(); }
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const PanelAxis& axis(std::size_t a) const { return axes_[a]; }
  /// Axis 0 varies fastest.
  [[nodiscard]] law::Point point(std::size_t i) const;
  /// row[0..size()) += factor times what the grid's points weigh in the value at x, a point of the box.
  void add_weights(const law::Point& x, double factor, double* row) const;
  /// x brought to the nearest point at which values are known: of the box, and in the plane of half a panel about it.
  [[nodiscard]] law::Point nearest(const law::Point& x) const;

 private:
  std::vector<PanelAxis> axes_;
};

}  // namespace fpk::verification
