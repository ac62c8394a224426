// Steps of particles whose noise is constant, compiled for one process,
//
//     X_{n+1} = F(X_n) + s dW_n,                          one source of noise a coordinate,
//
// for C++ programs that want the particle road at the speed of a loop written for one process. With F(x) = x + b(x) dt it is the
// scheme of Euler and Maruyama (Maruyama 1955) for dX = b dt + s dW; `Euler` makes such an F of b. A block of 256 particles takes
// all its steps while it is in the first cache. The random numbers are those of sde::Ensemble, so that the two agree: to the bit
// where F does the same sums and products and s is a power of two, else to round-off.
//
//     struct DoubleWell {                       // b = -grad of (x^2 - 1)^2 + y^2
//       template <class R>
//       void operator()(const R (&x)[2], R (&b)[2]) const {
//         b[0] = -4.0 * x[0] * (x[0] * x[0] - 1.0);
//         b[1] = -2.0 * x[1];
//       }
//     };
//     const Steps<NoiseKind::normal, 2, Euler<DoubleWell>> steps({seed}, s * s * dt, {dt, {}});
//     steps.advance(x, first_particle, first_step, end_step);
//
// R is one or several vectors of doubles, with + - * / and square_root(). The header is for a file that is compiled once for each
// instruction set with FPK_ISA defined to its name (cmake/FpkTargets.cmake: fpk_kernels); one of the copies is called, by
// parallel::instruction_set(). benchmarks/double_well_kernels.cpp is an example. There are no walls: a process on all of space.
#pragma once

#include "sde/fused/increments.hpp"

namespace fpk::sde::FPK_ISA {

/// x + b(x) dt.
template <class Drift>
struct Euler {
  double dt;
  [[no_unique_address]] Drift drift;

  template <class R, size_t d>
  [[gnu::always_inline]] void operator()(const R (&x)[d], R (&to)[d]) const {
    R b[d];
    drift(x, b);
    for (size_t k = 0; k < d; ++k) to[k] = x[k] + dt * b[k];
  }
};

template <NoiseKind kind, size_t d, class Map>
class Steps {
 public:
  /// `variance` of s dW: s^2 dt.
  Steps(const Stream& stream, double variance, const Map& map) : increments_(stream, variance), map_(map) {}

  /// The block of particles first_particle (a multiple of 256) on, x[k][0..256), takes the steps first_step, ...,
  /// end_step - 1.
  void advance(double* const (&x)[d], uint64_t first_particle, uint64_t first_step, uint64_t end_step) const {
    Block block(increments_, first_particle);
    alignas(64) double
        at[d][plane_width];  // of its own: whole cache lines, and nothing else that a store could touch
    for (size_t k = 0; k < d; ++k)
      for (size_t i = 0; i < plane_width; i += lanes) store(at[k] + i, load(x[k] + i));
    for (uint64_t n = first_step, end; n < end_step; n = end) {
      end = (n / Block::steps + 1) * Block::steps;
      if (end > end_step) end = end_step;
      block.prepare(n, end);
      for (size_t i = 0; i < stride; i += vectors_in<R> * lanes) advance(at, i, block, n, end);
    }
    for (size_t k = 0; k < d; ++k)
      for (size_t i = 0; i < plane_width; i += lanes) store(x[k] + i, load(at[k] + i));
  }

 private:
  using Block = typename Increments<kind, d>::Block;
  using R = typename Block::Values;
  static constexpr size_t stride = plane_width / Block::shares;

  /// The particles i, i + 1, ... of each share, in registers from step n to step `end`.
  [[gnu::always_inline]] void advance(double (&x)[d][plane_width], size_t i, const Block& block, uint64_t n,
                                      uint64_t end) const {
    R at[Block::shares][d], dW[Block::shares][d], to[d];
    block.draw(n, i, dW);
    for (size_t s = 0; s < Block::shares; ++s)
      for (size_t k = 0; k < d; ++k) at[s][k] = load_as<R>(x[k] + i + s * stride);
    while (true) {
      for (size_t s = 0; s < Block::shares; ++s) {
        map_(at[s], to);
        for (size_t k = 0; k < d; ++k) at[s][k] = to[k] + dW[s][k];
      }
      if (Block::steps == 1 || ++n == end) break;
      block.draw(n, i, dW);
    }
    for (size_t s = 0; s < Block::shares; ++s)
      for (size_t k = 0; k < d; ++k) store(x[k] + i + s * stride, at[s][k]);
  }

  Increments<kind, d> increments_;
  Map map_;
};

}  // namespace fpk::sde::FPK_ISA
