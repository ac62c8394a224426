#include "app/stationary_mean.hpp"

#include <algorithm>
#include <cmath>

#include "formula/program.hpp"
#include "law/gauss.hpp"

namespace fpk::app {
namespace {

constexpr std::size_t nodes_a_panel = 12;

/// Nodes of Gauss and Legendre on equal panels between a and b.
std::vector<law::Node> panelled(double a, double b, std::size_t panels) {
  const double length = (b - a) / static_cast<double>(panels);
  std::vector<law::Node> all;
  for (std::size_t k = 0; k < panels; ++k)
    for (const auto& [place, weight] : law::gauss_legendre(nodes_a_panel))
      all.push_back({a + length * (static_cast<double>(k) + place), length * weight});
  return all;
}

struct Points {
  std::vector<std::vector<double>> x;
  std::vector<double> weight;
};

Points points_of(const model::Domain& domain, std::size_t panels) {
  Points all{std::vector<std::vector<double>>(domain.dimension()), {1.0}};
  for (std::size_t a = 0; a < domain.dimension(); ++a) {
    const auto rule = panelled(domain.sides[a].lower, domain.sides[a].upper, panels);
    Points more{std::vector<std::vector<double>>(domain.dimension()), {}};
    for (const auto& [value, weight] : rule)
      for (std::size_t i = 0; i < all.weight.size(); ++i) {
        for (std::size_t b = 0; b < a; ++b) more.x[b].push_back(all.x[b][i]);
        more.x[a].push_back(value);
        more.weight.push_back(weight * all.weight[i]);
      }
    all = std::move(more);
  }
  return all;
}

double mean_on(const io::Case& problem, const formula::Program& both, std::size_t panels) {
  const auto points = points_of(problem.domain, panels);
  const std::size_t n = points.weight.size();
  std::vector<const double*> in;
  for (const auto& x : points.x) in.push_back(x.data());
  std::vector<double> f(n), log_density(n);
  const std::vector<double*> out{f.data(), log_density.data()};
  both.evaluate(in, n, out);
  const double top = *std::max_element(log_density.begin(), log_density.end());
  double mean = 0, mass = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double weight = points.weight[i] * std::exp(log_density[i] - top);
    if (weight == 0) continue;
    mean += weight * f[i];
    mass += weight;
  }
  return mean / mass;
}

}  // namespace

std::optional<verification::Value> stationary_mean(const io::Case& problem,
                                                   const law::Observable& observable) {
  const auto log_density = problem.process.log_stationary();
  if (!log_density || !problem.domain.is_closed() || problem.process.depends_on_time() ||
      problem.process.dimension() > 2)
    return std::nullopt;
  const std::vector<formula::Formula> outputs{observable.formula, *log_density};
  const formula::Program both(outputs, problem.process.variables);
  const std::size_t panels = problem.process.dimension() == 1 ? 256 : 32;
  const double half = mean_on(problem, both, panels / 2), whole = mean_on(problem, both, panels);
  if (!std::isfinite(whole) || !std::isfinite(half)) return std::nullopt;
  return verification::Value{whole, std::max(std::abs(whole - half), 1e-14 * std::abs(whole))};
}

}  // namespace fpk::app
