#include "sde/quadrature/branches.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::sde {
namespace {

constexpr double widest = 8.5;  ///< beyond lies 2e-17 of the normal law
constexpr int samples_a_deviation = 4;
constexpr int samples = static_cast<int>(2 * widest * samples_a_deviation) + 1;
constexpr int bisections = 54;  ///< a quarter to round-off
constexpr double no_width = 1e-13;

double sample(int k) { return -widest + static_cast<double>(k) / samples_a_deviation; }

/// An interval at whose ends the branches differ.
struct Change {
  std::size_t from;
  double lower, upper;
  long branch_below;
};

std::vector<Change> changes(std::size_t points, const BranchesOf& branches_of) {
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < points; ++i)
    for (int k = 0; k < samples; ++k) trials.push_back({i, sample(k)});
  const auto branches = branches_of(trials);
  std::vector<Change> found;
  for (std::size_t j = 0; j + 1 < trials.size(); ++j)
    if (trials[j].from == trials[j + 1].from && branches[j] != branches[j + 1])
      found.push_back({trials[j].from, trials[j].xi, trials[j + 1].xi, branches[j]});
  return found;
}

void bisect(std::vector<Change>& all, const BranchesOf& branches_of) {
  std::vector<Trial> middles(all.size());
  for (int step = 0; step < bisections; ++step) {
    for (std::size_t j = 0; j < all.size(); ++j)
      middles[j] = {all[j].from, 0.5 * (all[j].lower + all[j].upper)};
    const auto branches = branches_of(middles);
    for (std::size_t j = 0; j < all.size(); ++j)
      (branches[j] == all[j].branch_below ? all[j].lower : all[j].upper) = middles[j].xi;
  }
}

std::vector<law::Node> between(std::vector<double> cuts, const std::vector<law::Node>& unit) {
  for (double whole = std::ceil(-widest); whole < widest; ++whole) cuts.push_back(whole);
  cuts.push_back(-widest);
  cuts.push_back(widest);
  std::sort(cuts.begin(), cuts.end());
  std::vector<law::Node> nodes;
  double sum = 0;
  for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
    const double width = cuts[k + 1] - cuts[k];
    if (width < no_width) continue;
    for (const auto& [place, weight] : unit) {
      const double xi = cuts[k] + width * place;
      nodes.push_back({xi, width * weight * std::exp(-0.5 * xi * xi)});
      sum += nodes.back().weight;
    }
  }
  for (auto& node : nodes) node.weight /= sum;
  return nodes;
}

}  // namespace

std::vector<std::vector<law::Node>> nodes_between_branches(std::size_t points, const BranchesOf& branches_of,
                                                           std::size_t nodes_a_piece) {
  auto found = changes(points, branches_of);
  std::vector<std::vector<law::Node>> nodes(points);
  if (found.empty()) return nodes;
  bisect(found, branches_of);
  std::vector<std::vector<double>> cuts(points);
  for (const auto& change : found) cuts[change.from].push_back(0.5 * (change.lower + change.upper));
  const auto unit = law::gauss_legendre(nodes_a_piece);
  for (std::size_t i = 0; i < points; ++i)
    if (!cuts[i].empty()) nodes[i] = between(cuts[i], unit);
  return nodes;
}

}  // namespace fpk::sde
