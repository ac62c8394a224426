// The exit statuses of fpk, a public interface (docs/result.md; numbers after BSD's sysexits).
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

namespace fpk::app {

enum ExitStatus : int {
  all_claims_hold = 0,
  a_claim_fails = 1,
  wrong_usage = 64,
  bad_case = 65,
  no_such_input = 66,
  solver_failed = 70,
  output_not_written = 74,
  stopped = 75  ///< by a signal, with the state saved
};

/// The command line asks for what there is not (status 64).
class WrongUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What was thrown, as an exit status and words for the user.
struct Failure {
  int status = solver_failed;
  std::string words;
};
/// Of the exception that is being handled.
Failure failure_of_current_exception();

/// `status`; or, with words on standard error, output_not_written where what was printed does not reach standard output.
int after_printing(int status);

/// Runs `command`; what it throws becomes words on standard error and an exit status. Of several processes that fail alike
/// the first one speaks.
int guarded(const std::function<int()>& command);

}  // namespace fpk::app
