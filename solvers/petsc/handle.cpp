#include "solvers/petsc/handle.hpp"

#include <slepcsys.h>

namespace fpk::solvers::petsc {

void start() {
  PetscBool running = PETSC_FALSE;
  SlepcInitialized(&running);
  if (running == PETSC_TRUE) return;
  PetscOptionsSetValue(nullptr, "-no_signal_handler", "true");  // a signal is the program's own business
  check(SlepcInitializeNoArguments(), "start PETSc and SLEPc");
  PetscPushErrorHandler(PetscReturnErrorHandler, nullptr);  // the words reach the user through check()
  parallel::Environment::at_end([] { SlepcFinalize(); });
}

void check(PetscErrorCode code, const char* what) {
  if (code == 0) return;
  const char* words = nullptr;
  PetscErrorMessage(code, &words, nullptr);
  throw SolverError(std::string("PETSc could not ") + what + ": " +
                    (words == nullptr ? "unknown error" : words));
}

MPI_Comm communicator(const parallel::Communicator& processes) {
  return processes.size() == 1 ? MPI_COMM_SELF : processes.handle();
}

}  // namespace fpk::solvers::petsc
