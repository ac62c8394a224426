#include "app/observers/invariants.hpp"

namespace fpk::app {

void observe_invariants(const DensityRoad& road, const std::vector<double>& stationary,
                        io::DensityRecord& record, Findings& findings) {
  const auto found = verification::invariants(road.part(), road.time(), road.law().masses(), stationary);
  record.mass.push_back(found.total_mass);
  record.minimum.push_back(found.smallest_density);
  if (found.relative_entropy) record.relative_entropy.push_back(*found.relative_entropy);
  findings.history.push_back(found);
}

}  // namespace fpk::app
