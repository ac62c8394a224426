#include "app/observers/entropy.hpp"

#include "solvers/entropy_balance.hpp"

namespace fpk::app {

void observe_entropy(const DensityRoad& road, const std::vector<double>& stationary, bool closed,
                     io::DensityRecord& record) {
  const auto balance = solvers::entropy_balance(*road.generator(), road.law().masses(), stationary);
  record.entropy.push_back(balance.entropy);
  if (closed) record.entropy_production.push_back(balance.production);
  if (balance.dissipation) record.dissipation.push_back(*balance.dissipation);
  if (balance.housekeeping) record.housekeeping.push_back(*balance.housekeeping);
}

}  // namespace fpk::app
