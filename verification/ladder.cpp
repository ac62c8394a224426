#include "verification/ladder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

namespace fpk::verification {

std::vector<Rung> coarsest_first(std::vector<Rung> rungs) {
  std::sort(rungs.begin(), rungs.end(), [](const Rung& a, const Rung& b) { return a.size > b.size; });
  for (std::size_t l = 0; l < rungs.size(); ++l) {
    if (!(rungs[l].size > 0)) throw std::invalid_argument("the sizes of a ladder must be positive");
    if (l > 0 && rungs[l].size == rungs[l - 1].size)
      throw std::invalid_argument(fmt::format("the size {:.6g} occurs twice in a ladder", rungs[l].size));
  }
  return rungs;
}

std::string sizes_of(const std::vector<Rung>& rungs) {
  std::string text;
  for (const auto& rung : rungs) text += fmt::format("{}{:.4g}", text.empty() ? "" : ", ", rung.size);
  return text;
}

}  // namespace fpk::verification
