#include "app/noise_path.hpp"

#include <cmath>
#include <limits>

namespace fpk::app {
namespace {

std::vector<double> initial_mean(const io::Case& problem) {
  std::vector<law::Observable> coordinates;
  for (const auto& p : problem.loss->parameters) coordinates.push_back({p, formula::Formula::variable(p)});
  std::vector<double> mean;
  for (const auto& e : problem.initial->expectations(coordinates)) mean.push_back(e.value);
  return mean;
}

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double square = 0;
  for (std::size_t i = 0; i < a.size(); ++i) square += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(square);
}

}  // namespace

std::vector<solvers::FlowPoint> noise_path(const io::Case& problem) {
  const auto& listed = problem.noise.path;
  if (listed.empty())
    return solvers::gradient_flow(problem.loss->mean(), problem.loss->parameters, initial_mean(problem),
                                  problem.times.back(), problem.noise.points);
  std::vector<solvers::FlowPoint> path;
  for (const auto& at : listed)
    path.push_back({std::numeric_limits<double>::quiet_NaN(),
                    path.empty() ? 0 : path.back().length + distance(path.back().at, at), at});
  return path;
}

}  // namespace fpk::app
