#include "law/quadrature.hpp"

#include <algorithm>
#include <cmath>

#include "formula/block_math.hpp"
#include "formula/program.hpp"
#include "law/exponential_mean.hpp"
#include "parallel/threads.hpp"

namespace fpk::law {

// Abramowitz, Stegun 1964, table 25.4, moved from [-1, 1] to [0, 1].
const std::array<double, gauss_nodes> gauss_node = {0.069431844202973712388, 0.330009478207571867599,
                                                    0.669990521792428132401, 0.930568155797026287612};
const std::array<double, gauss_nodes> gauss_weight = {0.173927422568726928687, 0.326072577431273071313,
                                                      0.326072577431273071313, 0.173927422568726928687};

namespace {

std::vector<std::string> axis_names(const Grid& grid) {
  std::vector<std::string> names;
  for (const auto& a : grid.axes()) names.push_back(a.name());
  return names;
}

/// Nodes of one cell: 4^d tensor points, axis 0 fastest.
std::size_t nodes_per_cell(std::size_t dimension) {
  std::size_t n = 1;
  for (std::size_t a = 0; a < dimension; ++a) n *= gauss_nodes;
  return n;
}

double node_weight(std::size_t node, std::size_t dimension) {
  double w = 1;
  for (std::size_t a = 0; a < dimension; ++a, node /= gauss_nodes) w *= gauss_weight[node % gauss_nodes];
  return w;
}

void place_nodes(const Grid& grid, const NodeBox& box, const std::array<bool, max_dimension>& wrap,
                 std::size_t nodes, std::span<double*> x, std::size_t offset) {
  for (std::size_t q = 0; q < nodes; ++q) {
    std::size_t rest = q;
    for (std::size_t a = 0; a < x.size(); ++a, rest /= gauss_nodes) {
      double at = box.lower[a] + (box.upper[a] - box.lower[a]) * gauss_node[rest % gauss_nodes];
      if (wrap[a] && at > grid.axis(a).upper()) at -= grid.axis(a).length();
      x[a][offset + q] = at;
    }
  }
}

void for_cells(const GridPart& part, const std::vector<formula::Formula>& formulas,
               const ReduceBoxes& reduce) {
  for_boxes(
      part.grid(), part.size(), [&](std::size_t c) { return cell_box(part, c); }, formulas, {}, reduce);
}

/// Turns exponents into exp(exponent - largest of its cell), in place; returns the largest of each cell.
std::vector<double> shifted_exponentials(double* exponents, std::size_t cells, std::size_t nodes) {
  std::vector<double> largest(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    double* e = exponents + c * nodes;
    largest[c] = *std::max_element(e, e + nodes);
    for (std::size_t q = 0; q < nodes; ++q) e[q] -= largest[c];
  }
  formula::block_exp(exponents, exponents, cells * nodes);
  return largest;
}

double weighted_sum(const double* values, const std::vector<double>& w) {
  double s = 0;
  for (std::size_t q = 0; q < w.size(); ++q) s += w[q] * values[q];
  return s;
}

}  // namespace

NodeBox cell_box(const GridPart& part, std::size_t cell) {
  const Index i = part.index(cell);
  NodeBox box;
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
    box.lower[a] = part.grid().axis(a).edge(i[a]);
    box.upper[a] = part.grid().axis(a).edge(i[a] + 1);
  }
  return box;
}

std::vector<double> node_weights(std::size_t dimension) {
  std::vector<double> w(nodes_per_cell(dimension));
  for (std::size_t q = 0; q < w.size(); ++q) w[q] = node_weight(q, dimension);
  return w;
}

void for_boxes(const Grid& grid, std::size_t count, const BoxOf& box_of,
               const std::vector<formula::Formula>& formulas, const std::array<bool, max_dimension>& wrap,
               const ReduceBoxes& reduce) {
  const formula::Program program(formulas, axis_names(grid));
  const std::size_t d = grid.dimension(), nodes = nodes_per_cell(d), run = 4096 / nodes;
  const auto arrays = [&](std::size_t n) { return std::vector<double>(n * run * nodes); };
  parallel::for_each_chunk(count, run, [&](std::size_t begin, std::size_t end, std::size_t) {
    auto points = arrays(d), values = arrays(formulas.size());
    std::vector<double*> x, y;
    for (std::size_t a = 0; a < d; ++a) x.push_back(points.data() + a * run * nodes);
    for (std::size_t k = 0; k < formulas.size(); ++k) y.push_back(values.data() + k * run * nodes);
    for (std::size_t c = begin; c < end; ++c)
      place_nodes(grid, box_of(c), wrap, nodes, x, (c - begin) * nodes);
    program.evaluate(std::vector<const double*>(x.begin(), x.end()), (end - begin) * nodes, y);
    reduce(begin, end - begin, y);
  });
}

std::vector<double> cell_averages(const GridPart& part, const formula::Formula& f) {
  std::vector<double> averages(part.size());
  const auto w = node_weights(part.grid().dimension());
  for_cells(part, {f}, [&](std::size_t first, std::size_t cells, std::span<double* const> values) {
    for (std::size_t c = 0; c < cells; ++c) averages[first + c] = weighted_sum(values[0] + c * w.size(), w);
  });
  return averages;
}

std::vector<double> log_cell_averages(const GridPart& part, const formula::Formula& exponent) {
  return log_means(cell_boxes(part), formula::Program(exponent, axis_names(part.grid())));
}

std::vector<double> weighted_cell_averages(const GridPart& part, const formula::Formula& f,
                                           const formula::Formula& exponent) {
  std::vector<double> averages(part.size());
  const auto w = node_weights(part.grid().dimension());
  for_cells(part, {f, exponent}, [&](std::size_t first, std::size_t cells, std::span<double* const> values) {
    shifted_exponentials(values[1], cells, w.size());
    for (std::size_t c = 0; c < cells; ++c) {
      const double *y = values[0] + c * w.size(), *e = values[1] + c * w.size();
      double weight = 0, sum = 0;
      for (std::size_t q = 0; q < w.size(); ++q) {
        weight += w[q] * e[q];
        sum += w[q] * e[q] * y[q];
      }
      averages[first + c] = sum / weight;
    }
  });
  return averages;
}

std::vector<double> center_values(const GridPart& part, const formula::Formula& f) {
  const std::size_t d = part.grid().dimension();
  const formula::Program program(f, axis_names(part.grid()));
  std::vector<std::vector<double>> x(d, std::vector<double>(part.size()));
  for (std::size_t c = 0; c < part.size(); ++c) {
    const Point center = part.grid().center(part.index(c));
    for (std::size_t a = 0; a < d; ++a) x[a][c] = center[a];
  }
  std::vector<const double*> in;
  for (const auto& axis : x) in.push_back(axis.data());
  std::vector<double> values(part.size());
  double* out = values.data();
  program.evaluate(in, part.size(), std::span<double* const>(&out, 1));
  return values;
}

}  // namespace fpk::law
