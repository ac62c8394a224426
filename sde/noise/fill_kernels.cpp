// Blocks of random numbers; what they are is said in box_muller.hpp, block_normals.hpp and bit_planes.hpp.
#include "sde/noise/fill_kernels.hpp"

#include "sde/noise/bit_planes.hpp"
#include "sde/noise/block_normals.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

/// Sets to[0..256): `set` where the particle's bit of the plane is set, else `clear`.
void spread(const uint64_t* plane, double set, double clear, double* to) {
  const Reals one = set + Reals{}, other = clear + Reals{};
  for (size_t i = 0; i < plane_width; i += lanes)
    store(to + i, where_set(plane[i / 64] + Bits{}, (UINT64_C(1) << i % 64) << lane_numbers(), one, other));
}

/// Sets to[i] to 0 where the particle's bit is not set.
void keep(const uint64_t* plane, double* to) {
  for (size_t i = 0; i < plane_width; i += lanes)
    store(to + i, where_set(plane[i / 64] + Bits{}, (UINT64_C(1) << i % 64) << lane_numbers(), load(to + i),
                            Reals{}));
}

void normals(const Stream& stream, uint64_t first_particle, uint64_t step, double variance, double* const* to,
             size_t components, BlockRounds* kept) {
  fine_normals(stream, first_particle, step, ScaledLogarithm<Resolution::fine>(-2 * variance), to, components,
               kept);
}

void coarse(const Stream& stream, uint64_t first_particle, uint64_t step, double variance, double* const* to,
            size_t components, BlockRounds* kept) {
  coarse_normals(stream, first_particle, step, ScaledLogarithm<Resolution::coarse>(-2 * variance), to,
                 components, kept);
}

void two_points(const Stream& stream, uint64_t first_particle, uint64_t step, double value, double* const* to,
                size_t components) {
  // The two blocks of up to four components at a time.
  constexpr uint64_t number[8] = {0, 1, 0, 1, 0, 1, 0, 1}, none[8] = {}, draw[8] = {0, 0, 1, 1, 2, 2, 3, 3};
  for (size_t k = 0; k < components; k += 4) {
    uint64_t sign[4][plane_words];
    random_numbers<Bits>(counter(stream, first_particle, step, static_cast<uint32_t>(k)), stream.seed,
                         {number, none, draw, 8}, sign[0]);
    for (size_t j = 0; j < 4 && k + j < components; ++j) spread(sign[j], -value, value, to[k + j]);
  }
}

void three_points(const Stream& stream, uint64_t first_particle, uint64_t step, double value,
                  double* const* to, size_t components) {
  for (size_t k = 0; k < components; ++k) {
    const Counter first = counter(stream, first_particle, step, static_cast<uint32_t>(k));
    uint64_t planes[planes_at_once * plane_words], nonzero[plane_words];
    for (uint64_t chunk = 0; chunk < planes_at_once / 4; ++chunk)
      four_planes(first, stream.seed, chunk, planes + 4 * plane_words * chunk);
    nonzero_thirds(first, stream.seed, planes, nonzero);
    spread(planes, -value, value, to[k]);
    keep(nonzero, to[k]);
  }
}

// Midpoints (k + 1/2) 2^-52 of 52 random bits, two from a block, as in uniform.hpp.
void uniforms(const Stream& stream, uint64_t first_particle, uint64_t step, double /*scale*/,
              double* const* to, size_t components) {
  const auto midpoint = [](Bits k) {
    return as_reals((k >> 12) | UINT64_C(0x3FF0000000000000)) - (1 - 0x1p-53);
  };
  for (size_t k = 0; k < components; k += 2) {
    const Counter first = counter(stream, first_particle, step, static_cast<uint32_t>(k / 2));
    for (size_t i = 0; i < plane_width; i += lanes) {
      Bits word[4] = {lane_numbers() + (first.word[0] + i), first.word[1] + Bits{}, first.word[2] + Bits{},
                      first.word[3] + Bits{}};
      philox4x32_10(word, stream.seed, [](Bits x, uint64_t m) { return low_product(x, m); });
      store(to[k] + i, midpoint(joined(word[0], word[1])));
      if (k + 1 < components) store(to[k + 1] + i, midpoint(joined(word[2], word[3])));
    }
  }
}

}  // namespace

const FillKernels fill_kernels{normals, coarse, two_points, three_points, uniforms};

}  // namespace fpk::sde::FPK_ISA
