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

#include "sde/noise/interleaved.hpp"
#include "sde/noise/kept_rounds.hpp"
#include "sde/noise/philox.hpp"

namespace fpk::sde::FPK_ISA {

template <size_t n>
[[gnu::always_inline]] inline void keep_rounds(KeptRounds<n>& to, size_t i, Bits particle, Bits w3) {
  const uint64_t q = philox_M1 * to.first.word[2];
  const RoundKey key0 = round_key(to.seed, 0), key1 = round_key(to.seed, 1);
  const Bits p0 = low_product(particle, philox_M0);
  const Bits p1 = low_product((p0 >> 32) ^ w3 ^ key0.k1, philox_M1);
  const Bits next = low_product((p1 >> 32) ^ ((q & low_half) ^ key1.k0), philox_M0);
  store(to.low + i, p1);
  store(to.second + i, p0 ^ key1.k1);
  store(to.third_low + i, next);
  store(to.third_high + i, next >> 32);
}

/// Those of the counters `first` with i added to the particle, unless they are there. The low word of the step does not matter.
template <size_t n>
[[gnu::always_inline]] inline void keep_rounds(KeptRounds<n>& to, const Counter& first, uint64_t seed) {
  const Counter& had = to.first;
  if (to.made && to.seed == seed && had.word[0] == first.word[0] && had.word[2] == first.word[2] &&
      had.word[3] == first.word[3])
    return;
  to.first = first;
  to.seed = seed;
  to.made = true;
  for (size_t i = 0; i < n; i += lanes)
    keep_rounds(to, i, lane_numbers() + (first.word[0] + i), first.word[3] + Bits{});
}

/// The same with particle[i] and draw[i] added to those of `first`.
template <size_t n>
[[gnu::always_inline]] inline void keep_rounds(KeptRounds<n>& to, const Counter& first, uint64_t seed,
                                               const uint64_t* particle, const uint64_t* draw) {
  to.first = first;
  to.seed = seed;
  to.made = true;
  for (size_t i = 0; i < n; i += lanes)
    keep_rounds(to, i, load_bits(particle + i) + first.word[0], (load_bits(draw + i) << 8) + first.word[3]);
}

/// The random words of counters i, i + 1, ... at the step whose low word is `step`.
template <size_t n, class B>
[[gnu::always_inline]] inline void remaining_rounds(const KeptRounds<n>& kept, size_t i, uint32_t step,
                                                    B (&word)[4]) {
  const RoundKey key0 = round_key(kept.seed, 0), key2 = round_key(kept.seed, 2);
  const uint64_t q = philox_M1 * kept.first.word[2];
  const uint64_t p0 = philox_M0 * ((q >> 32) ^ step ^ key0.k0);
  const B p1 = low_product(load_bits_as<B>(kept.second + i) ^ (p0 >> 32), philox_M1);
  word[0] = (p1 >> 32) ^ load_bits_as<B>(kept.low + i) ^ key2.k0;
  word[1] = p1;
  word[2] = load_bits_as<B>(kept.third_high + i) ^ ((p0 & low_half) ^ key2.k1);
  word[3] = load_bits_as<B>(kept.third_low + i);
  philox_rounds<3>(word, kept.seed, [](const B& x, uint64_t m) { return low_product(x, m); });
}

}  // namespace fpk::sde::FPK_ISA
