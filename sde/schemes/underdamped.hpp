// Underdamped Langevin dynamics, recognised from the formulas of a process:
//
//     dq = M v dt,       dv = ( F(q, t) - Gamma v ) dt + sigma dW         M, Gamma, sigma constant.
//
// Velocities v are the variables that noise drives, positions q all others; v may be momenta, then M holds the inverse masses.
// F is the drift of v at v = 0. (Risken 1989, ch. 10; Leimkuhler, Matthews 2015, Molecular Dynamics, ch. 6)
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "model/process.hpp"

namespace fpk::sde {

struct Underdamped {
  std::vector<std::size_t> positions, velocities;  ///< which variables they are
  Eigen::MatrixXd M;                               ///< positions by velocities
  Eigen::MatrixXd Gamma;                           ///< friction, velocities by velocities [1/time]
  Eigen::MatrixXd sigma;                           ///< velocities by sources [velocity/time^1/2]
  std::vector<formula::Formula> force;             ///< F, one for each velocity
};

/// Only for a process that underdamped_refusal() does not refuse.
Underdamped underdamped(const model::Process& process);

/// Which part of the process is not of that form; empty where all is.
std::string underdamped_refusal(const model::Process& process);

}  // namespace fpk::sde
