#include "law/grid.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "parallel/threads.hpp"

namespace fpk::law {

Axis::Axis(std::string name, double lower, double upper, std::size_t cells)
    : name_(std::move(name)), edges_(cells + 1), uniform_(true) {
  if (cells == 0 || !(lower < upper)) throw std::invalid_argument("an axis needs lower < upper and a cell");
  for (std::size_t i = 0; i <= cells; ++i) {
    const double s = static_cast<double>(i) / static_cast<double>(cells);
    edges_[i] = lower * (1 - s) + upper * s;
  }
}

Axis::Axis(std::string name, std::vector<double> edges)
    : name_(std::move(name)), edges_(std::move(edges)), uniform_(false) {
  if (edges_.size() < 2 || !std::is_sorted(edges_.begin(), edges_.end(), std::less_equal<>()))
    throw std::invalid_argument("the edges of an axis must increase");
}

Axis::Axis(std::string name, double lower, double upper, std::size_t cells, const Clustering& clustering)
    : Axis(std::move(name), clustered_edges(lower, upper, cells, clustering)) {
  clustering_ = clustering;
}

Axis Axis::recut(std::size_t n) const {
  if (uniform_) return {name_, lower(), upper(), n};
  if (clustering_) return {name_, lower(), upper(), n, *clustering_};
  std::vector<double> edges(n + 1);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = i * cells() / n,
                      rest = i * cells() % n;  // edge i lies between those at and at + 1
    const double share = static_cast<double>(rest) / static_cast<double>(n);
    edges[i] = edges_[at] + width(at) * share;
  }
  edges[n] = upper();
  return {name_, std::move(edges)};
}

std::size_t Axis::find(double x) const {
  if (!(x > lower())) return 0;
  if (x >= upper()) return cells() - 1;
  if (!uniform_)
    return static_cast<std::size_t>(std::upper_bound(edges_.begin(), edges_.end(), x) - edges_.begin()) - 1;
  auto i = std::min(static_cast<std::size_t>((x - lower()) / length() * static_cast<double>(cells())),
                    cells() - 1);
  if (x < edges_[i]) --i;  // round-off may point one cell aside
  if (x >= edges_[i + 1]) ++i;
  return i;
}

Grid::Grid(std::vector<Axis> axes) : axes_(std::move(axes)), size_(1) {
  if (axes_.empty() || axes_.size() > max_dimension) throw std::invalid_argument("a grid has 1, 2 or 3 axes");
  for (const auto& a : axes_) size_ *= a.cells();
}

Index Grid::index(std::size_t flat) const {
  const std::size_t plane = flat / cells(0);
  return {flat % cells(0), plane % cells(1), plane / cells(1)};
}

Point Grid::center(const Index& i) const {
  Point x{};
  for (std::size_t a = 0; a < dimension(); ++a) x[a] = axes_[a].center(i[a]);
  return x;
}

double Grid::volume(const Index& i) const {
  double v = 1;
  for (std::size_t a = 0; a < dimension(); ++a) v *= axes_[a].width(i[a]);
  return v;
}

Grid Grid::refined(std::size_t factor) const {
  std::vector<Axis> fine;
  for (const auto& a : axes_) fine.push_back(a.recut(a.cells() * factor));
  return Grid(std::move(fine));
}

GridPart::GridPart(Grid grid, parallel::Communicator processes, std::size_t run)
    : grid_(std::move(grid)), processes_(processes), run_(run) {
  const std::size_t last = grid_.dimension() - 1;
  if (grid_.cells(last) / run_ < static_cast<std::size_t>(processes_.size()))
    throw std::invalid_argument("more processes than cells along the last axis");
  plane_size_ = grid_.size() / grid_.cells(last);
  const auto starts = plane_starts();
  const auto rank = static_cast<std::size_t>(processes_.rank());
  first_plane_ = starts[rank];
  planes_ = starts[rank + 1] - starts[rank];
}

std::vector<std::size_t> GridPart::plane_starts() const {
  const std::size_t planes = grid_.cells(grid_.dimension() - 1),
                    n = static_cast<std::size_t>(processes_.size());
  std::vector<std::size_t> starts(n + 1);
  for (std::size_t r = 0; r <= n; ++r) starts[r] = r == n ? planes : planes / run_ * r / n * run_;
  return starts;
}

double total(const GridPart& part, std::span<const double> on_part) {
  return part.processes().sum(parallel::pairwise_sum(on_part.data(), on_part.size()));
}

double l1_distance(const GridPart& part, std::span<const double> p, std::span<const double> q) {
  std::vector<double> terms(p.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = std::abs(p[c] - q[c]);
  return total(part, terms);
}

std::vector<double> marginal(const GridPart& part, std::span<const double> masses, std::size_t a) {
  std::vector<double> m(part.grid().cells(a), 0.0);
  for (std::size_t c = 0; c < masses.size(); ++c) m[part.index(c)[a]] += masses[c];
  part.processes().sum(m);
  return m;
}

namespace {

/// Edges of an axis with runs of `merge` cells made one.
std::vector<double> merged_edges(const Axis& axis, std::size_t merge) {
  std::vector<double> edges;
  for (std::size_t i = 0; i < axis.cells(); i += merge) edges.push_back(axis.edge(i));
  edges.push_back(axis.upper());
  return edges;
}

}  // namespace

PlaneMarginal plane_marginal(const GridPart& part, std::span<const double> masses, std::size_t a,
                             std::size_t b, std::size_t most) {
  const auto merge = [&](std::size_t axis) { return (part.grid().cells(axis) + most - 1) / most; };
  const std::size_t merge_a = merge(a), merge_b = merge(b);
  PlaneMarginal m{merged_edges(part.grid().axis(a), merge_a), merged_edges(part.grid().axis(b), merge_b), {}};
  const std::size_t na = m.edges_a.size() - 1, nb = m.edges_b.size() - 1;
  m.masses.assign(na * nb, 0.0);
  for (std::size_t c = 0; c < masses.size(); ++c) {
    const Index i = part.index(c);
    m.masses[i[a] / merge_a + na * (i[b] / merge_b)] += masses[c];
  }
  part.processes().sum(m.masses);
  return m;
}

}  // namespace fpk::law
