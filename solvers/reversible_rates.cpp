#include "solvers/reversible_rates.hpp"

#include <algorithm>
#include <cmath>

#include "formula/block_math.hpp"
#include "law/quadrature.hpp"
#include "solvers/faces.hpp"
#include "solvers/flux/bernoulli.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;
using law::NodeBox;
using model::Boundary;

constexpr std::size_t nodes = law::gauss_nodes;

/// ln of the weighted mean of exp(values), the values `stride` apart; overwrites them.
double log_mean_exp(double* values, std::size_t stride) {
  double largest = values[0];
  for (std::size_t q = 1; q < nodes; ++q) largest = std::max(largest, values[q * stride]);
  double sum = 0;
  for (std::size_t q = 0; q < nodes; ++q)
    sum += law::gauss_weight[q] * std::exp(values[q * stride] - largest);
  return largest + std::log(sum);
}

/// Replaces each line of nodes along `axis` of a 4^d block by one value; returns how many are left.
std::size_t reduce_axis(double* values, std::size_t count, std::size_t stride) {
  std::size_t left = 0;
  for (std::size_t outer = 0; outer < count; outer += nodes * stride)
    for (std::size_t inner = 0; inner < stride; ++inner)
      values[left++] = log_mean_exp(values + outer + inner, stride);
  return left;
}

/// ln of the mean of exp(values) over a block of 4^d values, one axis after another.
double log_mean_block(double* values, std::size_t count) {
  while (count > 1) count = reduce_axis(values, count, 1);
  return values[0];
}

/// ln R for each box: R = mean over the cross section of 1 / (mean of exp(e) along `axis`).
std::vector<double> log_resistances(const law::Grid& grid, std::size_t count, const law::BoxOf& box,
                                    const Formula& e, std::size_t axis,
                                    const std::array<bool, law::max_dimension>& wrap) {
  std::size_t block = 1, stride = 1;
  for (std::size_t a = 0; a < grid.dimension(); ++a) block *= nodes;
  for (std::size_t a = 0; a < axis; ++a) stride *= nodes;
  std::vector<double> logs(count);
  law::for_boxes(grid, count, box, {e}, wrap,
                 [&](std::size_t first, std::size_t boxes, std::span<double* const> v) {
                   for (std::size_t i = 0; i < boxes; ++i) {
                     double* values = v[0] + i * block;
                     const std::size_t left = reduce_axis(values, block, stride);
                     for (std::size_t q = 0; q < left; ++q) values[q] = -values[q];
                     logs[first + i] = log_mean_block(values, left);
                   }
                 });
  return logs;
}

/// ln of the mean of exp(e) over each box.
std::vector<double> log_means(const law::Grid& grid, std::size_t count, const law::BoxOf& box,
                              const Formula& e) {
  std::size_t block = 1;
  for (std::size_t a = 0; a < grid.dimension(); ++a) block *= nodes;
  std::vector<double> logs(count);
  law::for_boxes(grid, count, box, {e}, {},
                 [&](std::size_t first, std::size_t boxes, std::span<double* const> v) {
                   for (std::size_t i = 0; i < boxes; ++i)
                     logs[first + i] = log_mean_block(v[0] + i * block, block);
                 });
  return logs;
}

struct Builder {
  const model::Process& process;
  const law::GridPart& part;
  const FaceWeight& weight;
  Formula energy;  ///< L / D
  double D;
  Field U;  ///< free energy per cell average
  Rates rates;

  void add_faces(const Faces& faces, const model::Side& side) {
    const auto log_R = log_resistances(
        part.grid(), part.size(), [&](std::size_t c) { return faces.box(c); }, energy, faces.axis(),
        faces.wrap());
    Family family{faces.stride(), Field(part, rates.periodic), Field(part, rates.periodic)};
    for (std::size_t c = 0; c < part.size(); ++c) {
      const Join join = faces.above(c);
      if (join == Join::wall) continue;
      const auto above = faces.cell_above(c);
      const double U_i = U.data()[c], U_j = U.data()[above], z = U_j - U_i, delta = faces.distance(c);
      const double factor = D / delta * std::exp(weight.log_factor(z, log_R[c] + (U_i + U_j) / 2));
      const double forward = factor / faces.width(c) * bernoulli(z);
      const double backward = factor / faces.width_above(c) * bernoulli(-z);
      if (join == Join::link) {
        rates.links.push_back({static_cast<std::ptrdiff_t>(c), above, forward, backward});
      } else {
        family.forward.data()[c] = forward;
        family.backward.data()[c] = backward;
      }
    }
    rates.families.push_back(std::move(family));
    if (side.upper_boundary == Boundary::absorbing) absorb(faces, true);
    if (side.lower_boundary == Boundary::absorbing) absorb(faces, false);
  }

  /// p = 0 on the wall, half a cell from the centre: the same weight between the cell and the wall's free
  /// energy.
  void absorb(const Faces& faces, bool upper) {
    std::vector<std::size_t> cells;
    for (std::size_t c = 0; c < part.size(); ++c)
      if (upper ? faces.above(c) == Join::wall : faces.at_lower_wall(c)) cells.push_back(c);
    const auto box = [&](std::size_t k) {
      return upper ? faces.box(cells[k]) : faces.lower_wall_box(cells[k]);
    };
    const auto face = [&](std::size_t k) { return faces.face(cells[k], upper); };
    const auto log_R = log_resistances(part.grid(), cells.size(), box, energy, faces.axis(), {});
    const auto log_wall = log_means(part.grid(), cells.size(), face, -energy);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const std::size_t c = cells[k];
      const double U_i = U.data()[c], U_wall = -log_wall[k], z = U_wall - U_i, width = faces.width(c);
      const double factor = std::exp(weight.log_factor(z, log_R[k] + (U_i + U_wall) / 2));
      rates.absorb(c, faces.axis(), upper, D / (0.5 * width * width) * bernoulli(z) * factor);
    }
  }
};

}  // namespace

Rates reversible_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                       const FaceWeight& weight) {
  const double D = process.reversible->temperature;
  Rates empty(part, domain);
  Builder builder{process,
                  part,
                  weight,
                  process.reversible->potential / Formula(D),
                  D,
                  Field(part, empty.periodic),
                  std::move(empty)};

  const auto log_average = law::log_cell_averages(part, -builder.energy);
  std::transform(log_average.begin(), log_average.end(), builder.U.data(), [](double l) { return -l; });
  builder.U.exchange();
  std::vector<double> log_weights(part.size());
  for (std::size_t c = 0; c < log_weights.size(); ++c)
    log_weights[c] = log_average[c] + std::log(part.volume(c));
  builder.rates.log_weights = std::move(log_weights);

  for (std::size_t a = 0; a < part.grid().dimension(); ++a)
    builder.add_faces(Faces(part, domain, a), domain.sides[a]);
  return std::move(builder.rates);
}

}  // namespace fpk::solvers
