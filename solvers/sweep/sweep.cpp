#include "solvers/sweep/sweep.hpp"

#include <algorithm>

#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
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

  void run(std::size_t levels) {
    levels_ = levels;
    if (sequence_ == Sequence::chebyshev) std::fill(fields_[1]->own().begin(), fields_[1]->own().end(), 0.0);
    const std::size_t cells = matrix_.part.size();
    if (matrix_.part.processes().size() == 1 && !matrix_.periodic) {
      // Weights, diagonal, two vectors and the sums of each cell and level stay in the cache.
      const std::size_t bytes = 8 * (2 * matrix_.shifts.size() + 3 + sums_.size());
      Wavefront wave{cells, reach()};
      wave.depth = wavefront_depth(wave.reach, bytes);
      run_wavefront(wave, levels,
                    [&](std::size_t k, std::size_t begin, std::size_t end) { step(k, begin, end); });
      return;
    }
    for (std::size_t k = 1; k <= levels; ++k) {
      fields_[(k + 1) % 2]->exchange();
      parallel::for_each_chunk(cells, task,
                               [&](std::size_t begin, std::size_t end, std::size_t) { step(k, begin, end); });
    }
  }

 private:
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

  void step(std::size_t k, std::size_t begin, std::size_t end) const {
    const SweepRange range = range_for(k, begin, end, sums_.empty() ? nullptr : sums_.data());
    if (sequence_ == Sequence::chain) {
      kernels().chain(terms_, scale_, least_mass, range);
    } else {
      kernels().chebyshev(terms_, factor(k), range);
    }
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
  SweepTerms terms_;
  std::size_t levels_ = 0;
};

}  // namespace

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
