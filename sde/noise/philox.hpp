// Philox4x32-10, a counter-based generator: ten rounds of
//
//   (L0, R0, L1, R1) -> (hi(M1 L1) ^ R0 ^ k0, lo(M1 L1), hi(M0 L0) ^ R1 ^ k1, lo(M0 L0)),   k += (W0, W1)
//
// with the constants of Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
// section 3.3. Passes BigCrush. Written once over a lane type: 64-bit integers, one or a vector of them, each
// with a 32-bit word in its low half. The high half may hold anything, which saves masking.
#pragma once

#include <stdint.h>

namespace fpk::sde {

inline constexpr uint64_t low_half = 0xFFFFFFFFU;

/// The keys of a round.
struct RoundKey {
  uint64_t k0, k1;
};
constexpr RoundKey round_key(uint64_t key, uint32_t round) {
  constexpr uint32_t W0 = 0x9E3779B9, W1 = 0xBB67AE85;  // golden ratio, sqrt(3) - 1
  return {static_cast<uint32_t>(static_cast<uint32_t>(key) + round * W0),
          static_cast<uint32_t>(static_cast<uint32_t>(key >> 32) + round * W1)};
}

inline constexpr uint64_t philox_M0 = 0xD2511F53, philox_M1 = 0xCD9E8D57;

/// Rounds `first`, ..., 9. `product(x, m)` is the 64-bit product of the low half of each lane with m < 2^32.
template <uint32_t first, class Lanes, class Product>
[[gnu::always_inline]] inline void philox_rounds(Lanes (&word)[4], uint64_t key, Product product) {
#pragma GCC unroll 10
  for (uint32_t round = first; round < 10; ++round) {
    const RoundKey k = round_key(key, round);
    const Lanes p0 = product(word[0], philox_M0), p1 = product(word[2], philox_M1);
    word[0] = (p1 >> 32) ^ word[1] ^ k.k0;
    word[1] = p1;
    word[2] = (p0 >> 32) ^ word[3] ^ k.k1;
    word[3] = p0;
  }
}

/// The four words of one or more counters become four random words, in the low halves of `word`.
template <class Lanes, class Product>
[[gnu::always_inline]] inline void philox4x32_10(Lanes (&word)[4], uint64_t key, Product product) {
  philox_rounds<0>(word, key, product);
}

/// Two random numbers of 64 bits: words 0 and 1, words 2 and 3, the first of each the high half.
struct TwoNumbers {
  uint64_t first, second;
};

/// The same for one counter.
inline TwoNumbers philox(const uint32_t (&counter)[4], uint64_t key) {
  uint64_t word[4] = {counter[0], counter[1], counter[2], counter[3]};
  philox4x32_10(word, key, [](uint64_t x, uint64_t m) { return (x & low_half) * m; });
  return {word[0] << 32 | (word[1] & low_half), word[2] << 32 | (word[3] & low_half)};
}

}  // namespace fpk::sde
