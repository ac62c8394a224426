// PETSc's and SLEPc's handles as C++ values, its error codes as exceptions, and its start and end. The only place for
// either.
#pragma once

#include <petscdm.h>
#include <petscksp.h>

#include <string>
#include <utility>

#include "parallel/communicator.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers::petsc {

/// Initialises PETSc and SLEPc the first time; it ends with parallel::Environment.
void start();

/// Throws SolverError with PETSc's own words.
void check(PetscErrorCode code, const char* what);

/// The communicator to make PETSc's objects on.
MPI_Comm communicator(const parallel::Communicator& processes);

inline PetscInt to_petsc(std::size_t n) { return static_cast<PetscInt>(n); }

/// Owns a PETSc object. `Destroy` is its XxxDestroy.
template <class T, PetscErrorCode (*Destroy)(T*)>
class Handle {
 public:
  Handle() = default;
  ~Handle() { Destroy(&object_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  operator T() const { return object_; }  // NOLINT(google-explicit-constructor): a handle is what it owns
  T* out() { return &object_; }           ///< for XxxCreate

 private:
  T object_ = nullptr;
};

using Dm = Handle<DM, DMDestroy>;
using Matrix = Handle<Mat, MatDestroy>;
using Vector = Handle<Vec, VecDestroy>;
using Solver = Handle<KSP, KSPDestroy>;

}  // namespace fpk::solvers::petsc
