// Loops plain enough for the compiler to make vectors of them; compiled once for each instruction set.
#include "sde/block_kernels.hpp"

#include "sde/noise/lanes.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

void add_multiple(double* __restrict x, double c, const double* __restrict y, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] += c * y[i];
}

void add_two_multiples(double* __restrict x, double c, const double* __restrict y, double d,
                       const double* __restrict z, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] = (x[i] + c * y[i]) + d * z[i];
}

void add_product(double* __restrict x, const double* __restrict y, const double* __restrict z, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] += y[i] * z[i];
}

void set_sum(double* __restrict x, const double* __restrict y, const double* __restrict z, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] = y[i] + z[i];
}

// A number that is inside leaves both flags as they are. Four at a time, so that no comparison waits for the one before.
bool is_inside(const double* x, double lower, double upper, size_t n) {
  const Reals low = lower + Reals{}, high = upper + Reals{};
  Flags inside[4] = {every_lane(), every_lane(), every_lane(), every_lane()};
  for (size_t i = 0; i < n; i += 4 * lanes)
    for (size_t k = 0; k < 4; ++k) inside[k] = flags_within(inside[k], load(x + i + k * lanes), low, high);
  return is_every_lane(inside[0] & inside[1] & inside[2] & inside[3]);
}

bool is_near(const double* x, const double* y, double wall, double reach, const double* square, size_t n) {
  long near = 0;
  for (size_t i = 0; i < n; ++i)
    near |= static_cast<long>((x[i] - wall) * (y[i] - wall) <= reach * square[i]);
  return near != 0;
}

}  // namespace

const BlockKernels block_kernels{add_multiple, add_two_multiples, add_product, set_sum, is_inside, is_near};

}  // namespace fpk::sde::FPK_ISA
