// Two vectors worked on side by side, or two such pairs.
//
// A chain of ten Philox rounds, a logarithm and a root waits on itself: each operation takes several cycles, and one chain
// fills a third of them. Written over Pair<Pair<Bits>>, the same formula is four chains whose operations alternate, so
// that the units are kept busy. Each member is what it would be alone, to the bit.
#pragma once

#include "sde/noise/lanes.hpp"

namespace fpk::sde::FPK_ISA {

template <class V>
struct Pair {
  V a, b;
};
template <class V>
Pair(V, V) -> Pair<V>;

#define FPK_EACH(op)                                                                                      \
  template <class V>                                                                                      \
  [[gnu::always_inline]] inline Pair<V> operator op(const Pair<V>& x, const Pair<V>& y) {                 \
    return {x.a op y.a, x.b op y.b};                                                                      \
  }                                                                                                       \
  template <class V, class S>                                                                             \
  requires(!requires(S s) { s.a; }) [[gnu::always_inline]] inline Pair<V> operator op(const Pair<V>& x,   \
                                                                                      S y) {              \
    return {x.a op y, x.b op y};                                                                          \
  }                                                                                                       \
  template <class V, class S>                                                                             \
  requires(!requires(S s) { s.a; }) [[gnu::always_inline]] inline Pair<V> operator op(S x,                \
                                                                                      const Pair<V>& y) { \
    return {x op y.a, x op y.b};                                                                          \
  }
FPK_EACH(+)
FPK_EACH(-)
FPK_EACH(*)
FPK_EACH(/)
FPK_EACH(&)
FPK_EACH(|)
FPK_EACH(^)
FPK_EACH(>>)
FPK_EACH(<<)
#undef FPK_EACH
template <class V>
[[gnu::always_inline]] inline Pair<V> operator-(const Pair<V>& x) {
  return {-x.a, -x.b};
}

template <class V>
[[gnu::always_inline]] inline auto as_reals(const Pair<V>& x) {
  return Pair{as_reals(x.a), as_reals(x.b)};
}
template <class V>
[[gnu::always_inline]] inline auto as_bits(const Pair<V>& x) {
  return Pair{as_bits(x.a), as_bits(x.b)};
}
template <class V>
[[gnu::always_inline]] inline Pair<V> low_product(const Pair<V>& x, uint64_t m) {
  return {low_product(x.a, m), low_product(x.b, m)};
}
template <class V>
[[gnu::always_inline]] inline Pair<V> joined(const Pair<V>& high, const Pair<V>& low) {
  return {joined(high.a, low.a), joined(high.b, low.b)};
}
template <class V>
[[gnu::always_inline]] inline auto nearest_real(const Pair<V>& x) {
  return Pair{nearest_real(x.a), nearest_real(x.b)};
}
template <class V>
[[gnu::always_inline]] inline auto exponent(const Pair<V>& x) {
  return Pair{exponent(x.a), exponent(x.b)};
}
template <class V>
[[gnu::always_inline]] inline auto lookup(const double (&table)[16], const Pair<V>& i) {
  return Pair{lookup(table, i.a), lookup(table, i.b)};
}
template <class V>
[[gnu::always_inline]] inline Pair<V> square_root(const Pair<V>& x) {
  return {square_root(x.a), square_root(x.b)};
}
template <class B, class R>
[[gnu::always_inline]] inline Pair<R> where_set(const Pair<B>& of, uint64_t mask, const Pair<R>& x,
                                                const Pair<R>& y) {
  return {where_set(of.a, mask, x.a, y.a), where_set(of.b, mask, x.b, y.b)};
}

/// How many vectors V holds.
template <class V>
inline constexpr size_t vectors_in = 1;
template <class V>
inline constexpr size_t vectors_in<Pair<V>> = 2 * vectors_in<V>;

template <class V>
[[gnu::always_inline]] inline void store(double* to, const Pair<V>& x) {
  store(to, x.a);
  store(to + vectors_in<V> * lanes, x.b);
}

typedef Pair<Pair<Bits>> Quad;
inline constexpr size_t quad = 4 * lanes;

template <class V>
struct Loader {
  [[gnu::always_inline]] static V load(const double* from) { return FPK_ISA::load(from); }
  [[gnu::always_inline]] static V load_bits(const uint64_t* from) { return FPK_ISA::load_bits(from); }
  [[gnu::always_inline]] static V counting(uint64_t first) { return lane_numbers() + first; }
  template <class S>
  [[gnu::always_inline]] static V all(S x) {
    return x + V{};
  }
};
template <class V>
struct Loader<Pair<V>> {
  [[gnu::always_inline]] static Pair<V> load(const double* from) {
    return {Loader<V>::load(from), Loader<V>::load(from + vectors_in<V> * lanes)};
  }
  [[gnu::always_inline]] static Pair<V> load_bits(const uint64_t* from) {
    return {Loader<V>::load_bits(from), Loader<V>::load_bits(from + vectors_in<V> * lanes)};
  }
  [[gnu::always_inline]] static Pair<V> counting(uint64_t first) {
    return {Loader<V>::counting(first), Loader<V>::counting(first + vectors_in<V> * lanes)};
  }
  template <class S>
  [[gnu::always_inline]] static Pair<V> all(S x) {
    return {Loader<V>::all(x), Loader<V>::all(x)};
  }
};

/// The numbers at `from` on.
template <class V>
[[gnu::always_inline]] inline V load_as(const double* from) {
  return Loader<V>::load(from);
}
template <class V>
[[gnu::always_inline]] inline V load_bits_as(const uint64_t* from) {
  return Loader<V>::load_bits(from);
}
/// first, first + 1, ...
template <class V>
[[gnu::always_inline]] inline V counting_from(uint64_t first) {
  return Loader<V>::counting(first);
}
/// x in every lane.
template <class V, class S>
[[gnu::always_inline]] inline V broadcast(S x) {
  return Loader<V>::all(x);
}

}  // namespace fpk::sde::FPK_ISA
