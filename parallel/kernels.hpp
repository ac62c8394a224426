// Hot loops that are compiled once for each instruction set: how their copies are named and one is chosen.
//
//     x_kernels.hpp    struct Kernels { void (*loop)(...); };          what a copy offers
//                      FPK_DECLARE_KERNELS(Kernels, x_kernels)         its copies: plain::x_kernels, avx2::x_kernels, ...
//     x_kernels.cpp    namespace ...::FPK_ISA {                        compiled once for each set (cmake/FpkTargets.cmake)
//                      const Kernels x_kernels{loop};                  the one place where the loops are listed
//     x.cpp            FPK_KERNELS_IN_USE(x_kernels).loop(...)         with parallel/instruction_set.hpp
//
// Included by the kernels: no code here, and no standard header.
#pragma once

#if defined(__x86_64__)

#define FPK_DECLARE_KERNELS(Kernels, name) \
  namespace plain {                        \
  extern const Kernels name;               \
  }                                        \
  namespace avx2 {                         \
  extern const Kernels name;               \
  }                                        \
  namespace avx512 {                       \
  extern const Kernels name;               \
  }
#define FPK_KERNELS_IN_USE(name) ::fpk::parallel::choose(plain::name, avx2::name, avx512::name)

#else

#define FPK_DECLARE_KERNELS(Kernels, name) \
  namespace plain {                        \
  extern const Kernels name;               \
  }
#define FPK_KERNELS_IN_USE(name) (plain::name)

#endif
