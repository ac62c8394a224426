// The widest vectors of the instruction set that a kernel is compiled for, as GCC vector types.
//
// + - * / on them round like the scalar operations, lane by lane, so a kernel written with them gives the
// same bits for every width. What the language does not offer, or the compiler does not find, is here: each
// function gives the same bits whichever way it is written. Only for *_kernels.cpp files and the headers of sde/fused.
#pragma once

#include <stddef.h>
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "sde/noise/philox.hpp"

namespace fpk::sde::FPK_ISA {

#if defined(__AVX512F__)
inline constexpr size_t lanes = 8;
inline constexpr __mmask8 all = 0xFF;  // GCC 12 warns of the unmasked intrinsics; the code is the same
#elif defined(__AVX2__)
inline constexpr size_t lanes = 4;
#else
inline constexpr size_t lanes = 2;
#endif

typedef uint64_t Bits __attribute__((vector_size(8 * lanes)));
typedef double Reals __attribute__((vector_size(8 * lanes)));
typedef Reals UnalignedReals __attribute__((aligned(8), may_alias));
typedef Bits UnalignedBits __attribute__((aligned(8), may_alias));

/// The same bits read as the other type (a cast between vectors does not convert).
[[gnu::always_inline]] inline Reals as_reals(Bits x) { return (Reals)x; }
[[gnu::always_inline]] inline Bits as_bits(Reals x) { return (Bits)x; }

[[gnu::always_inline]] inline void store(double* to, Reals x) { *reinterpret_cast<UnalignedReals*>(to) = x; }
[[gnu::always_inline]] inline void store(uint64_t* to, Bits x) { *reinterpret_cast<UnalignedBits*>(to) = x; }
[[gnu::always_inline]] inline Reals load(const double* from) {
  return *reinterpret_cast<const UnalignedReals*>(from);
}

[[gnu::always_inline]] inline Bits load_bits(const uint64_t* from) {
  return *reinterpret_cast<const UnalignedBits*>(from);
}

/// Stores a[0], b[0], a[1], b[1], ...
[[gnu::always_inline]] inline void store_in_turn(uint64_t* to, Bits a, Bits b) {
#if defined(__AVX512F__)
  const Bits lower = {0, 8, 1, 9, 2, 10, 3, 11}, upper = {4, 12, 5, 13, 6, 14, 7, 15};
  store(to, (Bits)_mm512_maskz_permutex2var_epi64(all, (__m512i)a, (__m512i)lower, (__m512i)b));
  store(to + lanes, (Bits)_mm512_maskz_permutex2var_epi64(all, (__m512i)a, (__m512i)upper, (__m512i)b));
#elif defined(__AVX2__)
  const __m256i even = _mm256_unpacklo_epi64((__m256i)a, (__m256i)b),
                odd = _mm256_unpackhi_epi64((__m256i)a, (__m256i)b);
  store(to, (Bits)_mm256_permute2x128_si256(even, odd, 0x20));
  store(to + lanes, (Bits)_mm256_permute2x128_si256(even, odd, 0x31));
#else
  for (size_t i = 0; i < lanes; ++i) to[2 * i] = a[i], to[2 * i + 1] = b[i];
#endif
}

/// 0, 1, 2, ...
[[gnu::always_inline]] inline Bits lane_numbers() {
  Bits lane{};
  for (size_t i = 0; i < lanes; ++i) lane[i] = i;
  return lane;
}

/// 64-bit product of the low halves with m.
[[gnu::always_inline]] inline Bits low_product(Bits x, uint64_t m) {
#if defined(__AVX512F__)
  return (Bits)_mm512_maskz_mul_epu32(all, (__m512i)x, _mm512_set1_epi64(static_cast<long long>(m)));
#elif defined(__AVX2__)
  return (Bits)_mm256_mul_epu32((__m256i)x, _mm256_set1_epi64x(static_cast<long long>(m)));
#elif defined(__SSE2__)
  return (Bits)_mm_mul_epu32((__m128i)x, _mm_set1_epi64x(static_cast<long long>(m)));
#else
  return (x & low_half) * m;
#endif
}

/// high 2^32 + (low mod 2^32); the high halves of both are ignored.
[[gnu::always_inline]] inline Bits joined(Bits high, Bits low) {
#if defined(__AVX512F__)
  return (Bits)_mm512_mask_moveldup_ps((__m512)low, 0xAAAA, (__m512)high);
#else
  return (high << 32) | (low & low_half);
#endif
}

/// a ^ b ^ c.
[[gnu::always_inline]] inline Bits exclusive_or(Bits a, Bits b, Bits c) {
#if defined(__AVX512F__)
  return (Bits)_mm512_maskz_ternarylogic_epi64(all, (__m512i)a, (__m512i)b, (__m512i)c, 0x96);
#else
  return a ^ b ^ c;
#endif
}

/// The nearest double.
[[gnu::always_inline]] inline Reals nearest_real(Bits x) {
#if defined(__AVX512F__)
  return (Reals)_mm512_maskz_cvtepu64_pd(all, (__m512i)x);
#else
  // Each half below a power of two that aligns it (2^84 and 2^52), both exact, then one rounded sum.
  const Reals above = as_reals((x >> 32) | UINT64_C(0x4530000000000000)) - 0x1.00000001p84;
  return above + as_reals((x & low_half) | UINT64_C(0x4330000000000000));
#endif
}

/// e for x = m 2^e, m in [1, 2); x positive and normal.
[[gnu::always_inline]] inline Reals exponent(Bits x) {
#if defined(__AVX512F__)
  return (Reals)_mm512_maskz_getexp_pd(all, (__m512d)x);
#else
  return as_reals((x >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023);
#endif
}

/// table[i mod 16] for each lane i.
[[gnu::always_inline]] inline Reals lookup(const double (&table)[16], Bits i) {
#if defined(__AVX512F__)
  return (Reals)_mm512_maskz_permutex2var_pd(all, (__m512d)load(table), (__m512i)i, (__m512d)load(table + 8));
#elif defined(__AVX2__)
  return (Reals)_mm256_i64gather_pd(table, (__m256i)(i & 15), 8);
#else
  Reals found{};
  for (size_t k = 0; k < lanes; ++k) found[k] = table[i[k] & 15];
  return found;
#endif
}

[[gnu::always_inline]] inline Reals square_root(Reals x) {
#if defined(__AVX512F__)
  return (Reals)_mm512_maskz_sqrt_pd(all, (__m512d)x);
#elif defined(__AVX2__)
  return (Reals)_mm256_sqrt_pd((__m256d)x);
#elif defined(__SSE2__)
  return (Reals)_mm_sqrt_pd((__m128d)x);
#else
  for (size_t i = 0; i < lanes; ++i) x[i] = __builtin_sqrt(x[i]);
  return x;
#endif
}

/// x where the lane of `of` has a bit of the lane of `mask`, else y.
[[gnu::always_inline]] inline Reals where_set(Bits of, Bits mask, Reals x, Reals y) {
#if defined(__AVX512F__)
  return (Reals)_mm512_mask_blend_pd(_mm512_test_epi64_mask((__m512i)of, (__m512i)mask), (__m512d)y,
                                     (__m512d)x);
#else
  return (of & mask) != 0 ? x : y;
#endif
}
[[gnu::always_inline]] inline Reals where_set(Bits of, uint64_t mask, Reals x, Reals y) {
  return where_set(of, mask + Bits{}, x, y);
}

// A yes or no for each lane.
#if defined(__AVX512F__)
typedef __mmask8 Flags;
[[gnu::always_inline]] inline Flags every_lane() { return all; }
[[gnu::always_inline]] inline bool is_every_lane(Flags f) { return f == all; }
/// f where also low <= x <= high (NaN is not).
[[gnu::always_inline]] inline Flags flags_within(Flags f, Reals x, Reals low, Reals high) {
  return _mm512_mask_cmp_pd_mask(_mm512_mask_cmp_pd_mask(f, (__m512d)x, (__m512d)low, _CMP_GE_OQ), (__m512d)x,
                                 (__m512d)high, _CMP_LE_OQ);
}
#else
typedef Bits Flags;
[[gnu::always_inline]] inline Flags every_lane() { return ~Bits{}; }
[[gnu::always_inline]] inline bool is_every_lane(Flags f) {
  uint64_t yes = ~UINT64_C(0);
  for (size_t i = 0; i < lanes; ++i) yes &= f[i];
  return yes == ~UINT64_C(0);
}
[[gnu::always_inline]] inline Flags flags_within(Flags f, Reals x, Reals low, Reals high) {
  return f & (Bits)(x >= low) & (Bits)(x <= high);
}
#endif

}  // namespace fpk::sde::FPK_ISA
