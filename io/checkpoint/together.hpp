// An action that every process takes, and that fails on all where it fails on one: nobody waits for one who has left.
#pragma once

#include <cstdint>
#include <string>
#include <system_error>

#include "parallel/communicator.hpp"

namespace fpk::io::checkpoint {

/// Runs `action`, which calls for no other process. Where it throws std::system_error, or `Error` itself, on any of the processes,
/// all throw `Error`: its own, or error("what failed"). Collective.
template <class Error, class Action, class Words>
void together(const parallel::Communicator& processes, const Action& action, const Words& error) {
  std::string failure;
  try {
    action();
  } catch (const std::system_error& e) {
    failure = error(e.code().message());
  } catch (const Error& e) {
    failure = e.what();
  }
  if (processes.sum(static_cast<std::int64_t>(failure.empty() ? 0 : 1)) > 0)
    throw Error(failure.empty() ? error("another process failed") : failure);
}

}  // namespace fpk::io::checkpoint
