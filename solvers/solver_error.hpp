// A solver gave up, and says so (exit status 70).
#pragma once

#include <stdexcept>

namespace fpk::solvers {

class SolverError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace fpk::solvers
