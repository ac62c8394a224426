// Random rows of a table for a block of particles: the batches of stochastic gradients.
//
// A row is k = floor(w N / 2^32) for a random word w of 32 bits: its probability is 1/N to N/2^32 relatively. Of independent rows there
// is a word for each; a batch of different rows is drawn by Floyd's method, every subset alike (Bentley, Floyd 1987); an epoch's
// order by Fisher and Yates' (Durstenfeld 1964). All are functions of (seed, particle, step or epoch) alone.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "formula/program.hpp"
#include "model/sgd/stochastic_gradient.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

/// `batches` batches a step, each of `batch` rows of a table of `of` rows, below 2^32.
struct RowCounts {
  std::size_t batches = 0, batch = 0, of = 0;
  model::Sampling sampling = model::Sampling::with_replacement;
};

/// Room for the rows of one step of one block. Of one thread.
class RowBlocks {
 public:
  explicit RowBlocks(const RowCounts& counts);

  /// rows[m * batch + k][lane]: row k of batch m.
  [[nodiscard]] std::span<const std::uint32_t* const> all() const { return pointers_; }
  void draw(const Stream& from, std::uint64_t first_particle, std::uint64_t step);
  void copy(const RowBlocks& other);

 private:
  void draw_independent(const Stream& from, std::uint64_t first_particle, std::uint64_t step);
  void draw_different(const Stream& from, std::uint64_t first_particle, std::uint64_t step);
  void draw_of_epoch(const Stream& from, std::uint64_t first_particle, std::uint64_t step);
  void shuffle(const Stream& from, std::uint64_t particle, std::uint64_t epoch, std::uint32_t* order) const;

  RowCounts counts_;
  std::vector<std::uint32_t> rows_;
  std::vector<const std::uint32_t*> pointers_;
  // Of reshuffled epochs: the order of each lane, and of what they are the order.
  std::vector<std::uint32_t> orders_;
  std::uint64_t epoch_ = ~std::uint64_t{0}, particle_ = ~std::uint64_t{0};
};

}  // namespace fpk::sde
