// The sense in which a product of a state-dependent noise with dW is read: the noise is taken the share `alpha` of the
// way from the beginning of a step to its end. To Ito's sense, alpha = 0, with the derivatives symbolic:
//
//     dX_i = ( b_i + alpha sum_jk sigma_jk d_j sigma_ik ) dt + sum_k sigma_ik dW_k
//
//     alpha = 1/2   Stratonovich              (Stratonovich 1966; Risken 1989, eq. 3.118; Kloeden, Platen 1992, eq. 4.9.11)
//     alpha = 1     Haenggi and Klimontovich  (Haenggi, Thomas 1982; Klimontovich 1990)
//
// On a line with b = -L' and sigma^2 / 2 = D g the stationary density is g^(alpha - 1) exp(-int L'/(D g)). Where the
// noise is constant nothing changes.
#pragma once

#include <span>
#include <string_view>

#include "model/process.hpp"

namespace fpk::model {

struct NoiseConvention {
  std::string_view name;   ///< in the case file
  double alpha;            ///< 0 at the beginning of the step, 1 at its end
  std::string_view sign;   ///< between sigma and dW
  std::string_view title;  ///< for people
};

/// Ito's first.
std::span<const NoiseConvention> noise_conventions();

/// Null where there is none of that name.
const NoiseConvention* find_noise_convention(std::string_view name);

/// `process` with drift and noise in the sense of `convention` becomes the same process in Ito's; where that is another,
/// the convention and the drift as given are kept in `given_in` and `drift_as_given`.
Process in_ito_sense(Process process, const NoiseConvention& convention);

}  // namespace fpk::model
