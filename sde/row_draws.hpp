// Which rows of a table the batches of a step are made of, for each particle of a block.
//
// With W_0, W_1, ... the random words of 32 bits of a particle at a step (four from each block of Philox) and N rows:
//
//     with_replacement      row k of the step is floor(W_k N / 2^32): each row within 2^-32 of 1/N
//     without_replacement   the first b places of the table's rows after b exchanges of Fisher and Yates (Durstenfeld 1964): of places
//                           k and k + floor(W_k (N - k) / 2^32), k = 0, 1, ...; so the first rows of a batch are a batch as well
//     reshuffle             consecutive places after N - 1 of them, on the words of the particle at the number of the epoch, which
//                           takes floor(N / b) steps
//
// A pure function of stream, particle and step; the same bits on every instruction set.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "formula/program.hpp"
#include "model/sgd/stochastic_gradient.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

/// `batches` batches a step, each of `batch` rows of a table of `of` rows, below 2^31.
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
  void draw_different(const Stream& from, std::uint64_t first_particle, std::uint64_t step);
  void draw_of_epoch(const Stream& from, std::uint64_t first_particle, std::uint64_t step);
  void shuffle(const Stream& from, std::uint64_t first_particle, std::uint64_t epoch);

  RowCounts counts_;
  std::vector<std::uint32_t> rows_;
  std::vector<const std::uint32_t*> pointers_;
  std::vector<std::uint32_t> scratch_;
  // Of reshuffled epochs: the order of each lane, and of what they are the order.
  std::vector<std::uint32_t> orders_;
  std::uint64_t epoch_ = ~std::uint64_t{0}, particle_ = ~std::uint64_t{0}, seed_ = 0;
};

}  // namespace fpk::sde
