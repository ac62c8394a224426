// Every face between two cells once, over all processes: what sums over faces are made with.
//
//      i  -- forward -->  j        i is an own cell; j may lie in the halo, and then the process of j passes over it
//         <-- backward --
#pragma once

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// Calls visit(i, j, forward, backward) with local cells and rates [1/time]; faces without rates are left out. Of limited
/// fluxes those are the rates of their linear form, of either sign.
template <class Visit>
void for_each_face(const Generator& generator, Visit visit) {
  const auto& rates = generator.linear().rates();
  const auto own = static_cast<std::ptrdiff_t>(generator.part().size());
  for (const auto& f : rates.families) {
    const double *forward = f.forward.data(), *backward = f.backward.data();
    for (std::ptrdiff_t c = 0; c < own; ++c)
      if (forward[c] != 0 || backward[c] != 0) visit(c, c + f.shift, forward[c], backward[c]);
  }
  for (const auto& l : rates.links)
    if (l.from >= 0 && l.from < own && (l.forward != 0 || l.backward != 0))
      visit(l.from, l.to, l.forward, l.backward);
}

}  // namespace fpk::solvers
