#include "studies/small_cases.hpp"

#include <algorithm>
#include <stdexcept>

namespace fpk::studies {

const std::vector<SmallCase>& small_cases() {
  static const std::vector<SmallCase> table{
      {"ornstein_uhlenbeck", "closed form", {"time.end=1", "time.observe=5", "domain.x.cells=120"}},
      {"lipschitz_double_well", "two wells", {"time.end=1", "time.observe=5", "domain.x.cells=120"}},
      {"stratonovich_noise", "multiplicative noise", {"time.end=1", "time.observe=5", "particles.step=0.01"}},
      {"tilted_periodic", "periodic, with a current", {"time.end=1", "time.observe=5", "domain.x.cells=96"}},
      {"absorbing_interval",
       "absorbing faces",
       {"time.end=0.4", "time.observe=5", "domain.x.cells=80", "particles.step=0.002"}},
      {"correlated_noise",
       "two variables, mixed noise",
       {"time.end=1", "time.observe=5", "domain.x.cells=36", "domain.y.cells=36", "particles.step=0.02"}},
  };
  return table;
}

io::Case read_small_case(const std::filesystem::path& cases, const std::string& name,
                         std::int64_t particles) {
  const auto& table = small_cases();
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& c) { return c.name == name; });
  if (found == table.end()) throw std::out_of_range("no small case is named " + name);
  auto overrides = found->overrides;
  overrides.push_back("particles.count=" + std::to_string(particles));
  return io::read_case(cases / (name + ".toml"), overrides);
}

}  // namespace fpk::studies
