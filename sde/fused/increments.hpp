// Increments for loops that are compiled in: 256 particles, d numbers each, a step at a time.
//
//     Increments<kind, d>          what a run has once: the stream, tables
//     Increments<kind, d>::Block   of one block of particles: begin_step(n), then added(k, i, x) is x plus the increments k
//                                  of particles i .. i + lanes
//
// The numbers are those of fill_increments in sde/noise/fill.hpp, to the bit.
#pragma once

#include "sde/noise/bit_planes.hpp"
#include "sde/noise/box_muller.hpp"
#include "sde/noise/noise_kind.hpp"
#include "sde/noise/philox_steps.hpp"

namespace fpk::sde::FPK_ISA {

template <NoiseKind kind, size_t d>
class Increments;

template <size_t d>
class Increments<NoiseKind::normal, d> {
 public:
  Increments(const Stream& stream, double variance) : stream_(stream), log_(-2 * variance) {}

  class Block {
   public:
    using Values = Pair<Pair<Reals>>;
    static constexpr uint64_t steps = 1;
    static constexpr size_t shares = d % 2 == 0 ? 1 : 2;

    Block(const Increments& of, uint64_t first_particle) : of_(of), first_particle_(first_particle) {}
    void prepare(uint64_t n, uint64_t /*end*/) {
      if (prepared_ != n >> 32) prepare(n);
    }

    [[gnu::always_inline]] void draw(uint64_t n, size_t i, Values (&dW)[shares][d]) const {
#pragma GCC unroll 8
      for (size_t s = 0; s < shares; ++s)
#pragma GCC unroll 8
        for (size_t k = 0; k + 1 < d; k += 2)
          pair(n, i + s * plane_width / shares, k, dW[s][k], dW[s][k + 1]);
      if constexpr (shares == 2) pair(n, i, d - 1, dW[0][d - 1], dW[1][d - 1]);
    }

   private:
    [[gnu::always_inline]] void pair(uint64_t n, size_t i, size_t k, Values& first, Values& second) const {
      Quad word[4];
      remaining_rounds(philox_[k / 2], i, static_cast<uint32_t>(n), word);
      const auto [cosine, sine] = normal_pair(joined(word[0], word[1]), joined(word[2], word[3]), of_.log_);
      first = cosine;
      second = sine;
    }

    [[gnu::noinline]] void prepare(uint64_t n) {
      prepared_ = n >> 32;
      for (uint32_t j = 0; j < (d + 1) / 2; ++j)
        keep_rounds(philox_[j], counter(of_.stream_, first_particle_, n, j), of_.stream_.seed);
    }

    const Increments& of_;
    uint64_t first_particle_, prepared_ = ~UINT64_C(0);
    BlockRounds philox_[(d + 1) / 2];
  };

 private:
  Stream stream_;
  ScaledLogarithm<Resolution::fine> log_;
};

template <size_t d>
class Increments<NoiseKind::normal_32, d> {
 public:
  Increments(const Stream& stream, double variance) : stream_(stream), log_(-2 * variance) {}

  class Block {
   public:
    using Values = Pair<Pair<Reals>>;
    static constexpr uint64_t steps = 1;
    static constexpr size_t shares = d % 4 == 0 ? 1 : d % 2 == 0 ? 2 : 4;

    Block(const Increments& of, uint64_t first_particle) : of_(of), first_particle_(first_particle) {}
    void prepare(uint64_t n, uint64_t /*end*/) {
      if (prepared_ != n >> 32) prepare(n);
    }

