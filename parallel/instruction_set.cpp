#include "parallel/instruction_set.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace fpk::parallel {
namespace {

constexpr std::array<std::string_view, 3> names = {"plain", "avx2", "avx512"};

InstructionSet best_available() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    return InstructionSet::avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::avx2;
#endif
  return InstructionSet::plain;
}

InstructionSet wanted() {
  const char* asked = std::getenv("FPK_INSTRUCTION_SET");
  const auto found = asked == nullptr ? names.end() : std::find(names.begin(), names.end(), asked);
  if (found == names.end()) return best_available();
  return std::min(best_available(), static_cast<InstructionSet>(found - names.begin()));
}

InstructionSet& chosen() {
  static InstructionSet set = wanted();
  return set;
}

}  // namespace

InstructionSet instruction_set() { return chosen(); }

InstructionSet use_instruction_set(InstructionSet set) { return chosen() = std::min(set, best_available()); }

std::string_view name(InstructionSet set) { return names.at(static_cast<std::size_t>(set)); }

}  // namespace fpk::parallel
