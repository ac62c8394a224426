// Which of the compiled instruction sets the hot loops use, decided once at run time.
//
// Every loop gives the same bits on all of them (no fused multiply-add is used unless written), so this is a
// matter of speed alone. FPK_INSTRUCTION_SET=plain|avx2|avx512 in the environment forces a lower one.
#pragma once

#include <string_view>

namespace fpk::parallel {

enum class InstructionSet { plain, avx2, avx512 };

/// The set in use: the best this machine has, or the one the environment asks for where it is available.
InstructionSet instruction_set();

/// Use `set` from now on, if this machine has it; returns the set then in use. For tests and benchmarks.
InstructionSet use_instruction_set(InstructionSet set);

std::string_view name(InstructionSet set);

/// The one for the set in use, of what was compiled for each (parallel/kernels.hpp).
template <class Kernels>
const Kernels& choose(const Kernels& plain, const Kernels& avx2, const Kernels& avx512) {
  switch (instruction_set()) {
    case InstructionSet::avx512:
      return avx512;
    case InstructionSet::avx2:
      return avx2;
    case InstructionSet::plain:
      break;
  }
  return plain;
}

}  // namespace fpk::parallel
