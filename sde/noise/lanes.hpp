// The widest vectors of the instruction set that a kernel is compiled for, as GCC vector types.
//
// + - * / on them round like the scalar operations, lane by lane, so a kernel written with them gives the
// same bits for every width. What the language does not offer, a product of low halves and a square root, is
// here. Only for *_kernels.cpp files.
#pragma once

#include <stddef.h>
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

/// The same bits read as the other type (a cast between vectors does not convert).
[[gnu::always_inline]] inline Reals as_reals(Bits x) { return (Reals)x; }
[[gnu::always_inline]] inline Bits as_bits(Reals x) { return (Bits)x; }

[[gnu::always_inline]] inline void store(double* to, Reals x) { *reinterpret_cast<UnalignedReals*>(to) = x; }

struct LowHalfProduct {
  /// 64-bit product of the low halves.
  [[gnu::always_inline]] Bits operator()(Bits x, uint64_t m) const {
#if defined(__AVX512F__)
    return (Bits)_mm512_maskz_mul_epu32(all, (__m512i)x, _mm512_set1_epi64(static_cast<long long>(m)));
#elif defined(__AVX2__)
    return (Bits)_mm256_mul_epu32((__m256i)x, _mm256_set1_epi64x(static_cast<long long>(m)));
#elif defined(__SSE2__)
    return (Bits)_mm_mul_epu32((__m128i)x, _mm_set1_epi64x(static_cast<long long>(m)));
#else
    return (x & UINT64_C(0xFFFFFFFF)) * m;
#endif
  }
};

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

}  // namespace fpk::sde::FPK_ISA
