// Random rows and what stands in them.
//
// A block of Philox has four words, in the order of sde/noise/philox.hpp's two numbers, the low half of each first:
//
//     word of the particle    4j    4j + 1    4j + 2    4j + 3
//     word of block j          1       0         3         2
//
// and a row is floor(word N / 2^32): of N rows each has a probability within 2^-32 of 1/N.
#include "sde/row_kernels.hpp"

#include "sde/noise/lanes.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

constexpr size_t width = 256;  // equal to formula::block_width
typedef uint32_t Words __attribute__((vector_size(4 * lanes), aligned(4), may_alias));

/// The low half of each lane.
[[gnu::always_inline]] inline void store_low(uint32_t* to, Bits x) {
#if defined(__AVX512F__)
  _mm512_mask_cvtepi64_storeu_epi32(to, all, (__m512i)x);
#else
  for (size_t i = 0; i < lanes; ++i) to[i] = static_cast<uint32_t>(x[i]);
#endif
}

/// floor(x below / 2^32) of the low half of each lane.
[[gnu::always_inline]] inline Bits scaled(Bits word, uint64_t below) {
  return low_product(word, below) >> 32;
}

template <class Map>
[[gnu::always_inline]] inline void four_words(const Stream& from, uint64_t first_particle, uint64_t step,
                                              size_t block, size_t count, uint32_t* to, Map map) {
  // Blocks beyond the 2^8 that a counter tells apart are told apart by its rung, which no ladder of steps uses here.
  Stream stream = from;
  stream.rung = static_cast<uint16_t>(block >> 8);
  const Counter first = counter(stream, first_particle, step, static_cast<uint32_t>(block & 255));
  constexpr size_t source[4] = {1, 0, 3, 2};
  for (size_t i = 0; i < width; i += lanes) {
    Bits word[4] = {lane_numbers() + (first.word[0] + i), first.word[1] + Bits{}, first.word[2] + Bits{},
                    first.word[3] + Bits{}};
    philox4x32_10(word, stream.seed, [](Bits x, uint64_t m) { return low_product(x, m); });
    for (size_t k = 0; k < 4 && k < count; ++k) store_low(to + k * width + i, map(word[source[k]]));
  }
}

void rows(const Stream& from, uint64_t first_particle, uint64_t step, uint64_t below, size_t count,
          uint32_t* to) {
  for (size_t k = 0; k < count; k += 4)
    if (below == UINT64_C(1) << 32)
      four_words(from, first_particle, step, k / 4, count - k, to + k * width, [](Bits w) { return w; });
    else
      four_words(from, first_particle, step, k / 4, count - k, to + k * width,
                 [=](Bits w) { return scaled(w, below); });
}

/// As if rows stood in places 0, 1, ... of an array, the k-th exchange is of places k and p_k: row p_k is drawn, and what was at k
/// moves to p_k. What is at a place is what was moved there last.
void different(size_t of, size_t count, uint32_t* words, uint32_t* scratch) {
  for (size_t k = 0; k < count; ++k) {
    uint32_t* const drawn = words + k * width;
    uint32_t* const place = scratch + 2 * k * width;
    uint32_t* const moved = place + width;
    const auto first = static_cast<uint32_t>(k);
    for (size_t i = 0; i < width; ++i) {
      place[i] = first + static_cast<uint32_t>(uint64_t{drawn[i]} * uint64_t{of - k} >> 32);
      drawn[i] = place[i];
      moved[i] = first;
    }
    for (size_t m = 0; m < k; ++m) {
      const uint32_t* const earlier = scratch + 2 * m * width;
      for (size_t i = 0; i < width; ++i) {
        const uint32_t at_place = earlier[i] == place[i] ? UINT32_MAX : 0;
        const uint32_t at_first = earlier[i] == first ? UINT32_MAX : 0;
        drawn[i] = (drawn[i] & ~at_place) | (earlier[width + i] & at_place);
        moved[i] = (moved[i] & ~at_first) | (earlier[width + i] & at_first);
      }
    }
  }
}

void gather(const double* column, const uint32_t* row, double* to) {
  for (size_t i = 0; i < width; i += lanes) {
#if defined(__AVX512F__)
    const __m256i at = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + i));
    store(to + i, (Reals)_mm512_mask_i32gather_pd((__m512d)Reals{}, all, at, column, 8));
#elif defined(__AVX2__)
    const __m128i at = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + i));
    store(to + i, (Reals)_mm256_mask_i32gather_pd((__m256d)Reals{}, column, at, (__m256d)~Bits{}, 8));
#else
    for (size_t k = 0; k < lanes; ++k) to[i + k] = column[row[i + k]];
#endif
  }
}

}  // namespace

const RowKernels row_kernels{rows, different, gather};

}  // namespace fpk::sde::FPK_ISA
