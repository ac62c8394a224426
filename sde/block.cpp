#include "sde/block.hpp"

#include "parallel/instruction_set.hpp"
#include "sde/block_kernels.hpp"

namespace fpk::sde {
namespace {

struct Kernels {
  decltype(&plain::add_multiple) add_multiple;
  decltype(&plain::add_product) add_product;
  decltype(&plain::set_sum) set_sum;
  decltype(&plain::is_inside) is_inside;
};

constexpr Kernels plain_kernels{plain::add_multiple, plain::add_product, plain::set_sum, plain::is_inside};
#if defined(__x86_64__)
constexpr Kernels avx2_kernels{avx2::add_multiple, avx2::add_product, avx2::set_sum, avx2::is_inside};
constexpr Kernels avx512_kernels{avx512::add_multiple, avx512::add_product, avx512::set_sum,
                                 avx512::is_inside};
#endif

const Kernels& kernels() {
#if defined(__x86_64__)
  using parallel::InstructionSet;
  switch (parallel::instruction_set()) {
    case InstructionSet::avx512:
      return avx512_kernels;
    case InstructionSet::avx2:
      return avx2_kernels;
    case InstructionSet::plain:
      break;
  }
#endif
  return plain_kernels;
}

}  // namespace

BlockArrays::BlockArrays(std::size_t count) : arrays_(count) {
  for (auto& a : arrays_) pointers_.push_back(a.value);
}

void add_multiple(double* x, double c, const double* y) {
  kernels().add_multiple(x, c, y, formula::block_width);
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

}  // namespace fpk::sde
