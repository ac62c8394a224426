// An eigenfunction of the backward equation, continued from the cells where it is known into the others:
//
//     -A^T f = lambda f  in the tail,   f given in the core
//
//     | tail | tail |  core: f = q / sqrt(pi)  | tail | tail |        core: where sqrt(pi) is large enough for q / sqrt(pi)
//
// By iteration f <- (-A^T restricted to the tail)^{-1} (what enters from the core + lambda f): a killed M-matrix, whose
// least eigenvalue is far above lambda, since a tail is left fast.
#pragma once

#include <complex>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers::petsc {

/// For each f (values in the own cells, those of the core right), overwrites those of the tail. `core`: one flag for
/// each own cell. Where nothing but core is there, nothing is done. An iteration that does not settle leaves the tail 0.
/// Collective. Throws SolverError where the factorisation fails.
void continue_into_tail(const Generator& generator, const std::vector<char>& core,
                        const std::vector<std::complex<double>>& eigenvalues,
                        std::vector<std::vector<std::complex<double>>*> functions);

}  // namespace fpk::solvers::petsc
