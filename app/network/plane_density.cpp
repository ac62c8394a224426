#include "app/network/plane_density.hpp"

#include <algorithm>
#include <cmath>

#include "law/exact/point.hpp"
#include "verification/distance/functions.hpp"
#include "verification/exact_sample.hpp"

namespace fpk::app {
namespace {

/// Cells along each side in which total variation is told: with a few hundred points, finer ones would show nothing but chance.
constexpr std::size_t merged_cells = 12;

double merged_total_variation(const law::GridPart& part, std::span<const double> p,
                              std::span<const double> q) {
  const auto a = law::plane_marginal(part, p, 0, 1, merged_cells),
             b = law::plane_marginal(part, q, 0, 1, merged_cells);
  double sum = 0;
  for (std::size_t c = 0; c < a.masses.size(); ++c) sum += std::abs(a.masses[c] - b.masses[c]) / 2;
  return sum;
}

}  // namespace

io::Case plane_case(model::Process process, const std::array<double, 2>& half_width, std::size_t cells,
                    std::vector<double> times) {
  io::Case c;
  for (std::size_t a = 0; a < 2; ++a) {
    c.domain.sides.push_back({process.variables[a], -half_width[a], half_width[a]});
    c.axes.emplace_back(process.variables[a], -half_width[a], half_width[a], cells);
  }
  c.initial = std::make_shared<law::PointMass>(process.variables, std::vector<double>{0, 0});
  c.times = std::move(times);
  c.density.tolerance = 1e-6;
  c.process = std::move(process);
  return c;
}

void advance(const io::Case& problem, const model::Process& by, const law::GridPart& part, double duration,
             std::vector<double>& masses) {
  const solvers::PropagatorTask task{
      solvers::generator_in_time(by, problem.domain, part, problem.density.flux),
      false,
      duration,
      problem.density.tolerance,
      {duration}};
  solvers::choose_propagator("auto", task).propagator->make(task)->advance(masses, 0, duration, {});
}

io::PlaneMoments moments(const law::GridPart& part, std::span<const double> masses) {
  std::array<std::vector<double>, 5> terms;
  for (auto& t : terms) t.resize(part.size());
  for (std::size_t c = 0; c < part.size(); ++c) {
    const auto x = part.grid().center(part.index(c));
    const double of[5] = {x[0], x[1], x[0] * x[0], x[0] * x[1], x[1] * x[1]};
    for (std::size_t k = 0; k < 5; ++k) terms[k][c] = of[k] * masses[c];
  }
  io::PlaneMoments m;
  for (std::size_t k = 0; k < 5; ++k) m[k] = law::total(part, terms[k]);
  return {m[0], m[1], m[2] - m[0] * m[0], m[3] - m[0] * m[1], m[4] - m[1] * m[1]};
}

std::vector<double> histogram(const law::GridPart& part, const Eigen::MatrixXd& points) {
  std::vector<double> masses(part.size(), 0);
  const auto& grid = part.grid();
  for (Eigen::Index n = 0; n < points.cols(); ++n) {
    const std::size_t c = grid.flat({grid.axis(0).find(points(0, n)), grid.axis(1).find(points(1, n)), 0});
    if (c >= part.first() && c < part.first() + part.size())
      masses[c - part.first()] += 1 / static_cast<double>(points.cols());
  }
  return masses;
}

io::PlaneDistanceRecord plane_distance(const law::GridPart& part, std::span<const double> density,
                                       const Eigen::MatrixXd& points, std::size_t references,
                                       const std::function<double(std::int64_t, std::size_t)>& uniform) {
  const auto own = histogram(part, points);
  io::PlaneDistanceRecord r;
  r.total_variation = merged_total_variation(part, own, density);
  r.wasserstein_1 = verification::wasserstein_1(part, own, density);
  for (std::size_t k = 0; k < references; ++k) {
    const auto exact = verification::exact_sample_masses(part, density, points.cols(),
                                                         [&](std::int64_t i) { return uniform(i, k); });
    const double tv = merged_total_variation(part, exact, density),
                 w = verification::wasserstein_1(part, exact, density);
    r.exact_total_variation += tv / static_cast<double>(references);
    r.exact_wasserstein_1 += w / static_cast<double>(references);
    r.highest_total_variation = std::max(r.highest_total_variation, tv);
    r.highest_wasserstein_1 = std::max(r.highest_wasserstein_1, w);
  }
  return r;
}

}  // namespace fpk::app
