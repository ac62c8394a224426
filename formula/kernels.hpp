// The hot loops of formulas, one copy for each instruction set.
#pragma once

#include <stddef.h>

#include "formula/instruction.hpp"
#include "parallel/kernels.hpp"

namespace fpk::formula {

using ArrayFunction = void (*)(const double* x, double* out, size_t n);

struct Kernels {
  ArrayFunction exp, log, sin, cos;
  void (*run)(const Machine&);
};

/// Those of the instruction set in use.
const Kernels& kernels();

FPK_DECLARE_KERNELS(Kernels, formula_kernels)

#ifdef FPK_ISA  // where a copy is compiled: the loops of block_math_kernels.cpp; out may be x
namespace FPK_ISA {
void exp_of(const double* x, double* out, size_t n);
void logistic_of(const double* x, double* out, size_t n);  ///< e/(1 + e), e = exp(x)
void log_of(const double* x, double* out, size_t n);
void sin_of(const double* x, double* out, size_t n);
void cos_of(const double* x, double* out, size_t n);
void tan_of(const double* x, double* out, size_t n);
void sinh_of(const double* x, double* out, size_t n);
void cosh_of(const double* x, double* out, size_t n);
void tanh_of(const double* x, double* out, size_t n);
}  // namespace FPK_ISA
#endif

}  // namespace fpk::formula