    [[gnu::always_inline]] void draw(uint64_t n, size_t i, Values (&dW)[shares][d]) const {
      constexpr size_t stride = plane_width / shares, whole = d / 4 * 4;
      Values four[4];
#pragma GCC unroll 8
      for (size_t s = 0; s < shares; ++s)
#pragma GCC unroll 8
        for (size_t k = 0; k < whole; k += 4) {
          fours(n, i + s * stride, k, four);
          for (size_t j = 0; j < 4; ++j) dW[s][k + j] = four[j];
        }
      if constexpr (d % 4 >= 2)
#pragma GCC unroll 8
        for (size_t s = 0; s < shares / 2; ++s) {
          fours(n, i + s * stride, whole, four);
          for (size_t j = 0; j < 4; ++j) dW[s + j / 2 * shares / 2][whole + j % 2] = four[j];
        }
      if constexpr (d % 2 == 1) {
        fours(n, i, d - 1, four);
        for (size_t j = 0; j < 4; ++j) dW[j][d - 1] = four[j];
      }
    }

   private:
    [[gnu::always_inline]] void fours(uint64_t n, size_t i, size_t k, Values (&four)[4]) const {
      Quad word[4];
      remaining_rounds(philox_[(k + 2) / 4], i, static_cast<uint32_t>(n), word);
#pragma GCC unroll 2
      for (int half = 0; half < 2; ++half) {
        const auto [cosine, sine] = normal_pair(word[2 * half], word[2 * half + 1], of_.log_);
        four[2 * half] = cosine;
        four[2 * half + 1] = sine;
      }
    }

    [[gnu::noinline]] void prepare(uint64_t n) {
      prepared_ = n >> 32;
      for (uint32_t j = 0; j < draws; ++j)
        keep_rounds(philox_[j], counter(of_.stream_, first_particle_, n, j), of_.stream_.seed);
    }

    static constexpr size_t draws = d / 4 + d % 4 / 2 + d % 2;
    const Increments& of_;
    uint64_t first_particle_, prepared_ = ~UINT64_C(0);
    BlockRounds philox_[draws];
  };

 private:
  Stream stream_;
  ScaledLogarithm<Resolution::coarse> log_;
};

/// For each pattern of bits of a vector's lanes: -value where a lane's bit is set, else value; and all bits where set, else none.
struct LaneTables {
  explicit LaneTables(double value) {
    for (size_t pattern = 0; pattern < size_t{1} << lanes; ++pattern)
      for (size_t i = 0; i < lanes; ++i) {
        const bool set = (pattern >> i & 1U) != 0;
        values[pattern][i] = set ? -value : value;
        masks[pattern][i] = set ? ~UINT64_C(0) : 0;
      }
  }
  /// The lanes of the particles i on.
  [[gnu::always_inline]] static size_t pattern(const uint64_t* plane, size_t i) {
    if constexpr (lanes == 8)
      return reinterpret_cast<const unsigned char*>(plane)[i / 8];  // x86: the low byte first
    return plane[i / 64] >> i % 64 & ((size_t{1} << lanes) - 1);
  }
  [[gnu::always_inline]] Reals two(const uint64_t* sign, size_t i) const {
    return load(values[pattern(sign, i)]);
  }
  [[gnu::always_inline]] Reals three(const uint64_t* sign, const uint64_t* nonzero, size_t i) const {
    return as_reals(as_bits(two(sign, i)) & load_bits(masks[pattern(nonzero, i)]));
  }

  alignas(64) double values[size_t{1} << lanes][lanes];
  alignas(64) uint64_t masks[size_t{1} << lanes][lanes];
};

/// f(i) for the vectors of 4 lanes particles.
template <class Function>
[[gnu::always_inline]] inline Pair<Pair<Reals>> four_vectors(size_t i, Function f) {
  return {{f(i), f(i + lanes)}, {f(i + 2 * lanes), f(i + 3 * lanes)}};
}

/// Addresses of the Philox blocks of `planes` planes for each of d draws at each step, one after another.
template <size_t d, size_t planes, size_t count>
struct PlaneAddresses {
  PlaneAddresses() {
    for (size_t f = 0; f < count; ++f)
      particle[f] = f % (2 * planes), draw[f] = f / (2 * planes) % d, step[f] = f / (2 * planes * d);
  }
  [[nodiscard]] Addresses all() const { return {particle, step, draw, count}; }
  uint64_t particle[count], step[count], draw[count];
};

template <size_t d>
class Increments<NoiseKind::two_point, d> {
 public:
  Increments(const Stream& stream, double variance)
      : stream_(stream), tables_(square_root(variance + Reals{})[0]) {}

