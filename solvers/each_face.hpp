// Every face between two cells once, over all processes: what sums over faces are made with.
//
//      i  -- forward -->  j        i is an own cell; j may lie in the halo, and then the process of j passes over it
//         <-- backward --
#pragma once

#include <type_traits>

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// Calls visit(i, j, forward, backward) with local cells and rates [1/time], or visit(i, j, forward, backward, offset) with
/// the way from i to j in cells; faces without rates are left out. Of limited fluxes those are the rates of their linear
/// form, of either sign.
template <class Visit>
void for_each_face(const Generator& generator, Visit visit) {
  const auto& rates = generator.linear().rates();
  const auto face = [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward,
                        const Offset& offset) {
    if (forward == 0 && backward == 0) return;
    if constexpr (std::is_invocable_v<Visit, std::ptrdiff_t, std::ptrdiff_t, double, double, const Offset&>)
      visit(i, j, forward, backward, offset);
    else
      visit(i, j, forward, backward);
  };
  const auto own = static_cast<std::ptrdiff_t>(generator.part().size());
  for (const auto& f : rates.families) {
    const double *forward = f.forward.data(), *backward = f.backward.data();
    for (std::ptrdiff_t c = 0; c < own; ++c) face(c, c + f.shift, forward[c], backward[c], f.offset);
  }
  for (const auto& l : rates.links)
    if (l.from >= 0 && l.from < own) face(l.from, l.to, l.forward, l.backward, l.offset);
}

}  // namespace fpk::solvers
