// Sums over cells of a term in the two masses, the same bits however the loop is written.
#pragma once

#include <stdexcept>
#include <vector>

#include "law/grid.hpp"
#include "verification/distance/distance.hpp"

namespace fpk::verification {

inline void require_on_part(const law::GridPart& part, Masses p, Masses q) {
  if (p.size() != part.size() || q.size() != part.size())
    throw std::invalid_argument("a distance needs one mass for each cell of the part, in both laws");
}

/// Sum of term(p_c, q_c) over all cells of all processes, added pairwise.
template <class Term>
double sum_over_cells(const law::GridPart& part, Masses p, Masses q, Term term) {
  require_on_part(part, p, q);
  std::vector<double> terms(p.size());
  for (std::size_t c = 0; c < p.size(); ++c) terms[c] = term(p[c], q[c]);
  return law::total(part, terms);
}

}  // namespace fpk::verification
