// A noise for a given covariance: the lower triangular sigma with sigma sigma^T = C, column by column (Cholesky),
//
//     sigma_jj = sqrt(C_jj - sum_k<j sigma_jk^2),      sigma_ij = (C_ij - sum_k<j sigma_ik sigma_jk) / sigma_jj,   i > j,
//
// and a column of zeros where its pivot is not positive: C may be singular.
#pragma once

#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

/// C symmetric and positive semidefinite wherever it is evaluated, d by d.
std::vector<std::vector<formula::Formula>> noise_factor(
    const std::vector<std::vector<formula::Formula>>& covariance);

}  // namespace fpk::model
