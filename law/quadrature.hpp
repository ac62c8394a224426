// Averages over the cells of a grid, by Gauss-Legendre quadrature with four nodes along each axis (exact for
// polynomials of degree 7 in each variable; error of a smooth average O(h^8)).
//
// Formulas are in the variables named by the grid's axes. All results are on the part.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "formula/formula.hpp"
#include "law/grid.hpp"

namespace fpk::law {

inline constexpr std::size_t gauss_nodes = 4;
/// Nodes and weights on [0, 1]; the weights sum to 1.
extern const std::array<double, gauss_nodes> gauss_node, gauss_weight;

/// (1/|c|) integral over c of f.
std::vector<double> cell_averages(const GridPart& part, const formula::Formula& f);

/// ln[ (1/|c|) integral over c of exp(exponent) ], shifted inside each cell so that nothing overflows.
std::vector<double> log_cell_averages(const GridPart& part, const formula::Formula& exponent);

/// integral over c of f exp(exponent) / integral over c of exp(exponent).
std::vector<double> weighted_cell_averages(const GridPart& part, const formula::Formula& f,
                                           const formula::Formula& exponent);

/// A box to integrate over, and the formulas' values at its tensor nodes (axis 0 fastest).
struct NodeBox {
  Point lower{}, upper{};
};
/// The box of a cell of the part.
NodeBox cell_box(const GridPart& part, std::size_t cell);

using BoxOf = std::function<NodeBox(std::size_t)>;
/// reduce(first, count, values): values[k] holds formula k at the nodes of boxes first, ..., first + count -
/// 1 in turn; it may be overwritten. Called from several threads, for disjoint runs.
using ReduceBoxes = std::function<void(std::size_t, std::size_t, std::span<double* const>)>;

/// Evaluates the formulas at the 4^d nodes of `count` boxes. `wrap[a]` brings coordinates beyond the upper
/// end of axis a back by a period.
void for_boxes(const Grid& grid, std::size_t count, const BoxOf& box_of,
               const std::vector<formula::Formula>& formulas, const std::array<bool, max_dimension>& wrap,
               const ReduceBoxes& reduce);

/// Tensor weights of the nodes of a box, summing to 1.
std::vector<double> node_weights(std::size_t dimension);

/// Point values at the cell centres.
std::vector<double> center_values(const GridPart& part, const formula::Formula& f);

}  // namespace fpk::law
