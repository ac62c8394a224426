// Philox for counters of which only the low word of the step changes from one call to the next.
//
// A round moves words 1 and 3 into words 0 and 2, so that what depends on the step (word 1) alone, or not on it at all, stays
// apart for three rounds. With q = M1 w2, the same for all particles, and hi, lo the halves of a product,
//
//     round 0   w0 = hi q ^ w1 ^ k0               one number a step
//               w2 = hi(M0 w0) ^ w3 ^ k1          of the particles
//     round 1   w0 = hi(M1 w2) ^ lo q ^ k0        of the particles
//               w2 = hi(M0 w0) ^ lo(M0 w0) ^ k1   particles ^ a number
//     round 2   w0 = hi(M1 w2) ^ lo(M1 w2) ^ k0   both
//               w2 = hi(M0 w0) ^ lo(M0 w0) ^ k1   particles ^ a number
//
// (on the right the words of the round before). Kept for each particle: lo of round 1, and what round 1 and 2 need of w2. That
// saves a fifth of the operations, and no bit changes.
#pragma once

#include "sde/noise/counter.hpp"
#include "sde/noise/interleaved.hpp"
#include "sde/noise/philox.hpp"

namespace fpk::sde::FPK_ISA {

/// What is kept for `n` particles.
template <size_t n>
class PhiloxSteps {
 public:
  /// The step's low word of `first` does not matter. Lane i has particle[i] and draw[i] added to those of `first`.
  void prepare(const Counter& first, uint64_t seed, const uint64_t* particle, const uint64_t* draw) {
    first_ = first;
    for (size_t i = 0; i < n; i += lanes)
      prepare(i, load_bits(particle + i) + first.word[0], (load_bits(draw + i) << 8) + first.word[3], seed);
  }
  /// Lane i: particle i after that of `first`.
  void prepare(const Counter& first, uint64_t seed) {
    first_ = first;
    for (size_t i = 0; i < n; i += lanes)
      prepare(i, lane_numbers() + (first.word[0] + i), first.word[3] + Bits{}, seed);
  }

  /// The random words of particles i, i + 1, ... at the step whose low word is `step`.
  template <class B>
  [[gnu::always_inline]] void words(size_t i, uint32_t step, uint64_t seed, B (&word)[4]) const {
    const RoundKey key0 = round_key(seed, 0), key2 = round_key(seed, 2);
    const uint64_t q = philox_M1 * first_.word[2];
    const uint64_t p0 = philox_M0 * ((q >> 32) ^ step ^ key0.k0);
    const B p1 = low_product(load_bits_as<B>(second_ + i) ^ (p0 >> 32), philox_M1);
    word[0] = (p1 >> 32) ^ load_bits_as<B>(low_ + i) ^ key2.k0;
    word[1] = p1;
    word[2] = load_bits_as<B>(third_high_ + i) ^ ((p0 & low_half) ^ key2.k1);
    word[3] = load_bits_as<B>(third_low_ + i);
    philox_rounds<3>(word, seed, [](const B& x, uint64_t m) { return low_product(x, m); });
  }

 private:
  void prepare(size_t i, Bits particle, Bits w3, uint64_t seed) {
    const uint64_t q = philox_M1 * first_.word[2];
    const RoundKey key0 = round_key(seed, 0), key1 = round_key(seed, 1);
    const Bits p0 = low_product(particle, philox_M0);
    const Bits p1 = low_product((p0 >> 32) ^ w3 ^ key0.k1, philox_M1);
    const Bits next = low_product((p1 >> 32) ^ ((q & low_half) ^ key1.k0), philox_M0);
    store(low_ + i, p1);
    store(second_ + i, p0 ^ key1.k1);
    store(third_low_ + i, next);
    store(third_high_ + i, next >> 32);
  }

  Counter first_{};
  alignas(64) uint64_t low_[n], second_[n], third_low_[n], third_high_[n];
};

}  // namespace fpk::sde::FPK_ISA
