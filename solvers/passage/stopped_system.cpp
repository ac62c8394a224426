#include "solvers/passage/stopped_system.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/double_double.hpp"
#include "solvers/petsc/shifted_system.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

constexpr int most_refinements = 20;
/// A correction this small, over the solution, is rounding.
constexpr double enough = 1e-14;
/// Where corrections end above this, the answer is not worth giving.
constexpr double largest_correction = 1e-9;
/// Cells of a three-dimensional grid up to which a factorisation fits into memory and patience.
constexpr std::size_t most_cells_factored_3d = 60'000;

double greatest(const law::GridPart& part, std::span<const double> x) {
  double m = 0;
  for (const double v : x) m = std::isnan(v) ? v : std::max(m, std::abs(v));
  return part.processes().max(m);
}

}  // namespace

StoppedSystem::StoppedSystem(std::shared_ptr<const Generator> generator, Direction direction)
    : generator_(std::move(generator)), direction_(direction), absorption_(generator_->rates().absorption()) {
  if (generator_->is_closed()) throw SolverError("the process is stopped nowhere, so nothing passes");
  if (LineElimination::fits(*generator_)) {
    line_.emplace(*generator_, direction);
    return;
  }
  const law::Grid& grid = generator_->part().grid();
  system_ = std::make_unique<petsc::ShiftedSystem>(*generator_);
  if (grid.dimension() < 3 || grid.size() <= most_cells_factored_3d)
    system_->factor(*generator_, 0, 1, direction);
  else
    system_->set(*generator_, 0, 1, direction);
}

StoppedSystem::~StoppedSystem() = default;

std::vector<double> StoppedSystem::solve(std::span<const double> y) {
  return line_ ? line_->solve(y) : refined(y);
}

std::vector<double> StoppedSystem::refined(std::span<const double> y) {
  const law::GridPart& part = generator_->part();
  std::vector<double> x(y.size(), 0.0), r(y.begin(), y.end()), e(y.size(), 0.0);
  double last = 1;
  for (int k = 0; k < most_refinements; ++k) {
    std::fill(e.begin(), e.end(), 0.0);
    system_->solve(r, e);
    for (std::size_t c = 0; c < x.size(); ++c) x[c] += e[c];
    const double size = greatest(part, x), correction = size == 0 ? 0 : greatest(part, e) / size;
    if (!std::isfinite(correction)) break;
    const bool settled = k > 0 && correction > 0.5 * last;
    last = k == 0 ? 1 : correction;
    if (last <= enough || settled) break;
    r = residual(x, y);
  }
  if (!(last <= largest_correction))
    throw SolverError(
        "the passage takes too long for double precision: its time exceeds that of the fastest jump by "
        "more than 1e15; raise the temperature, or take fewer cells");
  correction_ = std::max(correction_, last);
  return x;
}

std::vector<double> StoppedSystem::residual(std::span<const double> x, std::span<const double> y) {
  const Rates& rates = generator_->rates();
  const bool backward = direction_ == Direction::backward;
  Field field = generator_->field();
  std::copy(x.begin(), x.end(), field.data());
  field.exchange();
  const double* const u = field.data();
  std::vector<DoubleDouble> r(y.size());
  for (std::size_t c = 0; c < r.size(); ++c)
    r[c] = DoubleDouble{y[c], 0} - exact_product(absorption_[c], x[c]);
  const auto expected = [&](double rate, std::ptrdiff_t from, std::ptrdiff_t to) {
    return DoubleDouble{rate, 0} * exact_sum(u[from], -u[to]);
  };
  const auto flux = [&](double f, double b, std::ptrdiff_t c, std::ptrdiff_t n) {
    return exact_product(f, u[c]) - exact_product(b, u[n]);
  };
  // What c loses and n gains across a face, seen from c (backward: in expectation) and from n.
  const auto below = [&](double f, double b, std::ptrdiff_t c, std::ptrdiff_t n) {
    return backward ? expected(f, c, n) : flux(f, b, c, n);
  };
  const auto above = [&](double f, double b, std::ptrdiff_t c, std::ptrdiff_t n) {
    return backward ? expected(b, n, c) : -flux(f, b, c, n);
  };
  const auto size = static_cast<std::ptrdiff_t>(r.size());
  const auto take = [&](std::ptrdiff_t c, DoubleDouble loss) {  // an end in the halo is another process's
    if (c >= 0 && c < size) r[static_cast<std::size_t>(c)] += -loss;
  };
  for (const auto& f : rates.families) {
    const double *forward = f.forward.data(), *back = f.backward.data();
    for (std::ptrdiff_t c = 0; c < size; ++c) {
      const std::ptrdiff_t n = c - f.shift;
      take(c, below(forward[c], back[c], c, c + f.shift));
      take(c, above(forward[n], back[n], n, c));
    }
  }
  for (const auto& l : rates.links) {
    take(l.from, below(l.forward, l.backward, l.from, l.to));
    take(l.to, above(l.forward, l.backward, l.from, l.to));
  }
  std::vector<double> rounded(r.size());
  std::transform(r.begin(), r.end(), rounded.begin(), [](const DoubleDouble& d) { return d.hi; });
  return rounded;
}

}  // namespace fpk::solvers
