#include "law/sample.hpp"

#include <algorithm>
#include <cmath>

#include "formula/program.hpp"
#include "parallel/threads.hpp"

namespace fpk::law {
namespace {

/// First particle of process r when whole pieces are shared evenly.
std::int64_t share_start(std::int64_t count, int processes, int r) {
  const auto piece = static_cast<std::int64_t>(Sample::piece);
  const std::int64_t pieces = (count + piece - 1) / piece;
  return std::min(count, pieces * r / processes * piece);
}

/// Sum over all processes of the entries of each piece, in a fixed tree.
double tree_sum(const parallel::Communicator& processes, std::span<const double> of_pieces) {
  const auto all = processes.concatenate(of_pieces);
  return parallel::pairwise_sum(all.data(), all.size());
}

}  // namespace

Sample::Sample(std::vector<std::string> variables, std::int64_t count, parallel::Communicator processes)
    : variables_(std::move(variables)), count_(count), processes_(processes) {
  first_ = share_start(count, processes.size(), processes.rank());
  const auto mine =
      static_cast<std::size_t>(share_start(count, processes.size(), processes.rank() + 1) - first_);
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
    for (std::size_t a = 0; a < dimension(); ++a) i[a] = part.grid().axis(a).find(positions_[a][n]);
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
  std::vector<formula::Formula> formulas;
  for (const auto& o : observables) formulas.push_back(o.formula);
  const formula::Program program(formulas, variables_);
  const std::size_t pieces = (size() + piece - 1) / piece, m = observables.size();
  // One pass: f(x) - f(reference) and its square. The reference is the first particle's value, which is on
  // process 0.
  std::vector<std::vector<double>> sums(m, std::vector<double>(pieces)), squares = sums;
  std::vector<double> shift(m, 0.0);
  if (size() > 0 && first_ == 0) {
    std::vector<double> x(dimension());
    for (std::size_t a = 0; a < x.size(); ++a) x[a] = positions_[a][0];
    shift = program(x);
    for (auto& s : shift) s = std::isfinite(s) ? s : 0.0;
  }
  processes_.sum(std::span<double>(shift));
  parallel::for_each_chunk(size(), piece, [&](std::size_t begin, std::size_t end, std::size_t) {
    const std::size_t n = end - begin;
    std::vector<std::vector<double>> values(m, std::vector<double>(n));
    std::vector<double*> out;
    std::vector<const double*> in;
    for (auto& v : values) out.push_back(v.data());
    for (std::size_t a = 0; a < dimension(); ++a) in.push_back(positions_[a].data() + begin);
    program.evaluate(in, n, out);
    for (std::size_t k = 0; k < m; ++k)
      for (std::size_t i = 0; i < n; ++i) {
        const double y = (alive_[begin + i] != 0 ? values[k][i] : 0.0) - shift[k];
        sums[k][begin / piece] += y;
        squares[k][begin / piece] += y * y;
      }
  });
  std::vector<Estimate> estimates(m);
  const auto count = static_cast<double>(count_);
  for (std::size_t k = 0; k < m; ++k) {
    const double mean = tree_sum(processes_, sums[k]) / count,
                 square = tree_sum(processes_, squares[k]) / count;
    const double variance = std::max(0.0, square - mean * mean) * (count / std::max(1.0, count - 1));
    estimates[k] = {shift[k] + mean, std::sqrt(variance / count)};
  }
  return estimates;
}

double Sample::total_mass() const {
  std::int64_t living = 0;
  for (const auto a : alive_) living += a;
  return static_cast<double>(processes_.sum(living)) / static_cast<double>(count_);
}

}  // namespace fpk::law
