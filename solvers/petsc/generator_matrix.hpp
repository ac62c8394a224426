// A generator as a distributed sparse matrix: alpha I - beta A, or alpha I - beta A^T (the backward equation).
#pragma once

#include "solvers/generator.hpp"
#include "solvers/petsc/handle.hpp"

namespace fpk::solvers::petsc {

/// An empty matrix for a generator's stencil, in the grid's own ordering, each process holding the rows of
/// its part. Collective.
Matrix make_matrix(const Generator& generator);

/// Fills the matrix with alpha I - beta A or its transpose. Collective.
void assemble(const Matrix& matrix, const Generator& generator, double alpha, double beta,
              Direction direction = Direction::forward);

}  // namespace fpk::solvers::petsc
