// The quasi-stationary law of a stopped process: the law that survivors settle to.
//
//     -A nu = lambda nu,   -A^T u = lambda u,   sum nu = 1,   sum nu u = 1
//
// lambda > 0 is the least eigenvalue, nu and u its left and right principal vectors, both positive. From any start m the
// probability of survival tends to (m, u) exp(-lambda t), and the law of survivors to nu (Yaglom 1947; Collet, Martínez,
// San Martín 2013, ch. 2).
//
// Found by inverse iteration, sped up by Arnoldi's method on a few vectors where other eigenvalues are near. lambda is the sum of
// absorption * nu: a sum of positive terms, which keeps its relative accuracy however small it is. For the linear form of limited
// fluxes, whose rates have either sign, the signs are those of the true vectors to the order of the scheme only.
#pragma once

#include <vector>

#include "solvers/passage/stopped.hpp"
#include "solvers/passage/stopped_system.hpp"

namespace fpk::solvers {

struct QuasiStationary {
  double rate = 0;          ///< lambda
  std::vector<double> law;  ///< nu, masses; 0 on cells taken out
  double residual = 0;      ///< estimate of the error of nu, L1, from the last inverse iterations
  int solves = 0;           ///< linear solves that it took
};

/// The principal vector of -A (system of Direction::forward), or of -A^T, normalised to sum 1. Collective. Throws
/// SolverError where it does not converge.
QuasiStationary quasi_stationary(StoppedSystem& system, const Stopped& stopped);

}  // namespace fpk::solvers
