// Loops over 256 boxes at a time, as wide as the instruction set.
#include "law/exponential_mean_kernels.hpp"

#include "formula/elementary.hpp"

namespace fpk::law::FPK_ISA {
namespace {

constexpr size_t width = 256;

template <class Exponential>
void sum(const double* const* values, const double* weights, size_t count, const double* __restrict shift,
         double* __restrict out, Exponential exponential) {
  for (size_t i = 0; i < width; ++i) out[i] = 0;
  for (size_t q = 0; q < count; ++q) {
    const double w = weights[q];
    const double* __restrict v = values[q];
    for (size_t i = 0; i < width; ++i) out[i] += w * exponential(v[i] - shift[i]);
  }
}

void range_of(const double* const* values, size_t count, double* __restrict least,
              double* __restrict largest) {
  for (size_t i = 0; i < width; ++i) least[i] = largest[i] = values[0][i];
  for (size_t q = 1; q < count; ++q) {
    const double* __restrict v = values[q];
    for (size_t i = 0; i < width; ++i) {
      least[i] = v[i] < least[i] ? v[i] : least[i];
      largest[i] = v[i] > largest[i] ? v[i] : largest[i];
    }
  }
}

void exponential_sum(const double* const* values, const double* weights, size_t count, const double* shift,
                     bool plain, double* out) {
  if (plain) {
    sum(values, weights, count, shift, out, [](double x) { return formula::elementary::plain_exp(x); });
  } else {
    sum(values, weights, count, shift, out, [](double x) { return formula::elementary::exp(x); });
  }
}

}  // namespace

const ExponentialKernels exponential_kernels{range_of, exponential_sum};

}  // namespace fpk::law::FPK_ISA
