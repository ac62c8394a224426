#include "law/restriction.hpp"

#include <stdexcept>

namespace fpk::law {

std::vector<double> restricted(const GridPart& fine, std::span<const double> masses, const GridPart& coarse) {
  for (std::size_t a = 0; a < fine.grid().dimension(); ++a)
    if (fine.grid().cells(a) != 2 * coarse.grid().cells(a))
      throw std::invalid_argument("the finer grid must have twice as many cells along each axis");
  if (fine.first_plane() != 2 * coarse.first_plane() || fine.planes() != 2 * coarse.planes())
    throw std::invalid_argument("the two grids must be shared alike among the processes");
  std::vector<double> sums(coarse.size(), 0.0);
  for (std::size_t f = 0; f < masses.size(); ++f) {
    Index i = fine.index(f);
    for (auto& k : i) k /= 2;
    sums[coarse.grid().flat(i) - coarse.first()] += masses[f];
  }
  return sums;
}

}  // namespace fpk::law
