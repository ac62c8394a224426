#include "app/exit_status.hpp"

#include <cstdio>
#include <exception>
#include <new>

#include "io/case_file.hpp"
#include "io/checkpoint.hpp"
#include "io/writers.hpp"
#include "parallel/communicator.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::app {
namespace {

int complain(const char* words, int status) {
  std::fprintf(stderr, "fpk: %s\n", words);
  return status;
}

int status_of_current_exception() {
  try {
    throw;
  } catch (const io::CaseError& e) {
    for (const auto& c : e.complaints()) std::fprintf(stderr, "%s\n", c.text().c_str());
    return bad_case;
  } catch (const io::MissingInput& e) {
    return complain(e.what(), no_such_input);
  } catch (const io::CheckpointError& e) {
    return complain(e.what(), bad_case);
  } catch (const io::OutputError& e) {
    return complain(e.what(), output_not_written);
  } catch (const solvers::SolverError& e) {
    return complain(e.what(), solver_failed);
  } catch (const std::bad_alloc&) {
    return complain("out of memory; fewer cells or particles, or more processes, need less", solver_failed);
  } catch (const std::exception& e) {
    return complain(e.what(), solver_failed);
  }
}

}  // namespace

int guarded(const std::function<int()>& command) {
  try {
    return command();
  } catch (...) {
    const auto processes = parallel::Communicator::world();
    const int status = status_of_current_exception();
    if (processes.size() > 1) processes.abort(status);  // the others may wait for this one for ever
    return status;
  }
}

}  // namespace fpk::app
