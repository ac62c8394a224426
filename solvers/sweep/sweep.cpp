#include "solvers/sweep/sweep.hpp"

#include <algorithm>

#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "solvers/sweep/ghost_zone.hpp"
#include "solvers/sweep/sweep_kernels.hpp"
#include "solvers/sweep/wavefront.hpp"

namespace fpk::solvers {
namespace {

constexpr double least_mass = 1e-290;

/// Cells per task of a thread where levels go one by one.
constexpr std::size_t task = 16384;

const SweepKernels& kernels() { return FPK_KERNELS_IN_USE(sweep_kernels); }

class Sweeper {
 public:
  Sweeper(const SweepMatrix& matrix, Sequence sequence, double scale, Field& even, Field& odd,
          std::span<const WeightedSum> sums)
      : matrix_(matrix),
        sequence_(sequence),
        scale_(scale),
        fields_{&even, &odd},
        sums_(sums),
        terms_{matrix.diagonal, matrix.up.data(), matrix.down.data(), matrix.shifts.data(),
               matrix.shifts.size()} {}
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

  void run(std::size_t levels) {
    levels_ = levels;
    if (sequence_ == Sequence::chebyshev) std::fill(fields_[1]->own().begin(), fields_[1]->own().end(), 0.0);
    if (matrix_.part.processes().size() == 1 && !matrix_.periodic) {
      Wavefront wave{matrix_.part.size(), reach()};
      wave.depth = wavefront_depth(wave.reach, bytes_per_cell(matrix_, sums_.size()));
      run_wavefront(wave, levels,
                    [&](std::size_t k, std::size_t begin, std::size_t end) { step(k, begin, end); });
      return;
    }
    const std::size_t room = matrix_.depth == 1 ? 1 : fields_[0]->halo() / matrix_.halo;
    const std::size_t most = std::min(matrix_.depth, room);
    for (std::size_t k = 1; k <= levels; k += most) {
      const std::size_t depth = std::min(most, levels + 1 - k);
      fields_[(k + 1) % 2]->exchange();
      if (depth == 1) {
        one_by_one(k);
        continue;
      }
      if (sequence_ == Sequence::chebyshev) fields_[k % 2]->exchange();  // x_(k-2)
      between_exchanges(k - 1, depth);
    }
  }

 private:
  void one_by_one(std::size_t k) const {
    parallel::for_each_chunk(matrix_.part.size(), task,
                             [&](std::size_t begin, std::size_t end, std::size_t) { step(k, begin, end); });
  }

  /// The levels done + 1, ..., done + depth, on ghost cells, too.
  void between_exchanges(std::size_t done, std::size_t depth) {
    const GhostZone zone(matrix_, depth);
    count_from(zone.below());
    Wavefront wave{zone.size(), reach()};
    wave.depth = (depth + parallel::threads() - 1) / parallel::threads();
    run_wavefront(wave, depth, [&](std::size_t j, std::size_t begin, std::size_t end) {
      const auto pieces = zone.pieces(j, begin, end);
      const std::size_t k = done + j;
      if (pieces.below.begin < pieces.below.end) {
        auto range = range_for(k, pieces.below.begin, pieces.below.end, nullptr);
        range.x -= zone.below();
        range.y -= zone.below();
        make(terms_below_, k, range);
      }
      if (pieces.own.begin < pieces.own.end) step(k, pieces.own.begin, pieces.own.end);
      if (pieces.above.begin < pieces.above.end)
        make(terms_, k, range_for(k, pieces.above.begin, pieces.above.end, nullptr));
    });
  }

  /// The terms as counted from so many cells below the first own one.
  void count_from(std::size_t below) {
    up_below_ = matrix_.up;
    down_below_ = matrix_.down;
    for (auto& w : up_below_) w -= below;
    for (auto& w : down_below_) w -= below;
    terms_below_ = terms_;
    terms_below_.diagonal -= below;
    terms_below_.up = up_below_.data();
    terms_below_.down = down_below_.data();
  }

