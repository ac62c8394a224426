#include "law/initial_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "law/exact/tabulated.hpp"
#include "law/exact/uniform.hpp"
#include "law/gauss.hpp"

namespace fpk::law {
namespace {

constexpr std::size_t hermite_nodes = 32;   ///< a u that varies over a standard deviation: below 1e-14
constexpr std::size_t legendre_nodes = 48;  ///< the normal density over 18 standard deviations: below 1e-13
constexpr std::size_t nodes_in_cell = 6;    ///< of a table, whose cells are small
constexpr double widest = 9;                ///< standard deviations; beyond lies 2e-19
constexpr double unfelt = 8.3;              ///< a wall as far as this cuts off less than round-off

/// Tensor product of one rule for each axis.
std::vector<WeightedPoint> product(const std::vector<std::vector<Node>>& rules) {
  std::vector<WeightedPoint> all{{{}, 1}};
  for (std::size_t a = 0; a < rules.size(); ++a) {
    std::vector<WeightedPoint> more;
    more.reserve(all.size() * rules[a].size());
    for (const auto& [value, weight] : rules[a])
      for (auto point : all) {
        point.x[a] = value;
        point.weight *= weight;
        more.push_back(point);
      }
    all = std::move(more);
  }
  return all;
}

std::vector<Node> between(double lower, double upper, std::size_t n) {
  auto rule = gauss_legendre(n);
  for (auto& node : rule) node.value = lower + (upper - lower) * node.value;
  return rule;
}

/// A standard normal law between two walls.
std::vector<Node> cut_normal(double lower, double upper) {
  if (lower < -unfelt && upper > unfelt) return gauss_hermite(hermite_nodes);
  auto rule = between(std::max(lower, -widest), std::min(upper, widest), legendre_nodes);
  double sum = 0;
  for (auto& [z, weight] : rule) sum += weight *= std::exp(-0.5 * z * z);
  for (auto& node : rule) node.weight /= sum;
  return rule;
}

std::vector<WeightedPoint> nodes_of(const Gaussian& law) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto d = law.mean().size();
  std::vector<std::vector<Node>> rules;
  for (Eigen::Index a = 0; a < d; ++a)
    rules.push_back(law.box() ? cut_normal(law.box()->first[a], law.box()->second[a])
                              : cut_normal(-infinity, infinity));
  const Eigen::MatrixXd root = law.covariance().llt().matrixL();
  auto all = product(rules);
  for (auto& point : all) {
    Eigen::VectorXd z(d);
    for (Eigen::Index a = 0; a < d; ++a) z[a] = point.x[static_cast<std::size_t>(a)];
    const Eigen::VectorXd x = law.mean() + root * z;
    for (Eigen::Index a = 0; a < d; ++a) point.x[static_cast<std::size_t>(a)] = x[a];
  }
  return all;
}

std::vector<WeightedPoint> nodes_of(const Uniform& law) {
  std::vector<std::vector<Node>> rules;
  for (std::size_t a = 0; a < law.dimension(); ++a)
    rules.push_back(between(law.lower()[a], law.upper()[a], legendre_nodes));
  return product(rules);
}

std::vector<WeightedPoint> nodes_of(const Tabulated& law) {
  const GridPart part(law.grid());
  const auto masses = law.cell_masses(part);
  std::vector<WeightedPoint> all;
  for (std::size_t c = 0; c < masses.size(); ++c) {
    if (masses[c] == 0) continue;
    const Index i = part.index(c);
    std::vector<std::vector<Node>> rules;
    for (std::size_t a = 0; a < law.dimension(); ++a)
      rules.push_back(
          between(law.grid().axis(a).edge(i[a]), law.grid().axis(a).edge(i[a] + 1), nodes_in_cell));
    for (auto point : product(rules)) {
      point.weight *= masses[c];
      all.push_back(point);
    }
  }
  return all;
}

}  // namespace

std::vector<WeightedPoint> initial_nodes(const InitialLaw& law) {
  if (const auto* gaussian = dynamic_cast<const Gaussian*>(&law)) return nodes_of(*gaussian);
  if (const auto* uniform = dynamic_cast<const Uniform*>(&law)) return nodes_of(*uniform);
  if (const auto* tabulated = dynamic_cast<const Tabulated*>(&law)) return nodes_of(*tabulated);
  const auto* point = dynamic_cast<const PointMass*>(&law);
  if (point == nullptr) throw std::invalid_argument("this initial law has no quadrature");
  WeightedPoint only{{}, 1};
  std::copy(point->position().begin(), point->position().end(), only.x.begin());
  return {only};
}

}  // namespace fpk::law
