#include "app/pictures.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::app {
namespace {

constexpr std::size_t snapshots = 6;
constexpr std::size_t most_pixels = 128;
constexpr std::size_t drawn_particles = 400;

/// Cell averages of the marginal density of each axis.
std::vector<std::vector<double>> marginal_densities(const law::GridPart& part,
                                                    std::span<const double> masses) {
  std::vector<std::vector<double>> all;
  for (std::size_t a = 0; a < part.grid().dimension() && !masses.empty(); ++a) {
    all.push_back(law::marginal(part, masses, a));
    for (std::size_t i = 0; i < all.back().size(); ++i) all.back()[i] /= part.grid().axis(a).width(i);
  }
  return all;
}

law::PlaneMarginal plane(const law::GridPart& part, std::span<const double> masses) {
  if (masses.empty() || part.grid().dimension() < 2) return {};
  return law::plane_marginal(part, masses, 0, 1, most_pixels);
}

}  // namespace

std::vector<std::size_t> drawn_observations(std::size_t count) {
  std::vector<std::size_t> drawn;
  for (std::size_t s = 0; s < snapshots; ++s) {
    const double share = static_cast<double>(s) / (snapshots - 1);
    drawn.push_back(static_cast<std::size_t>(std::lround(share * share * static_cast<double>(count - 1))));
  }
  drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());
  return drawn;
}

io::Pictures frame(const law::GridPart& part, std::span<const double> stationary) {
  io::Pictures pictures;
  for (const auto& axis : part.grid().axes()) pictures.axis_edges.push_back(axis.edges());
  pictures.stationary_marginals = marginal_densities(part, stationary);
  pictures.stationary_plane = plane(part, stationary);
  return pictures;
}

io::Snapshot snapshot(double t, const law::GridPart& part, const LawsAtOnce& laws,
                      const law::Sample* sample) {
  io::Snapshot s;
  s.time = t;
  s.density_marginals = marginal_densities(part, laws.density);
  s.particles_marginals = marginal_densities(part, laws.particles);
  s.density_plane = plane(part, laws.density);
  if (sample != nullptr) s.particles = some_particles(*sample, drawn_particles);
  return s;
}

std::vector<std::array<double, 3>> some_particles(const law::Sample& sample, std::size_t most,
                                                  std::vector<double>* numbers) {
  std::vector<std::array<double, 3>> points;
  for (std::size_t n = 0; n < sample.size() && points.size() < most; ++n) {
    if (sample.alive()[n] == 0) continue;
    std::array<double, 3> x{};
    for (std::size_t a = 0; a < std::min<std::size_t>(3, sample.dimension()); ++a)
      x[a] = sample.positions(a)[n];
    points.push_back(x);
    if (numbers != nullptr) numbers->push_back(static_cast<double>(sample.first()) + static_cast<double>(n));
  }
  return points;
}

}  // namespace fpk::app
