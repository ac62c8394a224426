// Random bits, one for each of the 256 particles of a block: a plane.
//
// Plane j of a stream, step and draw is made of the Philox blocks 2j and 2j + 1 (the counter's particle is that of the block of
// particles, plus this number):
//
//     particle     0 .. 63          64 .. 127         128 .. 191        192 .. 255
//     word         0                1                 2                 3
//     is           block 2j, first  block 2j, second  2j + 1, first     2j + 1, second number      bit i mod 64 is particle i's
//
// so that 256 two-point numbers cost two blocks of Philox, and a number's bit is a pure function of seed, purpose, rung,
// particle, step and draw like every other random number.
//
// Only for *_kernels.cpp files and the headers of sde/fused.
#pragma once

#include "sde/noise/counter.hpp"
#include "sde/noise/interleaved.hpp"

namespace fpk::sde::FPK_ISA {

inline constexpr size_t plane_width = 256;  // equal to formula::block_width
inline constexpr size_t plane_words = 4;

/// Which Philox blocks to make: added to the fields of a counter.
struct Addresses {
  const uint64_t *particle, *step, *draw;  ///< step: no carry out of its low word
  size_t count;
};

/// Stores a[0], b[0], a[1], b[1], ...
template <class V>
[[gnu::always_inline]] inline void store_in_turn(uint64_t* to, const Pair<V>& a, const Pair<V>& b) {
  store_in_turn(to, a.a, b.a);
  store_in_turn(to + 2 * vectors_in<V> * lanes, a.b, b.b);
}

/// The two numbers of each block, one after another; as many blocks at a time as V has lanes, which divide their number.
template <class V>
[[gnu::always_inline]] inline void random_numbers(const Counter& first, uint64_t seed, const Addresses& at,
                                                  uint64_t* to) {
  for (size_t f = 0; f < at.count; f += vectors_in<V> * lanes) {
    V word[4] = {load_bits_as<V>(at.particle + f) + first.word[0],
                 load_bits_as<V>(at.step + f) + first.word[1], broadcast<V>(uint64_t{first.word[2]}),
                 (load_bits_as<V>(at.draw + f) << 8) + first.word[3]};
    philox4x32_10(word, seed, [](const V& x, uint64_t m) { return low_product(x, m); });
    store_in_turn(to + 2 * f, joined(word[0], word[1]), joined(word[2], word[3]));
  }
}

/// Planes 4 chunk .. 4 chunk + 3 of one step and draw.
[[gnu::always_inline]] inline void four_planes(const Counter& first, uint64_t seed, uint64_t chunk,
                                               uint64_t* to) {
  static constexpr uint64_t number[8] = {0, 1, 2, 3, 4, 5, 6, 7}, none[8] = {};
  Counter at = first;
  at.word[0] += static_cast<uint32_t>(8 * chunk);
  random_numbers<Bits>(at, seed, {number, none, none, 8}, to);
}

/// Which of 256 numbers are not zero: each with probability 1/3, by comparing a binary fraction, a bit of it a plane, with
/// 1/3 = 0.010101..., until the last number has met a bit that decides:
///
///     digit of 1/3:   0     a 1 there is above: zero           undecided &= ~b
///                     1     a 0 there is below: not zero       nonzero |= undecided & ~b,  undecided &= b
///
/// A number is undecided after n bits with probability 2^-n, so of 256 hardly one is after 11; were all 127 planes used up, what
/// is left counts as zero: a bias of 2^-127.
class Thirds {
 public:
  /// The next bit of all, from the most significant on; `digit` that of 1/3.
  [[gnu::always_inline]] void compare(const uint64_t* plane, bool digit) {
    const Words b = *reinterpret_cast<const Words*>(plane);
    if (digit) nonzero_ |= undecided_ & ~b;
    undecided_ &= digit ? b : ~b;
  }
  [[gnu::always_inline]] bool decided() const {
    return (undecided_[0] | undecided_[1] | undecided_[2] | undecided_[3]) == 0;
  }
  [[gnu::always_inline]] void store_nonzero(uint64_t* to) const { *reinterpret_cast<Words*>(to) = nonzero_; }

 private:
  typedef uint64_t Words __attribute__((vector_size(8 * plane_words), aligned(8), may_alias));
  Words nonzero_{}, undecided_ = ~Words{};
};

/// Plane 0 is the sign; planes 1, 2, ... tell which numbers are not zero.
inline constexpr size_t planes_at_once = 12;

/// Which of 256 three-point numbers are not zero. `planes`: the first twelve.
[[gnu::always_inline]] inline void nonzero_thirds(const Counter& first, uint64_t seed, const uint64_t* planes,
                                                  uint64_t* to) {
  Thirds third;
#pragma GCC unroll 12
  for (size_t j = 1; j < planes_at_once; ++j) third.compare(planes + j * plane_words, j % 2 == 0);
  for (uint64_t chunk = planes_at_once / 4; !third.decided() && chunk < 32; ++chunk) {
    uint64_t more[4 * plane_words];
    four_planes(first, seed, chunk, more);
    for (size_t j = 0; j < 4; ++j) third.compare(more + j * plane_words, j % 2 == 0);
  }
  third.store_nonzero(to);
}

}  // namespace fpk::sde::FPK_ISA
