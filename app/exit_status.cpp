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

Failure failure_of_current_exception() {
  try {
    throw;
  } catch (const WrongUsage& e) {
    return {wrong_usage, e.what()};
  } catch (const io::CaseError& e) {
    return {bad_case, e.what()};
  } catch (const io::MissingInput& e) {
    return {no_such_input, e.what()};
  } catch (const io::CheckpointError& e) {
    return {bad_case, e.what()};
  } catch (const io::OutputError& e) {
    return {output_not_written, e.what()};
  } catch (const solvers::SolverError& e) {
    return {solver_failed, e.what()};
  } catch (const std::bad_alloc&) {
    return {solver_failed, "out of memory; fewer cells or particles, or more processes, need less"};
  } catch (const std::exception& e) {
    return {solver_failed, e.what()};
  }
}

int guarded(const std::function<int()>& command) {
  try {
    return command();
  } catch (const std::exception& e) {
    const auto processes = parallel::Communicator::world();
    const auto [status, words] = failure_of_current_exception();
    const bool has_place = dynamic_cast<const io::CaseError*>(&e) != nullptr;  // file:line:column comes first
    std::fprintf(stderr, "%s%s\n", has_place ? "" : "fpk: ", words.c_str());
    if (processes.size() > 1) processes.abort(status);  // the others may wait for this one for ever
    return status;
  }
}

}  // namespace fpk::app
