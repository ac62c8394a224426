#include "sde/row_draws.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "parallel/instruction_set.hpp"
#include "sde/row_kernels.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;
constexpr std::uint64_t whole_words = std::uint64_t{1} << 32;
/// Up to here exchanges are looked up among the earlier ones of the batch, beyond they are carried out on a table's worth of places.
constexpr std::size_t few = 32;

const RowKernels& kernels() { return FPK_KERNELS_IN_USE(row_kernels); }

/// Below n.
std::uint32_t scaled(std::uint32_t word, std::size_t n) {
  return static_cast<std::uint32_t>(std::uint64_t{word} * n >> 32);
}

/// The places k and k + floor(word (N - k) / 2^32) change rows; returns the second.
std::size_t exchange(std::uint32_t* order, std::size_t N, std::size_t k, std::uint32_t word) {
  const std::size_t place = k + scaled(word, N - k);
  std::swap(order[k], order[place]);
  return place;
}

}  // namespace

RowBlocks::RowBlocks(const RowCounts& counts)
    : counts_(counts), rows_(counts.batches * counts.batch * width) {
  for (std::size_t k = 0; k < counts.batches * counts.batch; ++k)
    pointers_.push_back(rows_.data() + k * width);
  switch (counts.sampling) {
    case model::Sampling::with_replacement:
      break;
    case model::Sampling::without_replacement:
      scratch_.resize(counts.batch <= few ? 2 * counts.batch * width : counts.of);
      std::iota(scratch_.begin(), scratch_.end(), 0U);
      break;
    case model::Sampling::reshuffle:
      scratch_.resize(counts.of * width);
      orders_.resize(counts.of * width);
  }
}

void RowBlocks::draw(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  if (rows_.empty()) return;
  switch (counts_.sampling) {
    case model::Sampling::with_replacement:
      return kernels().rows(from, first_particle, step, counts_.of, pointers_.size(), rows_.data());
    case model::Sampling::without_replacement:
      return draw_different(from, first_particle, step);
    case model::Sampling::reshuffle:
      return draw_of_epoch(from, first_particle, step);
  }
}

void RowBlocks::draw_different(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  const std::size_t b = counts_.batch, N = counts_.of;
  kernels().rows(from, first_particle, step, whole_words, pointers_.size(), rows_.data());
  std::vector<std::size_t> places(b <= few ? 0 : b);
  for (std::size_t m = 0; m < counts_.batches; ++m) {
    std::uint32_t* const words = rows_.data() + m * b * width;
    if (b <= few) {
      kernels().different(N, b, words, scratch_.data());
      continue;
    }
    std::uint32_t* const order = scratch_.data();  // 0, 1, ... before and after
    for (std::size_t lane = 0; lane < width; ++lane) {
      for (std::size_t k = 0; k < b; ++k) {
        places[k] = exchange(order, N, k, words[k * width + lane]);
        words[k * width + lane] = order[k];
      }
      for (std::size_t k = b; k-- > 0;) std::swap(order[k], order[places[k]]);
    }
  }
}

void RowBlocks::shuffle(const Stream& from, std::uint64_t first_particle, std::uint64_t epoch) {
  const std::size_t N = counts_.of;
  kernels().rows(from, first_particle, epoch, whole_words, N, scratch_.data());
  for (std::size_t lane = 0; lane < width; ++lane) {
    std::uint32_t* const order = orders_.data() + lane * N;
    std::iota(order, order + N, 0U);
    for (std::size_t k = 0; k + 1 < N; ++k) exchange(order, N, k, scratch_[k * width + lane]);
  }
}

void RowBlocks::draw_of_epoch(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  const std::size_t steps = counts_.of / counts_.batch;  // of an epoch
  const std::uint64_t epoch = step / steps;
  if (epoch != epoch_ || first_particle != particle_ || from.seed != seed_) {
    shuffle(from, first_particle, epoch);
    epoch_ = epoch;
    particle_ = first_particle;
    seed_ = from.seed;
  }
  const std::size_t begin = static_cast<std::size_t>(step % steps) * counts_.batch;
  for (std::size_t lane = 0; lane < width; ++lane)
    for (std::size_t k = 0; k < counts_.batch; ++k)
      rows_[k * width + lane] = orders_[lane * counts_.of + begin + k];
}

void RowBlocks::copy(const RowBlocks& other) { std::ranges::copy(other.rows_, rows_.begin()); }

}  // namespace fpk::sde
