#include "solvers/field.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {

Field::Field(const law::GridPart& part, bool periodic, std::size_t reach)
    : size_(part.size()),
      halo_(reach * part.plane_size()),
      periodic_(periodic),
      processes_(part.processes()) {
  values_.assign(size_ + 2 * lead(), 0.0);
  if (processes_.size() == 1 || reach == 1) return;  // every process holds a plane
  const double fewest = processes_.min(static_cast<double>(part.planes()));
  if (fewest < static_cast<double>(reach))
    throw SolverError(fmt::format(
        "a jump reaches {} cells along {}, and a process holds only {} of them; run on fewer processes",
        reach, part.grid().axes().back().name(), fewest));
}

void Field::exchange() {
  double* const own = data();
  if (processes_.size() == 1) {
    if (!periodic_) return;
    for (std::size_t k = 0; k < halo_; ++k) {  // the ring may be shorter than the halo
      own[-1 - static_cast<std::ptrdiff_t>(k)] = own[size_ - 1 - k % size_];
      own[size_ + k] = own[k % size_];
    }
    return;
  }
  const int n = processes_.size(), rank = processes_.rank();
  const auto neighbour = [&](int r) {
    return periodic_ ? (r + n) % n : (r < 0 || r >= n ? MPI_PROC_NULL : r);
  };
  processes_.shift({own + size_ - halo_, halo_}, neighbour(rank + 1), {own - halo_, halo_},
                   neighbour(rank - 1));
  processes_.shift({own, halo_}, neighbour(rank - 1), {own + size_, halo_}, neighbour(rank + 1));
}

}  // namespace fpk::solvers
