#include "parallel/communicator.hpp"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <string_view>

namespace fpk::parallel {
namespace {

bool mpi_is_running() {
  int initialised = 0, finalised = 0;
  MPI_Initialized(&initialised);
  MPI_Finalized(&finalised);
  return initialised != 0 && finalised == 0;
}

std::vector<std::function<void()>>& final_actions() {
  static std::vector<std::function<void()>> actions;
  return actions;
}

int to_int(std::size_t n) { return static_cast<int>(n); }

}  // namespace

Environment::Environment(int* argc, char*** argv) {
  if (mpi_is_running()) return;
  MPI_Init(argc, argv);
  ours_ = true;
}

void Environment::at_end(std::function<void()> action) { final_actions().push_back(std::move(action)); }

Environment::~Environment() {
  // To end MPI is to wait for the others, who may wait for this one: who has failed leaves that to Communicator::abort.
  if (ours_ && std::uncaught_exceptions() > 0 && Communicator::world().size() > 1) return;
  for (const auto& action : final_actions()) action();
  final_actions().clear();
  if (ours_ && mpi_is_running()) MPI_Finalize();
}

bool is_first_process() {
  if (mpi_is_running()) return Communicator::world().is_root();
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"})
    if (const char* rank = std::getenv(name)) return std::string_view(rank) == "0";
  return true;
}

Communicator Communicator::world() {
  if (!mpi_is_running()) return {MPI_COMM_NULL, 0, 1};
  int rank = 0, size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  return {MPI_COMM_WORLD, rank, size};
}

Communicator Communicator::self() { return {mpi_is_running() ? MPI_COMM_SELF : MPI_COMM_NULL, 0, 1}; }

double Communicator::sum(double local) const {
  sum(std::span<double>(&local, 1));
  return local;
}

std::int64_t Communicator::sum(std::int64_t local) const {
  sum(std::span<std::int64_t>(&local, 1));
  return local;
}

double Communicator::min(double local) const {
  if (size_ > 1) MPI_Allreduce(MPI_IN_PLACE, &local, 1, MPI_DOUBLE, MPI_MIN, handle_);
  return local;
}

double Communicator::max(double local) const {
  if (size_ > 1) MPI_Allreduce(MPI_IN_PLACE, &local, 1, MPI_DOUBLE, MPI_MAX, handle_);
  return local;
}

void Communicator::sum(std::span<double> local) const {
  if (size_ > 1)
    MPI_Allreduce(MPI_IN_PLACE, local.data(), to_int(local.size()), MPI_DOUBLE, MPI_SUM, handle_);
}

void Communicator::sum(std::span<std::int64_t> local) const {
  if (size_ > 1)
    MPI_Allreduce(MPI_IN_PLACE, local.data(), to_int(local.size()), MPI_INT64_T, MPI_SUM, handle_);
}

double Communicator::sum_before(double local) const {
  double before = 0;
  if (size_ > 1) MPI_Exscan(&local, &before, 1, MPI_DOUBLE, MPI_SUM, handle_);
  return rank_ == 0 ? 0 : before;
}

std::vector<double> Communicator::concatenate(std::span<const double> local) const {
  if (size_ == 1) return {local.begin(), local.end()};
  const int mine = to_int(local.size());
  std::vector<int> counts(static_cast<std::size_t>(size_)), offsets(counts.size());
  MPI_Allgather(&mine, 1, MPI_INT, counts.data(), 1, MPI_INT, handle_);
  std::exclusive_scan(counts.begin(), counts.end(), offsets.begin(), 0);
  std::vector<double> all(static_cast<std::size_t>(offsets.back() + counts.back()));
  MPI_Allgatherv(local.data(), mine, MPI_DOUBLE, all.data(), counts.data(), offsets.data(), MPI_DOUBLE,
                 handle_);
  return all;
}

std::vector<std::int64_t> Communicator::exchange(
    const std::vector<std::vector<std::int64_t>>& outgoing) const {
  if (size_ == 1) return outgoing.front();
  const auto n = static_cast<std::size_t>(size_);
  std::vector<int> out_counts(n), out_offsets(n), in_counts(n), in_offsets(n);
  for (std::size_t r = 0; r < n; ++r) out_counts[r] = to_int(outgoing[r].size());
  MPI_Alltoall(out_counts.data(), 1, MPI_INT, in_counts.data(), 1, MPI_INT, handle_);
  std::exclusive_scan(out_counts.begin(), out_counts.end(), out_offsets.begin(), 0);
  std::exclusive_scan(in_counts.begin(), in_counts.end(), in_offsets.begin(), 0);
  std::vector<std::int64_t> out;
  for (const auto& piece : outgoing) out.insert(out.end(), piece.begin(), piece.end());
  std::vector<std::int64_t> in(static_cast<std::size_t>(in_offsets.back() + in_counts.back()));
  MPI_Alltoallv(out.data(), out_counts.data(), out_offsets.data(), MPI_INT64_T, in.data(), in_counts.data(),
                in_offsets.data(), MPI_INT64_T, handle_);
  return in;
}

void Communicator::shift(std::span<const double> out, int to, std::span<double> in, int from) const {
  if (size_ == 1) {  // to itself around a ring, or to nobody
    if (to != MPI_PROC_NULL && from != MPI_PROC_NULL) std::copy(out.begin(), out.end(), in.begin());
    return;
  }
  MPI_Sendrecv(out.data(), to_int(out.size()), MPI_DOUBLE, to, 0, in.data(), to_int(in.size()), MPI_DOUBLE,
               from, 0, handle_, MPI_STATUS_IGNORE);
}

void Communicator::abort(int status) const {
  if (size_ > 1) MPI_Abort(handle_, status);
}

void Communicator::barrier() const {
  if (size_ > 1) MPI_Barrier(handle_);
}

}  // namespace fpk::parallel
