// The hot loops as compiled for each instruction set, and the choice among them.
#pragma once

#include <stddef.h>

#include "formula/instruction.hpp"

namespace fpk::formula {

using ArrayFunction = void (*)(const double* x, double* out, size_t n);

struct Kernels {
  ArrayFunction exp, log, sin, cos;
  void (*run)(const Machine&);
};

/// Those of the instruction set in use.
const Kernels& kernels();

// Each compiled copy of the *_kernels.cpp files defines these; out may be x.
#define FPK_FORMULA_KERNELS(isa)                        \
  namespace isa {                                       \
  void exp_of(const double* x, double* out, size_t n);  \
  void log_of(const double* x, double* out, size_t n);  \
  void sin_of(const double* x, double* out, size_t n);  \
  void cos_of(const double* x, double* out, size_t n);  \
  void tan_of(const double* x, double* out, size_t n);  \
  void sinh_of(const double* x, double* out, size_t n); \
  void cosh_of(const double* x, double* out, size_t n); \
  void tanh_of(const double* x, double* out, size_t n); \
  void run(const Machine& machine);                     \
  }
FPK_FORMULA_KERNELS(plain)
FPK_FORMULA_KERNELS(avx2)
FPK_FORMULA_KERNELS(avx512)
#undef FPK_FORMULA_KERNELS

}  // namespace fpk::formula
