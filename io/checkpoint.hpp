// Checkpoints: the state of a run in one file, written whole or not at all, refused where it is not what it should be.
// docs/checkpoint.md has the format.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>

#include "parallel/archive.hpp"
#include "parallel/communicator.hpp"

namespace fpk::io {

/// A checkpoint is refused; says what is wrong with it and what to try (exit status 65).
class CheckpointError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Names all parts of a state in turn.
using State = std::function<void(parallel::Archive&)>;

/// Writes `state` beside `path`, waits until it is on the disk, and gives it that name: whenever the writer is killed,
/// there is a whole checkpoint at `path`, the old one or the new. Each process writes what it holds. `fingerprint` is that
/// of the case. Returns the size in bytes. Throws OutputError. Collective.
std::uint64_t write_checkpoint(const std::filesystem::path& path, std::uint64_t fingerprint,
                               const parallel::Communicator& processes, const State& state);

/// A checkpoint that has been found whole, of this case, and of this version of fpk.
class Checkpoint {
 public:
  /// Reads all of it, a share on each process. Throws CheckpointError where it is not. Collective.
  Checkpoint(const std::filesystem::path& path, std::uint64_t fingerprint,
             const parallel::Communicator& processes);
  ~Checkpoint();
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  /// Overwrites the parts that `state` names with what was saved, by whatever number of processes. Throws CheckpointError
  /// where they are not the parts that were saved. Collective.
  void restore(const State& state) const;

 private:
  struct Content;
  std::unique_ptr<const Content> content_;
};

}  // namespace fpk::io
