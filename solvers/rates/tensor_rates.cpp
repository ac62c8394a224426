#include "solvers/rates/tensor_rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "law/quadrature.hpp"
#include "solvers/flux/departures.hpp"
#include "solvers/flux/hybrid.hpp"
#include "solvers/rates/landing.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;

/// Longest offset of a scheme, in cells along an axis. Noise that would need a longer one is limited: at a condition number
/// of 1000 (30 degrees to the axes, 120 cells) that is 12 times as accurate as jumps long enough to need no limit.
constexpr int longest_reach = 2;

/// Averages over cells of b_i / h_i and a_ij / (h_i h_j): all that the rates are made of.
class Coefficients {
 public:
  Coefficients(const model::Process& process, const law::Grid& grid, double t) : grid_(grid) {
    const auto now = [t](const Formula& f) { return f.substitute(model::time_name, Formula(t)); };
    const std::size_t d = process.dimension();
    const auto a = process.diffusion();
    for (std::size_t i = 0; i < d; ++i) {
      formulas_.push_back(now(process.drift[i]));
      scales_.push_back(1 / grid.axis(i).width(0));
    }
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        formulas_.push_back(now(a[i][j]));
        scales_.push_back(scales_[i] * scales_[j]);
      }
  }

  /// Takes the averages over the planes first, ..., first + planes - 1 of the last axis, modulo the number of planes.
  void average(std::ptrdiff_t first, std::size_t planes) {
    const std::size_t d = grid_.dimension(), plane = grid_.size() / grid_.cells(d - 1);
    const auto all = static_cast<std::ptrdiff_t>(grid_.cells(d - 1));
    values_.assign(formulas_.size(), std::vector<double>(planes * plane, 0.0));
    const law::GridPart whole(grid_);
    const auto box = [&](std::size_t k) {
      const auto at = ((first + static_cast<std::ptrdiff_t>(k / plane)) % all + all) % all;
      return law::cell_box(whole, static_cast<std::size_t>(at) * plane + k % plane);
    };
    const auto w = law::node_weights(d);
    law::for_boxes(grid_, planes * plane, box, formulas_, {},
                   [&](std::size_t begin, std::size_t boxes, std::span<double* const> v) {
                     for (std::size_t f = 0; f < formulas_.size(); ++f)
                       for (std::size_t k = 0; k < boxes * w.size(); ++k)
                         values_[f][begin + k / w.size()] += scales_[f] * w[k % w.size()] * v[f][k];
                   });
  }
  [[nodiscard]] std::size_t size() const { return values_.front().size(); }

  [[nodiscard]] Departures at(std::size_t k, int reach, Carrier carrier) const {
    const std::size_t d = grid_.dimension();
    CellTensor a{};
    CellVector b{};
    std::size_t f = 0;
    for (std::size_t i = 0; i < d; ++i) b[i] = values_[f++][k];
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j <= i; ++j) a[i][j] = a[j][i] = values_[f++][k];
    return departures(a, b, d, reach, carrier);
  }

 private:
  law::Grid grid_;
  std::vector<Formula> formulas_;
  std::vector<double> scales_;
  std::vector<std::vector<double>> values_;
};

/// The offsets that any process needs, shortest first; the axes among them.
std::vector<Offset> offsets_of_all(const law::GridPart& part, const std::set<Offset>& mine) {
  std::vector<double> numbers;
  for (const auto& e : mine) numbers.insert(numbers.end(), e.begin(), e.end());
  const auto all = part.processes().concatenate(numbers);
  std::set<Offset> united;
  for (std::size_t k = 0; k < all.size(); k += 3)
    united.insert({static_cast<int>(all[k]), static_cast<int>(all[k + 1]), static_cast<int>(all[k + 2])});
  std::vector<Offset> sorted(united.begin(), united.end());
  const auto square = [](const Offset& e) { return e[0] * e[0] + e[1] * e[1] + e[2] * e[2]; };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Offset& e, const Offset& f) { return square(e) < square(f); });
  return sorted;
}