  /// Cells between a cell and the farthest that it reads, in whole vectors.
  [[nodiscard]] std::size_t reach() const {
    std::ptrdiff_t farthest = 8;
    for (const auto s : matrix_.shifts) farthest = std::max(farthest, std::abs(s));
    for (const auto& l : matrix_.links) farthest = std::max(farthest, std::abs(l.to - l.from));
    return (static_cast<std::size_t>(farthest) + 7) / 8 * 8;
  }

  [[nodiscard]] static double weight(const WeightedSum& s, std::size_t k) {
    return k < s.weights.size() ? s.weights[k] : 0;
  }

  /// Sums are added to at every other level, two terms at a time, and at the last.
  [[nodiscard]] SweepRange range_for(std::size_t k, std::size_t begin, std::size_t end,
                                     const WeightedSum* s) const {
    const double* x = fields_[(k + 1) % 2]->data();
    SweepRange range{begin, end, x, fields_[k % 2]->data(), 0, 0, nullptr};
    if (s == nullptr || (k % 2 == 0 && k != levels_)) return range;
    range.of_x = k % 2 == 1 ? weight(*s, k - 1) : 0;
    range.of_y = weight(*s, k);
    if (range.of_x != 0 || range.of_y != 0) range.sum = s->sum;
    return range;
  }

  /// x_1 of a Chebyshev sequence is half of what the others make of x_0, and x_(-1) = 0.
  [[nodiscard]] double factor(std::size_t k) const {
    return sequence_ == Sequence::chebyshev && k == 1 ? scale_ / 2 : scale_;
  }

  /// Level k on a range, links left out.
  void make(const SweepTerms& terms, std::size_t k, const SweepRange& range) const {
    if (sequence_ == Sequence::chain) {
      kernels().chain(terms, scale_, least_mass, range);
    } else {
      kernels().chebyshev(terms, factor(k), range);
    }
  }

  void step(std::size_t k, std::size_t begin, std::size_t end) const {
    const SweepRange range = range_for(k, begin, end, sums_.empty() ? nullptr : sums_.data());
    make(terms_, k, range);
    add_links(k, range);
    for (std::size_t j = 1; j < sums_.size(); ++j) {
      const SweepRange other = range_for(k, begin, end, &sums_[j]);
      if (other.sum != nullptr) kernels().add(other);
    }
  }

  void add_links(std::size_t k, const SweepRange& range) const {
    const auto first = std::lower_bound(
        matrix_.links.begin(), matrix_.links.end(), range.begin,
        [](const OneWay& l, std::size_t c) { return l.to < static_cast<std::ptrdiff_t>(c); });
    for (auto l = first; l != matrix_.links.end() && l->to < static_cast<std::ptrdiff_t>(range.end); ++l) {
      const double more = factor(k) * l->weight * range.x[l->from];
      range.y[l->to] += more;
      if (range.sum != nullptr) range.sum[l->to] += range.of_y * more;
    }
  }

  const SweepMatrix& matrix_;
  Sequence sequence_;
  double scale_;
  Field* fields_[2];
  std::span<const WeightedSum> sums_;
  SweepTerms terms_, terms_below_{};
  std::vector<const double*> up_below_, down_below_;
  std::size_t levels_ = 0;
};

}  // namespace

std::size_t bytes_per_cell(const SweepMatrix& matrix, std::size_t sums) {
  return 8 * (2 * matrix.shifts.size() + 3 + sums);
}

void SweepMatrix::set_links(const std::vector<Link>& both_ways, bool transposed) {
  links.clear();
  const auto is_own = [&](std::ptrdiff_t c) {
    return c >= 0 && c < static_cast<std::ptrdiff_t>(part.size());
  };
  for (const auto& l : both_ways) {
    if (is_own(l.to)) links.push_back({l.to, l.from, transposed ? l.backward : l.forward});
    if (is_own(l.from)) links.push_back({l.from, l.to, transposed ? l.forward : l.backward});
  }
  std::stable_sort(links.begin(), links.end(), [](const OneWay& a, const OneWay& b) { return a.to < b.to; });
}

void sweep(const SweepMatrix& matrix, Sequence sequence, double scale, std::size_t levels, Field& even,
           Field& odd, std::span<const WeightedSum> sums) {
  Sweeper(matrix, sequence, scale, even, odd, sums).run(levels);
}

}  // namespace fpk::solvers
