#include "law/exponential_mean.hpp"

#include <algorithm>
#include <cmath>

#include "formula/block_math.hpp"
#include "law/exponential_mean_kernels.hpp"
#include "law/quadrature.hpp"
#include "parallel/instruction_set.hpp"

namespace fpk::law {
namespace {

const ExponentialKernels& kernels() { return FPK_KERNELS_IN_USE(exponential_kernels); }

/// Exponents that differ by more than this are left to the careful way: shifted exponentials and the reciprocal of
/// their sum are then all normal numbers.
constexpr double largest_spread = 600;

struct Shift {
  double least[box_run], largest[box_run];
  double spread = 0;  ///< the largest in any box

  explicit Shift(std::span<double* const> values) {
    kernels().range(values.data(), values.size(), least, largest);
    for (std::size_t i = 0; i < box_run; ++i)
      if (!(largest[i] - least[i] <= spread)) spread = largest[i] - least[i];  // a NaN stays
  }
  [[nodiscard]] bool is_small() const { return spread <= largest_spread; }
};

/// ln sum_q w_q exp(e_q)
double log_sum(const double* e, const double* w, std::size_t n) {
  const double largest = *std::max_element(e, e + n);
  double sum = 0;
  for (std::size_t q = 0; q < n; ++q) sum += w[q] * std::exp(e[q] - largest);
  return largest + std::log(sum);
}

/// The nodes of a box as lines along an axis.
struct Lines {
  Lines(std::size_t nodes, std::size_t dimension, std::size_t axis)
      : weights(node_weights(dimension - 1)), count(weights.size()) {
    std::size_t stride = 1;
    for (std::size_t a = 0; a < axis; ++a) stride *= gauss_nodes;
    for (std::size_t outer = 0; outer < nodes; outer += gauss_nodes * stride)
      for (std::size_t inner = 0; inner < stride; ++inner)
        for (std::size_t q = 0; q < gauss_nodes; ++q) node.push_back(outer + inner + q * stride);
  }
  std::vector<double> weights;    ///< of the lines, in the cross section
  std::size_t count;              ///< of lines
  std::vector<std::size_t> node;  ///< the four of line l from 4 l on
};

/// ln R of one box, every sum with a shift of its own.
double careful_log_resistance(std::span<double* const> values, const Lines& lines, std::size_t box) {
  std::vector<double> conductance(lines.count);
  std::array<double, gauss_nodes> e{};
  for (std::size_t l = 0; l < lines.count; ++l) {
    for (std::size_t q = 0; q < gauss_nodes; ++q) e[q] = values[lines.node[gauss_nodes * l + q]][box];
    conductance[l] = -log_sum(e.data(), gauss_weight.data(), gauss_nodes);
  }
  return log_sum(conductance.data(), lines.weights.data(), lines.count);
}

}  // namespace

std::vector<double> log_means(const TensorBoxes& boxes, const formula::Program& exponent) {
  std::vector<double> logs(boxes.size());
  const auto weights = node_weights(boxes.dimension());
  at_nodes(boxes, exponent, [&](std::size_t first, std::size_t count, std::span<double* const> values) {
    const Shift shift(values);
    double sum[box_run];
    kernels().sum(values.data(), weights.data(), weights.size(), shift.largest, shift.is_small(), sum);
    formula::block_log(sum, sum, box_run);
    for (std::size_t i = 0; i < count; ++i) logs[first + i] = shift.largest[i] + sum[i];
  });
  return logs;
}

std::vector<double> log_resistances(const TensorBoxes& boxes, const formula::Program& exponent,
                                    std::size_t axis) {
  std::vector<double> logs(boxes.size());
  const Lines lines(boxes.nodes(), boxes.dimension(), axis);
  at_nodes(boxes, exponent, [&](std::size_t first, std::size_t count, std::span<double* const> values) {
    const Shift shift(values);
    if (!shift.is_small()) {
      for (std::size_t i = 0; i < count; ++i) logs[first + i] = careful_log_resistance(values, lines, i);
      return;
    }
    double sum[box_run], mean[box_run] = {};
    std::array<const double*, gauss_nodes> line{};
    for (std::size_t l = 0; l < lines.count; ++l) {
      for (std::size_t q = 0; q < gauss_nodes; ++q) line[q] = values[lines.node[gauss_nodes * l + q]];
      kernels().sum(line.data(), gauss_weight.data(), gauss_nodes, shift.largest, true, sum);
      for (std::size_t i = 0; i < box_run; ++i) mean[i] += lines.weights[l] / sum[i];
    }
    formula::block_log(mean, mean, box_run);
    for (std::size_t i = 0; i < count; ++i) logs[first + i] = mean[i] - shift.largest[i];
  });
  return logs;
}

}  // namespace fpk::law
