#include "sde/row_draws.hpp"

#include <algorithm>
#include <utility>

#include "sde/noise/philox.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

/// Word `index` of a particle at a step. A block of random bits has four words; blocks beyond the 2^8 that a counter tells apart are told
/// apart by its rung, which no ladder uses here.
std::uint32_t word(const Stream& from, std::uint64_t particle, std::uint64_t step, std::size_t index) {
  Stream stream = from;
  stream.rung = static_cast<std::uint16_t>(index / 4 >> 8);
  const TwoNumbers bits =
      philox(counter(stream, particle, step, static_cast<std::uint32_t>(index / 4 & 255)).word, stream.seed);
  const std::uint64_t half = index % 4 < 2 ? bits.first : bits.second;
  return static_cast<std::uint32_t>(index % 2 == 0 ? half : half >> 32);
}

/// Below n.
std::uint32_t scaled(std::uint32_t word, std::size_t n) {
  return static_cast<std::uint32_t>(std::uint64_t{word} * n >> 32);
}

}  // namespace

RowBlocks::RowBlocks(const RowCounts& counts)
    : counts_(counts), rows_(counts.batches * counts.batch * width) {
  for (std::size_t k = 0; k < counts.batches * counts.batch; ++k)
    pointers_.push_back(rows_.data() + k * width);
  if (counts.sampling == model::Sampling::reshuffle) orders_.resize(counts.of * width);
}

void RowBlocks::draw(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  if (rows_.empty()) return;
  switch (counts_.sampling) {
    case model::Sampling::with_replacement:
      return draw_independent(from, first_particle, step);
    case model::Sampling::without_replacement:
      return draw_different(from, first_particle, step);
    case model::Sampling::reshuffle:
      return draw_of_epoch(from, first_particle, step);
  }
}

void RowBlocks::draw_independent(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  for (std::size_t k = 0; k < pointers_.size(); ++k)
    for (std::size_t lane = 0; lane < width; ++lane)
      rows_[k * width + lane] = scaled(word(from, first_particle + lane, step, k), counts_.of);
}

/// Of the rows j = N - b, ..., N - 1 one after the other: a random one up to j, or j itself where that is taken.
void RowBlocks::draw_different(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  const std::size_t b = counts_.batch, N = counts_.of;
  std::vector<bool> taken(N);
  for (std::size_t lane = 0; lane < width; ++lane)
    for (std::size_t m = 0; m < counts_.batches; ++m) {
      for (std::size_t k = 0; k < b; ++k) {
        const std::size_t j = N - b + k;
        std::uint32_t row = scaled(word(from, first_particle + lane, step, m * b + k), j + 1);
        if (taken[row]) row = static_cast<std::uint32_t>(j);
        taken[row] = true;
        rows_[(m * b + k) * width + lane] = row;
      }
      for (std::size_t k = 0; k < b; ++k) taken[rows_[(m * b + k) * width + lane]] = false;
    }
}

void RowBlocks::shuffle(const Stream& from, std::uint64_t particle, std::uint64_t epoch,
                        std::uint32_t* order) const {
  for (std::size_t i = 0; i < counts_.of; ++i) order[i] = static_cast<std::uint32_t>(i);
  for (std::size_t i = counts_.of - 1; i > 0; --i)
    std::swap(order[i], order[scaled(word(from, particle, epoch, i), i + 1)]);
}

void RowBlocks::draw_of_epoch(const Stream& from, std::uint64_t first_particle, std::uint64_t step) {
  const std::size_t steps = counts_.of / counts_.batch;  // of an epoch
  const std::uint64_t epoch = step / steps;
  if (epoch != epoch_ || first_particle != particle_) {
    for (std::size_t lane = 0; lane < width; ++lane)
      shuffle(from, first_particle + lane, epoch, orders_.data() + lane * counts_.of);
    epoch_ = epoch;
    particle_ = first_particle;
  }
  const std::size_t begin = static_cast<std::size_t>(step % steps) * counts_.batch;
  for (std::size_t k = 0; k < counts_.batch; ++k)
    for (std::size_t lane = 0; lane < width; ++lane)
      rows_[k * width + lane] = orders_[lane * counts_.of + begin + k];
}

void RowBlocks::copy(const RowBlocks& other) { std::ranges::copy(other.rows_, rows_.begin()); }

}  // namespace fpk::sde
