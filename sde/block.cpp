#include "sde/block.hpp"

#include "parallel/instruction_set.hpp"
#include "sde/block_kernels.hpp"

namespace fpk::sde {
namespace {

const BlockKernels& kernels() { return FPK_KERNELS_IN_USE(block_kernels); }

}  // namespace

BlockArrays::BlockArrays(std::size_t count) : arrays_(count) {
  for (auto& a : arrays_) pointers_.push_back(a.value);
}

void add_multiple(double* x, double c, const double* y) {
  kernels().add_multiple(x, c, y, formula::block_width);
}

void add_two_multiples(double* x, double c, const double* y, double d, const double* z) {
  kernels().add_two_multiples(x, c, y, d, z, formula::block_width);
}

void add_product(double* x, const double* y, const double* z) {
  kernels().add_product(x, y, z, formula::block_width);
}

void set_sum(double* x, const double* y, const double* z) {
  kernels().set_sum(x, y, z, formula::block_width);
}

bool is_inside(const double* x, double lower, double upper) {
  return kernels().is_inside(x, lower, upper, formula::block_width);
}

bool is_near(const double* x, const double* y, double wall, double reach, const double* square) {
  return kernels().is_near(x, y, wall, reach, square, formula::block_width);
}

}  // namespace fpk::sde
