// What a Markov evolution of cell masses must keep, watched at the observation times.
//
// Mass stays (or falls, where a boundary absorbs), no mass is negative, and the entropy relative to a
// stationary law never grows. These hold exactly for the discrete generator too, so they are claims about
// round-off.
//
// Where the stationary law underflows, as exp(-x^4) does beyond x = 5.2, the relative entropy is infinite or has passed from one
// infinity to another, and tells nothing. The entropy relative to the mean of both laws stands in,
//
//     K(p, q) = KL(p || (p + q)/2) <= ln 2
//
// (Lin 1991, IEEE Trans. Inf. Theory 37, eq. 3.1), an f-divergence too, which falls for the same reason.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "law/grid.hpp"
#include "verification/claim.hpp"
#include "verification/distance/distance.hpp"

namespace fpk::verification {

/// How much a claim allows, and why.
struct Allowance {
  double value = 0;
  std::string reason;
};

/// `operations` roundings of numbers of size `scale`, each in error by at most 1.1e-16 scale, all to one
/// side.
Allowance round_off(double scale, double operations);

/// What is watched, at one time.
struct Invariants {
  double time = 0;
  double total_mass = 0;
  double smallest_mass = 0;                ///< of any cell
  double smallest_density = 0;             ///< of any cell: its mass over its volume
  std::optional<double> relative_entropy;  ///< to the stationary law, where one is known
  std::optional<double> entropy_to_mean;   ///< K(p, stationary) above; with the other
};

/// Collective. An empty `stationary` means that none is known.
Invariants invariants(const law::GridPart& part, double time, Masses masses, Masses stationary = {});

// Claims about a history in the order of time. Without anything to compare they measure NaN, and so do not
// hold.

/// Largest |mass - first mass|.
Claim mass_is_conserved(std::span<const Invariants> history, const Allowance& allowance);
/// Largest growth of the mass from one time to the next; for absorbing boundaries.
Claim mass_never_grows(std::span<const Invariants> history, const Allowance& allowance);
/// Minus the smallest cell mass, or 0.
Claim masses_are_non_negative(std::span<const Invariants> history, const Allowance& allowance);
/// Largest growth of the relative entropy from one time to the next; of the entropy relative to the mean law where it is infinite at
/// some time.
Claim relative_entropy_never_grows(std::span<const Invariants> history, const Allowance& allowance);
/// Sum over cells of |stationary - gibbs|. Collective.
Claim stationary_law_is_gibbs(const law::GridPart& part, Masses stationary, Masses gibbs,
                              const Allowance& allowance);

}  // namespace fpk::verification
