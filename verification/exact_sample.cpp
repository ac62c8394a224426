// Inversion with a guide table
//
//   cell(v) = the c with C_c <= v < C_{c+1},   C the cumulated masses, v = uniform x total mass
//
// A guide table of m equal buckets holds, for each, the first cell that reaches into it: with as many buckets
// as cells a search takes two steps on average whatever the law. (Devroye 1986, section III.2.4, after Chen
// and Asau 1974)
#include "verification/exact_sample.hpp"

#include <algorithm>
#include <stdexcept>

namespace fpk::verification {
namespace {

class GuideTable {
 public:
  explicit GuideTable(Masses masses) : cumulated_(masses.size() + 1, 0.0), first_cell_(masses.size()) {
    for (std::size_t c = 0; c < masses.size(); ++c) {
      cumulated_[c + 1] = cumulated_[c] + std::max(masses[c], 0.0);
      if (masses[c] > 0) last_ = c;
    }
    if (mass() > 0) buckets_per_mass_ = static_cast<double>(masses.size()) / mass();
    // A bucket's first cell is found by asking its left end, through the same product that find() forms.
    for (std::size_t b = 0, c = 0; b < first_cell_.size(); ++b) {
      while (c < last_ && bucket(cumulated_[c + 1]) < b) ++c;
      first_cell_[b] = c;
    }
  }

  [[nodiscard]] double mass() const { return cumulated_.back(); }
  /// The cell of v in [0, mass()); beyond, which is round-off, the last with any mass.
  [[nodiscard]] std::size_t find(double v) const {
    std::size_t c = first_cell_[bucket(v)];
    while (c < last_ && cumulated_[c + 1] <= v) ++c;
    return c;
  }

 private:
  [[nodiscard]] std::size_t bucket(double v) const {
    return std::min(static_cast<std::size_t>(std::max(v, 0.0) * buckets_per_mass_), first_cell_.size() - 1);
  }
  std::vector<double> cumulated_;
  std::vector<std::size_t> first_cell_;
  std::size_t last_ = 0;
  double buckets_per_mass_ = 0;
};

/// Where each process's share of the mass begins; all processes hold the same numbers, so no point is lost
/// between two.
std::vector<double> share_starts(const law::GridPart& part, double mass) {
  const auto masses = part.processes().concatenate({&mass, 1});
  std::vector<double> starts(masses.size() + 1, 0.0);
  for (std::size_t r = 0; r < masses.size(); ++r) starts[r + 1] = starts[r] + masses[r];
  return starts;
}

}  // namespace

std::vector<double> exact_sample_masses(const law::GridPart& part, Masses q, std::int64_t n,
                                        const std::function<double(std::int64_t)>& uniform) {
  if (q.size() != part.size())
    throw std::invalid_argument("an exact sample needs one mass for each cell of the part");
  if (n <= 0) throw std::invalid_argument("an exact sample needs at least one point");
  const GuideTable table(q);
  const auto starts = share_starts(part, table.mass());
  const auto rank = static_cast<std::size_t>(part.processes().rank());
  const double total = starts.back(), begin = starts[rank], end = starts[rank + 1];
  std::vector<double> masses(q.size(), 0.0);
  if (table.mass() == 0) return masses;
  const bool is_last = end == total;  // also takes a v that was rounded up to the total
  for (std::int64_t i = 0; i < n; ++i) {
    const double v = uniform(i) * total;
    if (v >= begin && (v < end || is_last)) ++masses[table.find(v - begin)];
  }
  for (double& m : masses) m *= total / static_cast<double>(n);
  return masses;
}

}  // namespace fpk::verification