class Builder {
 public:
  Builder(const model::Process& process, const model::Domain& domain, const law::GridPart& part, double t)
      : domain_(domain),
        part_(part),
        coefficients_(process, part.grid(), t),
        rates_(part, domain),
        rank_deficient_(process.noise_sources() < process.dimension()) {
    for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
      const auto& edges = part.grid().axis(a).edges();
      const double h = part.grid().axis(a).length() / static_cast<double>(edges.size() - 1);
      for (std::size_t i = 0; i + 1 < edges.size(); ++i)
        if (std::abs(edges[i + 1] - edges[i] - h) > 1e-9 * h)
          throw SolverError(
              fmt::format("noise that mixes variables wants cells of equal width, and those of {} are not",
                          part.grid().axis(a).name()));
    }
  }

  Rates build() {
    coefficients_.average(static_cast<std::ptrdiff_t>(part_.first_plane()), part_.planes());
    if (needs_limits()) carrier_ = Carrier::transport;
    make_families();
    rest_.resize(coefficients_.size());
    for (auto k = first_; k < last_; ++k) {
      const Departures from = departures_of(k - first_);
      for (std::size_t j = 0; j < from.count; ++j)
        if (from.jumps[j].weight != 0) add(k, from.jumps[j]);
      rest_[static_cast<std::size_t>(k - first_)] = from.rest;
    }
    for (std::size_t a = 0; a < part_.grid().dimension() && carrier_ == Carrier::transport; ++a)
      add_transport(a);
    return std::move(rates_);
  }

 private:
  [[nodiscard]] Departures departures_of(std::ptrdiff_t k) const {
    return coefficients_.at(static_cast<std::size_t>(k), longest_reach, carrier_);
  }

  /// Whether some cell has noise that jumps of a bounded length cannot carry, or drift that its noise cannot. The
  /// averages must be those of the own cells.
  bool needs_limits() {
    bool limits = rank_deficient_;
    for (std::size_t k = 0; k < coefficients_.size() && !limits; ++k) {
      const Departures from = coefficients_.at(k, longest_reach, Carrier::jumps);
      limits = !from.positive || !from.carried;
    }
    return part_.processes().max(limits ? 1.0 : 0.0) > 0;
  }

  /// A family for each offset that any process needs, and the averages of all cells that may land here.
  void make_families() {
    std::set<Offset> positive, negative;
    for (std::size_t k = 0; k < coefficients_.size(); ++k) {
      const Departures from = departures_of(static_cast<std::ptrdiff_t>(k));
      for (std::size_t j = 0; j < from.count; ++j)
        if (from.jumps[j].weight != 0)
          (from.jumps[j].weight > 0 ? positive : negative).insert(from.jumps[j].offset);
    }
    const auto offsets = offsets_of_all(part_, positive), taken = offsets_of_all(part_, negative);
    const auto plane = static_cast<std::ptrdiff_t>(part_.plane_size());
    if (carrier_ == Carrier::transport)
      rates_.reach = 2;  // the quadratic of a face looks two cells up the wind
    for (const auto* list : {&offsets, &taken})
      for (const auto& e : *list)
        rates_.reach =
            std::max(rates_.reach, static_cast<std::size_t>((shift_of(part_.grid(), e) + plane - 1) / plane));
    for (const auto& e : offsets) {
      family_[e] = rates_.families.size();
      rates_.families.push_back({shift_of(part_.grid(), e), rates_.field(), rates_.field(), e});
    }
    for (const auto& e : taken) {
      negative_[e] = rates_.limited.negative.size();
      rates_.limited.negative.push_back({shift_of(part_.grid(), e), rates_.field(), rates_.field(), e});
    }
    const auto first_plane = static_cast<std::ptrdiff_t>(part_.first_plane());
    const auto planes = static_cast<std::ptrdiff_t>(part_.planes());
    const auto reach = static_cast<std::ptrdiff_t>(rates_.reach);
    const auto all = static_cast<std::ptrdiff_t>(part_.grid().cells(part_.grid().dimension() - 1));
    const auto lower =
        rates_.periodic ? first_plane - reach : std::max<std::ptrdiff_t>(0, first_plane - reach);
    const auto upper =
        rates_.periodic ? first_plane + planes + reach : std::min(all, first_plane + planes + reach);
    coefficients_.average(lower, static_cast<std::size_t>(upper - lower));
    first_ = (lower - first_plane) * plane;
    last_ = (upper - first_plane) * plane;
  }
  [[nodiscard]] bool is_own(std::ptrdiff_t c) const {
    return c >= 0 && c < static_cast<std::ptrdiff_t>(part_.size());
  }

  /// Rates of the jumps along the offset and against it, where the wall is at the share theta of them.
  [[nodiscard]] FaceRates rates(const Departures::Jump& jump, double theta) const {
    if (carrier_ == Carrier::jumps) return hybrid_rates(jump.weight, jump.drift, theta);
    const double middle = jump.weight / theta, half = jump.drift / 2;
    return {middle + half, middle - half};
  }

  /// Both jumps along an offset from the cell, as far as they touch cells of this process.
  void add(std::ptrdiff_t from, const Departures::Jump& jump) {
    const bool takes = jump.weight < 0;
    Family& family =
        takes ? rates_.limited.negative[negative_.at(jump.offset)] : rates_.families[family_.at(jump.offset)];
    // Of centred weights held to |w| <= 2, rounding may leave one on the other side of zero.
    const auto size = [&](double rate) { return std::max(takes ? -rate : rate, 0.0); };
    const Landing up = landing(domain_, part_, from, jump.offset);
    if (up.kind != Landing::Kind::neighbour)
      add_other(from, up, size(rates(jump, up.theta).forward), takes);
    else if (is_own(from))
      family.forward.data()[from] += size(rates(jump, 1).forward);
    const Landing down = landing(domain_, part_, from, {-jump.offset[0], -jump.offset[1], -jump.offset[2]});
    if (down.kind != Landing::Kind::neighbour)
      add_other(from, down, size(rates(jump, down.theta).backward), takes);
    else if (is_own(down.cell))
      family.backward.data()[down.cell] += size(rates(jump, 1).backward);
  }

  void add_other(std::ptrdiff_t from, const Landing& where, double rate, bool takes) {
    if (where.kind == Landing::Kind::absorbed) {  // a wall has no mass to take from
      if (is_own(from) && !takes)
        rates_.absorb(static_cast<std::size_t>(from), where.axis, where.upper, rate);
      return;
    }
    if (where.cell == from || (!is_own(from) && !is_own(where.cell))) return;
    (takes ? rates_.limited.negative_links : rates_.links)
        .push_back({from, where.cell, rate, 0, where.offset});
  }

  /// What the jumps leave of the drift, at the faces across an axis: the mean of the cells on both sides.
  void add_transport(std::size_t axis) {
    const double h = part_.grid().axis(axis).width(0);
    Offset up{}, down{};
    up[axis] = 1, down[axis] = -1;
    Field velocity = rates_.field();
    double fastest = 0;
    for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part_.size()); ++c) {
      const auto rest = [&](std::ptrdiff_t k) { return rest_[static_cast<std::size_t>(k - first_)][axis]; };
      const Landing above = landing(domain_, part_, c, up), below = landing(domain_, part_, c, down);
      if (above.kind == Landing::Kind::absorbed)
        rates_.absorb(static_cast<std::size_t>(c), axis, true, std::max(rest(c), 0.0));
      else if (above.cell != c)  // a mirrored step of one cell ends where it began
        velocity.data()[c] = h * (rest(c) + rest(above.cell)) / 2;
      if (below.kind == Landing::Kind::absorbed)
        rates_.absorb(static_cast<std::size_t>(c), axis, false, std::max(-rest(c), 0.0));
      fastest = std::max(fastest, std::abs(velocity.data()[c]));
    }
    if (part_.processes().max(fastest) > 0)
      rates_.limited.transport.emplace_back(part_, domain_, axis, std::move(velocity));
  }

  const model::Domain& domain_;
  const law::GridPart& part_;
  Coefficients coefficients_;
  Rates rates_;
  bool rank_deficient_;
  Carrier carrier_ = Carrier::jumps;
  std::map<Offset, std::size_t> family_, negative_;
  std::vector<CellVector> rest_;         ///< drift that the jumps leave
  std::ptrdiff_t first_ = 0, last_ = 0;  ///< local cells whose coefficients are at hand
};

}  // namespace

Rates tensor_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                   double t) {
  return Builder(process, domain, part, t).build();
}

}  // namespace fpk::solvers
