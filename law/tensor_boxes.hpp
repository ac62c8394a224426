// Boxes in rows and columns -- the cells of a grid, or what lies between their centres -- and the values of a
// formula at their Gauss nodes, node by node:
//
//      box 0   box 1  ...  box 255        values[q][i]: node q of box first + i
//     | q . . | q . . |   | q . . |       one block of the compiled formula for each node, so that whatever is
//     | . . . | . . . |   | . . . |       done to a node is done to 256 boxes at once
#pragma once

#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "formula/program.hpp"
#include "law/grid.hpp"

namespace fpk::law {

struct Interval {
  double lower, width;
};

struct TensorBoxes {
  std::vector<std::vector<Interval>> of_axis;  ///< box (i, j, k) is the product; i varies fastest
  /// Coordinates above `upper` of their axis are brought back by `period`.
  struct Ring {
    double upper = std::numeric_limits<double>::infinity(), period = 0;
  };
  std::array<Ring, max_dimension> rings{};

  [[nodiscard]] std::size_t dimension() const { return of_axis.size(); }
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t nodes() const;  ///< of one box: 4^d, axis 0 fastest
};

/// The cells of a part, in their order.
TensorBoxes cell_boxes(const GridPart& part);

/// The boxes shrunk to their centres: a mean over one is the value there.
TensorBoxes centres(TensorBoxes boxes);

/// Boxes handled at once: the block of a compiled formula.
inline constexpr std::size_t box_run = formula::block_width;

/// reduce(first, count, values): values[q][i], i < count, is the formula at node q of box first + i; all
/// box_run entries hold numbers (the last box repeated), and may be overwritten. Called from several threads,
/// for disjoint runs.
using ReduceNodes = std::function<void(std::size_t, std::size_t, std::span<double* const>)>;
/// `program`: one formula of the coordinates.
void at_nodes(const TensorBoxes& boxes, const formula::Program& program, const ReduceNodes& reduce);

}  // namespace fpk::law
