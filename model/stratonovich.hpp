// Stratonovich's sense to Ito's:
//
//     dX = b dt + sigma o dW   is   dX_i = ( b_i + 1/2 sum_jk sigma_jk d_j sigma_ik ) dt + sum_k sigma_ik dW_k
//
// (Stratonovich 1966; Risken 1989, eq. 3.118; Kloeden, Platen 1992, eq. 4.9.11). The derivatives are symbolic. Where the
// noise is constant nothing changes.
#pragma once

#include "model/process.hpp"

namespace fpk::model {

/// `process` with `drift` in Stratonovich's sense becomes the same process in Ito's; the drift as given is kept in
/// `stratonovich_drift`.
Process from_stratonovich(Process process);

}  // namespace fpk::model
