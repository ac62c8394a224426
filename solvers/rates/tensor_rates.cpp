#include "solvers/rates/tensor_rates.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "solvers/flux/departures.hpp"
#include "solvers/flux/hybrid.hpp"
#include "solvers/rates/along_wall.hpp"
#include "solvers/rates/landing.hpp"
#include "solvers/rates/tensor_coefficients.hpp"

namespace fpk::solvers {
namespace {

/// Longest offset of a scheme, in cells along an axis. Noise that would need a longer one is limited: at a condition number
/// of 1000 (30 degrees to the axes, 120 cells) that is 30 times as accurate as jumps long enough to need no limit.
constexpr int longest_reach = 2;

Offset opposite(const Offset& e) { return {-e[0], -e[1], -e[2]}; }

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
        coefficients_(process, domain, part.grid(), t),
        rates_(part, domain),
        rank_deficient_(process.noise_sources() < process.dimension()) {}

  Rates build() {
    coefficients_.average(static_cast<std::ptrdiff_t>(part_.first_plane()), part_.planes());
    if (needs_limits()) carrier_ = Carrier::transport;
    make_families();
    rest_.resize(coefficients_.size());
    for (auto k = first_; k < last_; ++k) {
      const Departures from = departures_of(k - first_);
      add(k, from);
      rest_[static_cast<std::size_t>(k - first_)] = from.rest;
    }
    for (std::size_t a = 0; a < part_.grid().dimension() && carrier_ == Carrier::transport; ++a)
      add_transport(a);
    for (const auto& [face, both] : links_) {
      const auto& [lower, upper, way] = face;
      rates_.links.push_back({lower, upper, both.first, both.second, way});
    }
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
    if (jump.drift == 0) return {jump.weight / theta, jump.weight / theta};  // of either sign
    return hybrid_rates(jump.weight, jump.drift, theta);
  }

  /// All jumps from a cell, as far as they touch cells of this process.
  void add(std::ptrdiff_t from, const Departures& departures) {
    for (std::size_t j = 0; j < departures.count; ++j)
      if (departures.jumps[j].weight != 0) add(from, departures.jumps[j]);
    const auto at = indices_of(part_, from);
    for (std::size_t axis = 0; axis < part_.grid().dimension(); ++axis) {
      const model::Side& side = domain_.sides[axis];
      const std::ptrdiff_t above = static_cast<std::ptrdiff_t>(part_.grid().cells(axis)) - 1 - at[axis];
      if (side.lower_boundary == model::Boundary::reflecting)
        add_along_wall(from, departures, axis, at[axis]);
      if (side.upper_boundary == model::Boundary::reflecting) add_along_wall(from, departures, axis, above);
    }
  }

  void add(std::ptrdiff_t from, const Departures::Jump& jump) {
    const Landing up = landing(domain_, part_, from, jump.offset),
                  down = landing(domain_, part_, from, opposite(jump.offset));
    const bool takes = jump.weight < 0;
    Family& family =
        takes ? rates_.limited.negative[negative_.at(jump.offset)] : rates_.families[family_.at(jump.offset)];
    const auto size = [&](double rate) { return takes ? -rate : rate; };
    if (up.kind != Landing::Kind::neighbour)
      add_other(from, up, jump.offset, size(rates(jump, up.theta).forward), takes);
    else if (is_own(from))
      family.forward.data()[from] += size(rates(jump, 1).forward);
    if (down.kind != Landing::Kind::neighbour)
      add_other(from, down, opposite(jump.offset), size(rates(jump, down.theta).backward), takes);
    else if (is_own(down.cell))
      family.backward.data()[down.cell] += size(rates(jump, 1).backward);
  }

  void add_along_wall(std::ptrdiff_t from, const Departures& departures, std::size_t axis,
                      std::ptrdiff_t layer) {
    if (layer >= longest_reach) return;
    const Departures along = along_wall(departures, part_.grid().dimension(), axis, static_cast<int>(layer));
    for (std::size_t j = 0; j < along.count; ++j) {
      const auto& [offset, weight, drift] = along.jumps[j];
      const FaceRates both = hybrid_rates(weight, drift, 1);
      add_other(from, landing(domain_, part_, from, offset), offset, both.forward, false);
      add_other(from, landing(domain_, part_, from, opposite(offset)), opposite(offset), both.backward,
                false);
    }
  }

  /// A jump that no family holds.
  void add_other(std::ptrdiff_t from, const Landing& where, const Offset& way, double rate, bool takes) {
    if (where.kind == Landing::Kind::stopped) return;
    if (where.kind == Landing::Kind::absorbed) {  // a wall has no mass to take from
      if (is_own(from) && !takes)
        rates_.absorb(static_cast<std::size_t>(from), where.axis, where.upper, rate);
      return;
    }
    if (where.cell == from || (!is_own(from) && !is_own(where.cell))) return;
    if (takes)
      rates_.limited.negative_links.push_back({from, where.cell, rate, 0, way});
    else if (from < where.cell)
      links_[{from, where.cell, way}].first += rate;
    else
      links_[{where.cell, from, opposite(way)}].second += rate;
  }

  /// What the jumps leave of the drift [cells/time].
  [[nodiscard]] double rest(std::ptrdiff_t cell, std::size_t axis) const {
    return rest_[static_cast<std::size_t>(cell - first_)][axis];
  }
  [[nodiscard]] double velocity(std::ptrdiff_t cell, std::size_t axis) const {
    return rest(cell, axis) * coefficients_.width(cell - first_, axis);
  }

  /// The same at the faces across an axis: the mean of the cells on both sides.
  void add_transport(std::size_t axis) {
    Offset up{}, down{};
    up[axis] = 1, down[axis] = -1;
    Field at_faces = rates_.field();
    double fastest = 0;
    for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part_.size()); ++c) {
      const Landing above = landing(domain_, part_, c, up), below = landing(domain_, part_, c, down);
      if (above.kind == Landing::Kind::absorbed)
        rates_.absorb(static_cast<std::size_t>(c), axis, true, std::max(rest(c, axis), 0.0));
      else if (above.kind != Landing::Kind::stopped)
        at_faces.data()[c] = (velocity(c, axis) + velocity(above.cell, axis)) / 2;
      if (below.kind == Landing::Kind::absorbed)
        rates_.absorb(static_cast<std::size_t>(c), axis, false, std::max(-rest(c, axis), 0.0));
      fastest = std::max(fastest, std::abs(at_faces.data()[c]));
    }
    if (part_.processes().max(fastest) > 0)
      rates_.limited.transport.emplace_back(part_, domain_, axis, std::move(at_faces));
  }

  const model::Domain& domain_;
  const law::GridPart& part_;
  TensorCoefficients coefficients_;
  Rates rates_;
  bool rank_deficient_;
  Carrier carrier_ = Carrier::jumps;
  std::map<Offset, std::size_t> family_, negative_;
  std::map<std::tuple<std::ptrdiff_t, std::ptrdiff_t, Offset>, std::pair<double, double>>
      links_;                            ///< by lower and upper cell and the way between: rates up and down
  std::vector<CellVector> rest_;         ///< drift that the jumps leave [cells/time]
  std::ptrdiff_t first_ = 0, last_ = 0;  ///< local cells whose coefficients are at hand
};

}  // namespace

Rates tensor_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                   double t) {
  return Builder(process, domain, part, t).build();
}

}  // namespace fpk::solvers
