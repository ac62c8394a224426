#include "app/exit_status.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <exception>
#include <new>
#include <system_error>
#include <thread>

#include "io/case_file.hpp"
#include "io/checkpoint.hpp"
#include "io/writers.hpp"
#include "parallel/communicator.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::app {
namespace {

Failure unwritten_standard_output(int error) {
  return {output_not_written, "cannot write to standard output: " + std::generic_category().message(error) +
                                  "; free the place, or take another"};
}

/// Long enough for the first process to speak and for its launcher to end the others, which have nothing to add where it
/// failed as they did.
constexpr std::chrono::milliseconds patience{1500};

void let_the_first_speak() {
  if (!parallel::is_first_process()) std::this_thread::sleep_for(patience);
}

}  // namespace

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
  } catch (const std::system_error& e) {
    if (std::ferror(stdout) != 0) return unwritten_standard_output(e.code().value());
    return {solver_failed, e.what()};
  } catch (const std::bad_alloc&) {
    return {solver_failed, "out of memory; fewer cells or particles, or more processes, need less"};
  } catch (const std::exception& e) {
    return {solver_failed, e.what()};
  }
}

int after_printing(int status) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  const auto [failed, words] = unwritten_standard_output(errno == 0 ? EIO : errno);
  std::fprintf(stderr, "fpk: %s\n", words.c_str());
  return failed;
}

int guarded(const std::function<int()>& command) {
  try {
    return after_printing(command());
  } catch (const std::exception& e) {
    const auto processes = parallel::Communicator::world();
    const auto [status, words] = failure_of_current_exception();
    let_the_first_speak();
    const bool has_place = dynamic_cast<const io::CaseError*>(&e) != nullptr;  // file:line:column comes first
    std::fprintf(stderr, "%s%s\n", has_place ? "" : "fpk: ", words.c_str());
    if (processes.size() > 1) processes.abort(status);  // the others may wait for this one for ever
    return status;
  }
}

}  // namespace fpk::app
