// Rectangular grids of cells, in one, two or three dimensions, and the part of one that a process holds.
//
//   axis 0 varies fastest:  index = i + n0 * (j + n1 * k)
//
//   edges[0]   edges[1]   edges[2]          edges[n]
//      |--- 0 ---|--- 1 ---|--- ... ---|--- n-1 ---|
//
// *Cell mass* is an integral over a cell, *cell average* that divided by its volume, *point value* a value at
// a point.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "law/clustering.hpp"
#include "parallel/communicator.hpp"

namespace fpk::law {

inline constexpr std::size_t max_dimension = 3;
using Index = std::array<std::size_t, max_dimension>;  ///< (i, j, k); unused axes are 0
using Point = std::array<double, max_dimension>;       ///< unused axes are 0

class Axis {
 public:
  /// `cells` equal cells on [lower, upper].
  Axis(std::string name, double lower, double upper, std::size_t cells);
  /// Cells between increasing edges.
  Axis(std::string name, std::vector<double> edges);
  /// Cells drawn together about a place, by a smooth map.
  Axis(std::string name, double lower, double upper, std::size_t cells, const Clustering& clustering);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t cells() const { return edges_.size() - 1; }
  [[nodiscard]] double lower() const { return edges_.front(); }
  [[nodiscard]] double upper() const { return edges_.back(); }
  [[nodiscard]] double length() const { return upper() - lower(); }
  [[nodiscard]] double edge(std::size_t i) const { return edges_[i]; }
  [[nodiscard]] const std::vector<double>& edges() const { return edges_; }
  [[nodiscard]] double width(std::size_t i) const { return edges_[i + 1] - edges_[i]; }
  [[nodiscard]] double center(std::size_t i) const { return 0.5 * (edges_[i] + edges_[i + 1]); }
  [[nodiscard]] bool is_uniform() const { return uniform_; }
  /// The same side in another number of cells, laid out alike: equal, by the same smooth map, or by edges interpolated
  /// among those given. Twice as many cut every cell in two, half as many of an even number join pairs.
  [[nodiscard]] Axis recut(std::size_t cells) const;
  /// The cell that holds x; points outside count to the cell at that end.
  [[nodiscard]] std::size_t find(double x) const;

 private:
  std::string name_;
  std::vector<double> edges_;
  bool uniform_;
  std::optional<Clustering> clustering_;
};

class Grid {
 public:
  Grid() = default;
  explicit Grid(std::vector<Axis> axes);

  [[nodiscard]] std::size_t dimension() const { return axes_.size(); }
  [[nodiscard]] const Axis& axis(std::size_t a) const { return axes_[a]; }
  [[nodiscard]] const std::vector<Axis>& axes() const { return axes_; }
  [[nodiscard]] std::size_t cells(std::size_t a) const { return a < axes_.size() ? axes_[a].cells() : 1; }
  [[nodiscard]] std::size_t size() const { return size_; }  ///< number of cells
  [[nodiscard]] std::size_t flat(const Index& i) const { return i[0] + cells(0) * (i[1] + cells(1) * i[2]); }
  [[nodiscard]] Index index(std::size_t flat) const;
  [[nodiscard]] Point center(const Index& i) const;
  [[nodiscard]] double volume(const Index& i) const;
  /// The same box with every cell cut in `factor` along each axis, as Axis::recut does.
  [[nodiscard]] Grid refined(std::size_t factor) const;

 private:
  std::vector<Axis> axes_;
  std::size_t size_ = 0;
};

/// The cells of a grid that this process holds: whole planes of the last axis, so a contiguous range of
/// indices. Every array "on a part" has size() entries, entry c for the cell first() + c.
class GridPart {
 public:
  GridPart() = default;
  /// Shares the planes of the last axis among the processes, as evenly as they go in runs of `run` planes. A
  /// grid refined by a factor and shared in runs of that factor lies on the processes of the cells it
  /// refines.
  GridPart(Grid grid, parallel::Communicator processes, std::size_t run = 1);
  /// The whole grid on this process alone.
  explicit GridPart(Grid grid) : GridPart(std::move(grid), parallel::Communicator::self()) {}

  [[nodiscard]] const Grid& grid() const { return grid_; }
  [[nodiscard]] const parallel::Communicator& processes() const { return processes_; }
  [[nodiscard]] std::size_t size() const { return planes_ * plane_size_; }
  [[nodiscard]] std::size_t first() const { return first_plane_ * plane_size_; }
  [[nodiscard]] std::size_t first_plane() const { return first_plane_; }
  [[nodiscard]] std::size_t planes() const { return planes_; }
  [[nodiscard]] std::size_t plane_size() const {
    return plane_size_;
  }  ///< cells with one index on the last axis
  /// Every cell cut in `factor` along each axis, on the process that holds the cell.
  [[nodiscard]] GridPart refined(std::size_t factor) const {
    return {grid_.refined(factor), processes_, run_ * factor};
  }
  [[nodiscard]] Index index(std::size_t local) const { return grid_.index(first() + local); }
  [[nodiscard]] double volume(std::size_t local) const { return grid_.volume(index(local)); }
  /// First plane of each process's share, and at the end the number of planes.
  [[nodiscard]] std::vector<std::size_t> plane_starts() const;

 private:
  Grid grid_;
  parallel::Communicator processes_ = parallel::Communicator::self();
  std::size_t run_ = 1, first_plane_ = 0, planes_ = 0, plane_size_ = 0;
};

/// Sum over all cells of all processes, the local terms added pairwise.
double total(const GridPart& part, std::span<const double> on_part);

/// Sum over all cells of |p - q|: the L1 distance of two laws with constant density in each cell.
double l1_distance(const GridPart& part, std::span<const double> p, std::span<const double> q);

/// Mass of each cell of axis `a`: the marginal law of that variable. Whole on every process.
std::vector<double> marginal(const GridPart& part, std::span<const double> masses, std::size_t a);

/// Mass of each cell of the plane of axes `a` and `b` (b slower), merged so that neither side has more than
/// `most` cells. Whole on every process; for pictures.
struct PlaneMarginal {
  std::vector<double> edges_a, edges_b;
  std::vector<double> masses;  ///< index i + na * j
};
PlaneMarginal plane_marginal(const GridPart& part, std::span<const double> masses, std::size_t a,
                             std::size_t b, std::size_t most);

}  // namespace fpk::law
