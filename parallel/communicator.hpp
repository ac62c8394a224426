// The processes that share a run (MPI), behind the few collective calls that fpk needs.
//
// A program that was not started under mpirun, and has not initialised MPI, is its own only process.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace fpk::parallel {

/// Initialises MPI for its lifetime, unless somebody has already. Where an exception ends it and there are other processes, MPI goes on:
/// whoever catches the exception ends them with Communicator::abort.
class Environment {
 public:
  Environment(int* argc, char*** argv);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  /// Calls `action` when the environment ends, before MPI does: for libraries that stand on MPI. Without an
  /// environment it is never called.
  static void at_end(std::function<void()> action);

 private:
  bool ours_ = false;
};

/// Whether this is the first of the processes that were started together. Known also before MPI runs and after it has ended,
/// from what the launcher tells its children: OMPI_COMM_WORLD_RANK (Open MPI), PMIX_RANK (PMIx) or PMI_RANK (MPICH).
bool is_first_process();

class Communicator {
 public:
  /// All processes of the run.
  static Communicator world();
  /// This process alone.
  static Communicator self();

  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] bool is_root() const { return rank_ == 0; }
  [[nodiscard]] MPI_Comm handle() const { return handle_; }

  // Collective: every process must call, and every process gets the result.
  [[nodiscard]] double sum(double local) const;
  [[nodiscard]] std::int64_t sum(std::int64_t local) const;
  [[nodiscard]] double min(double local) const;
  [[nodiscard]] double max(double local) const;
  void sum(std::span<double> local) const;        ///< elementwise, in place
  void sum(std::span<std::int64_t> local) const;  ///< elementwise, in place
  /// Sum of `local` over the processes before this one (0 on the first).
  [[nodiscard]] double sum_before(double local) const;
  /// The pieces of all processes, one after another in the order of the ranks.
  [[nodiscard]] std::vector<double> concatenate(std::span<const double> local) const;
  /// Sends outgoing[r] to rank r; returns what the others sent here, in the order of the ranks.
  [[nodiscard]] std::vector<std::int64_t> exchange(
      const std::vector<std::vector<std::int64_t>>& outgoing) const;
  /// Sends `out` to rank `to` while receiving `in` from rank `from`; MPI_PROC_NULL sends or receives nothing.
  void shift(std::span<const double> out, int to, std::span<double> in, int from) const;
  void barrier() const;
  /// Ends all processes with this exit status.
  void abort(int status) const;

 private:
  Communicator(MPI_Comm handle, int rank, int size) : handle_(handle), rank_(rank), size_(size) {}
  MPI_Comm handle_;
  int rank_, size_;
};

}  // namespace fpk::parallel