  class Block {
   public:
    using Values = Pair<Pair<Reals>>;
    static constexpr size_t shares = 1;
    static constexpr uint64_t steps = 8;

    Block(const Increments& of, uint64_t first_particle) : of_(of), first_particle_(first_particle) {}
    void prepare(uint64_t n, uint64_t /*end*/) {
      random_numbers<Pair<Bits>>(counter(of_.stream_, first_particle_, n / steps * steps, 0),
                                 of_.stream_.seed, of_.addresses_.all(), sign_[0][0]);
    }
    [[gnu::always_inline]] void draw(uint64_t n, size_t i, Values (&dW)[1][d]) const {
      for (size_t k = 0; k < d; ++k)
        dW[0][k] = four_vectors(i, [&](size_t j) { return of_.tables_.two(sign_[n % steps][k], j); });
    }

   private:
    const Increments& of_;
    uint64_t first_particle_;
    uint64_t sign_[steps][d][plane_words];
  };

 private:
  Stream stream_;
  LaneTables tables_;
  PlaneAddresses<d, 1, 8 * d * 2> addresses_;
};

template <size_t d>
class Increments<NoiseKind::three_point, d> {
  static constexpr size_t blocks = (d * 2 * planes_at_once + 15) / 16 * 16;

 public:
  Increments(const Stream& stream, double variance)
      : stream_(stream), tables_(square_root(3 * variance + Reals{})[0]) {}

  class Block {
   public:
    using Values = Pair<Pair<Reals>>;
    static constexpr size_t shares = 1;
    static constexpr uint64_t steps = 8;

    Block(const Increments& of, uint64_t first_particle) : of_(of), first_particle_(first_particle) {}
    void prepare(uint64_t n, uint64_t end) {
      const uint64_t seed = of_.stream_.seed;
      if (prepared_ != n >> 32) {
        prepared_ = n >> 32;
        keep_rounds(philox_, counter(of_.stream_, first_particle_, n, 0), seed, of_.addresses_.particle,
                    of_.addresses_.draw);
      }
      for (; n < end; ++n) {
        for (size_t f = 0; f < blocks; f += 2 * lanes) {
          Pair<Bits> word[4];
          remaining_rounds(philox_, f, static_cast<uint32_t>(n), word);
          store_in_turn(planes_[0][0] + 2 * f, joined(word[0], word[1]), joined(word[2], word[3]));
        }
        for (size_t k = 0; k < d; ++k) {
          for (size_t w = 0; w < plane_words; ++w) sign_[n % steps][k][w] = planes_[k][0][w];
          nonzero_thirds(counter(of_.stream_, first_particle_, n, static_cast<uint32_t>(k)), seed,
                         planes_[k][0], nonzero_[n % steps][k]);
        }
      }
    }
    [[gnu::always_inline]] void draw(uint64_t n, size_t i, Values (&dW)[1][d]) const {
      for (size_t k = 0; k < d; ++k)
        dW[0][k] = four_vectors(
            i, [&](size_t j) { return of_.tables_.three(sign_[n % steps][k], nonzero_[n % steps][k], j); });
    }

   private:
    const Increments& of_;
    uint64_t first_particle_;
    uint64_t sign_[steps][d][plane_words], nonzero_[steps][d][plane_words];
    uint64_t prepared_ = ~UINT64_C(0);
    KeptRounds<blocks> philox_;
    uint64_t planes_[d + 1][planes_at_once][plane_words];  // one more: `blocks` is rounded up
  };

 private:
  Stream stream_;
  LaneTables tables_;
  PlaneAddresses<d, planes_at_once, blocks> addresses_;
};

}  // namespace fpk::sde::FPK_ISA
