#include "law/sample.hpp"

#include <algorithm>

#include "law/sample_mean.hpp"

namespace fpk::law {
namespace {

/// First particle of process r when whole pieces are shared evenly.
std::int64_t share_start(std::int64_t count, int processes, int r) {
  const auto piece = static_cast<std::int64_t>(Sample::piece);
  const std::int64_t pieces = (count + piece - 1) / piece;
  return std::min(count, pieces * r / processes * piece);
}

}  // namespace

Sample::Sample(std::vector<std::string> variables, std::int64_t count, parallel::Communicator processes,
               std::int64_t number)
    : variables_(std::move(variables)), count_(count), processes_(processes) {
  const auto begin = share_start(count, processes.size(), processes.rank()),
             end = share_start(count, processes.size(), processes.rank() + 1);
  first_ = number + begin;
  const auto mine = static_cast<std::size_t>(end - begin);
  positions_.assign(variables_.size(), std::vector<double>(mine));
  alive_.assign(mine, 1);
}

std::vector<double> Sample::cell_masses(const GridPart& part) const {
  const auto starts = part.plane_starts();
  const std::size_t last = part.grid().dimension() - 1;
  const bool whole = processes_.size() == 1;
  std::vector<std::vector<std::int64_t>> cells_for(whole ? 1 : starts.size() - 1);
  std::vector<std::int64_t> counts(part.size(), 0);
  for (std::size_t n = 0; n < size(); ++n) {
    if (alive_[n] == 0) continue;
    Index i{};
    for (std::size_t a = 0; a <= last; ++a) i[a] = part.grid().axis(a).find(positions_[a][n]);
    const std::size_t cell = part.grid().flat(i);
    if (whole) {
      ++counts[cell];
      continue;
    }
    const auto owner = std::upper_bound(starts.begin(), starts.end(), i[last]) - starts.begin() - 1;
    cells_for[static_cast<std::size_t>(owner)].push_back(static_cast<std::int64_t>(cell));
  }
  if (!whole)
    for (const auto cell : part.processes().exchange(cells_for))
      ++counts[static_cast<std::size_t>(cell) - part.first()];
  std::vector<double> masses(part.size());
  for (std::size_t c = 0; c < masses.size(); ++c)
    masses[c] = static_cast<double>(counts[c]) / static_cast<double>(count_);
  return masses;
}

std::vector<Estimate> Sample::expectations(const std::vector<Observable>& observables) const {
  const formula::Program program = compile(observables, variables_);
  return sample_means(*this, observables.size(),
                      [&](std::size_t begin, std::size_t n, std::span<double* const> values) {
                        evaluate_alive(program, *this, begin, n, values);
                      });
}

void Sample::archive(parallel::Archive& archive) {
  const auto first = static_cast<std::uint64_t>(share_start(count_, processes_.size(), processes_.rank()));
  const auto count = static_cast<std::uint64_t>(count_);
  for (std::size_t a = 0; a < dimension(); ++a)
    archive.shared(variables_[a], std::span(positions_[a]), first, count);
  archive.shared("alive", std::span(alive_), first, count);
}

double Sample::total_mass() const {
  std::int64_t living = 0;
  for (const auto a : alive_) living += a;
  return static_cast<double>(processes_.sum(living)) / static_cast<double>(count_);
}

}  // namespace fpk::law
