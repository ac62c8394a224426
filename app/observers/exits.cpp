#include "app/observers/exits.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/exits.hpp"

namespace fpk::app {

void observe_exits(const DensityRoad& road, io::DensityRecord& record, Findings& findings) {
  const auto generator = road.generator();
  const auto& exits = generator->rates().exits;
  const auto& absorbed = road.exits()->absorbed();
  const auto fluxes = solvers::exit_fluxes(*generator, road.law().masses());
  double sum = findings.history.back().total_mass;
  for (std::size_t f = 0; f < exits.size(); ++f) {
    if (record.exits.size() == f)
      record.exits.push_back({solvers::exit_name(road.part().grid(), exits[f]), {}, {}});
    record.exits[f].absorbed.push_back(absorbed[f]);
    record.exits[f].flux.push_back(fluxes[f]);
    sum += absorbed[f];
  }
  if (exits.size() > 1)
    findings.balance =
        std::max(findings.balance.value_or(0), std::abs(sum - findings.history.front().total_mass));
}

}  // namespace fpk::app
