#include "solvers/field.hpp"

#include <algorithm>

namespace fpk::solvers {

Field::Field(const law::GridPart& part, bool periodic)
    : values_(part.size() + 2 * part.plane_size(), 0.0),
      size_(part.size()),
      plane_(part.plane_size()),
      halo_(plane_),
      periodic_(periodic),
      processes_(part.processes()) {}

void Field::exchange() {
  double* const own = data();
  double* const last_plane = own + size_ - plane_;
  if (processes_.size() == 1) {
    if (!periodic_) return;
    std::copy_n(last_plane, plane_, own - plane_);
    std::copy_n(own, plane_, own + size_);
    return;
  }
  const int n = processes_.size(), rank = processes_.rank();
  const auto neighbour = [&](int r) {
    return periodic_ ? (r + n) % n : (r < 0 || r >= n ? MPI_PROC_NULL : r);
  };
  processes_.shift({last_plane, plane_}, neighbour(rank + 1), {own - plane_, plane_}, neighbour(rank - 1));
  processes_.shift({own, plane_}, neighbour(rank - 1), {own + size_, plane_}, neighbour(rank + 1));
}

}  // namespace fpk::solvers
