#include "solvers/multigrid/stationary_multigrid.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::solvers::multigrid {
namespace {

constexpr std::size_t few_cells = 40;  ///< for elimination
constexpr int sweeps = 2;              ///< before and after the correction
constexpr int most_cycles = 100, first_judged = 12;
constexpr double slowest = 0.85;          ///< gain of a cycle below which a factorisation is the better way
constexpr double settled = 2e-14;         ///< change by a cycle that is rounding
constexpr double nearly_settled = 1e-11;  ///< a change that has ceased to fall below it is rounding, too
/// Weights that no longer change must solve the equations as well: cycles can come to rest elsewhere.
constexpr double largest_residual = 1e-14;
/// Axes whose mean rate is below this share of the largest are not coarsened: the sweeps do not smooth along them.
constexpr double weak = 0.2;
/// Factors of neighbouring aggregates are held together by this much: in the first cycles they jump by powers of ten.
constexpr double steepest = 4;

/// How cells are joined: coarse place of each place along each axis.
struct Joining {
  Counts cells{1, 1, 1};
  std::array<std::vector<std::size_t>, law::max_dimension> place;
  [[nodiscard]] std::size_t of(const Counts& i) const {
    return place[0][i[0]] + cells[0] * (place[1][i[1]] + cells[1] * place[2][i[2]]);
  }
};

template <class F>
void for_cells(const Counts& cells, F f) {
  std::size_t c = 0;
  for (std::size_t k = 0; k < cells[2]; ++k)
    for (std::size_t j = 0; j < cells[1]; ++j)
      for (std::size_t i = 0; i < cells[0]; ++i) f(c++, Counts{i, j, k});
}

/// Mass that crosses the faces of an axis, both ways, in a unit of time.
double traffic(const Chain& chain, std::size_t axis) {
  double sum = 0;
  const std::size_t s = chain.stride(axis), n = chain.cells[axis];
  if (n == 1) return 0;
  for (std::size_t c = 0; c < chain.size(); ++c) {
    const bool last = c / s % n == n - 1;
    if (last && !chain.ring[axis]) continue;
    sum += chain.up[axis][c] * chain.x[c] + chain.down[axis][c] * chain.x[last ? c - (n - 1) * s : c + s];
  }
  return sum;
}

Joining join(const Chain& chain) {
  Joining joining;
  std::array<double, law::max_dimension> rate{};
  for (std::size_t a = 0; a < law::max_dimension; ++a)
    if (chain.cells[a] > 2) rate[a] = traffic(chain, a);
  const double most = *std::max_element(rate.begin(), rate.end());
  for (std::size_t a = 0; a < law::max_dimension; ++a) {
    const std::size_t n = chain.cells[a];
    const bool halve = n > 2 && rate[a] >= weak * most;
    for (std::size_t i = 0; i < n; ++i) joining.place[a].push_back(halve ? i / 2 : i);
    joining.cells[a] = joining.place[a].back() + 1;
  }
  return joining;
}

/// Distances between the centres of the aggregates along an axis.
std::vector<double> gaps(const Chain& fine, const Joining& joining, std::size_t axis) {
  const auto& gap = fine.gap[axis];
  const auto& place = joining.place[axis];
  if (joining.cells[axis] == fine.cells[axis]) return gap;
  std::vector<double> centre(joining.cells[axis], 0.0), count(joining.cells[axis], 0.0);
  double at = 0;
  for (std::size_t i = 0; i < place.size(); ++i) {
    centre[place[i]] += at;
    count[place[i]] += 1;
    at += gap[i];  // the last one leads around the ring
  }
  for (std::size_t i = 0; i < centre.size(); ++i) centre[i] /= count[i];
  std::vector<double> distances;
  for (std::size_t i = 0; i + 1 < centre.size(); ++i) distances.push_back(centre[i + 1] - centre[i]);
  distances.push_back(at + centre.front() - centre.back());
  return distances;
}

/// The joint chain, with the joint weights.
Chain aggregate(const Chain& fine, const Joining& joining) {
  Chain coarse;
  coarse.cells = joining.cells;
  coarse.ring = fine.ring;
  const std::size_t n = coarse.size();
  coarse.x.assign(n, 0.0);
  for_cells(fine.cells, [&](std::size_t c, const Counts& i) { coarse.x[joining.of(i)] += fine.x[c]; });
  for (std::size_t a = 0; a < law::max_dimension; ++a) {
    const std::size_t m = fine.cells[a], s = fine.stride(a), S = coarse.stride(a);
    if (m == 1) continue;
    coarse.up[a].assign(n, 0.0);
    coarse.down[a].assign(n, 0.0);
    coarse.gap[a] = gaps(fine, joining, a);
    auto &there = coarse.up[a], &back = coarse.down[a];
    const auto& place = joining.place[a];
    for_cells(fine.cells, [&](std::size_t c, const Counts& i) {
      const bool last = i[a] + 1 == m;
      if (last && !fine.ring[a]) return;
      if (!last && place[i[a]] == place[i[a] + 1]) return;  // inside an aggregate
      const std::size_t I = joining.of(i);
      there[I] += fine.up[a][c] * fine.x[c];
      back[I] += fine.down[a][c] * fine.x[last ? c - (m - 1) * s : c + s];
    });
    std::vector<double> phi(joining.cells[a], 1.0);
    for (std::size_t i = 0; i < m; ++i)
      if (i + 1 == m || place[i] != place[i + 1]) phi[place[i]] = fine.gap[a][i] / coarse.gap[a][place[i]];
    for_cells(coarse.cells, [&](std::size_t I, const Counts& i) {
      const bool last = i[a] + 1 == coarse.cells[a];
      if (last && !coarse.ring[a]) return;
      const std::size_t J = last ? I - (coarse.cells[a] - 1) * S : I + S;
      const double N = there[I] - back[I];
      // Never without a way back: weights that are still wrong by powers of ten would run into a trap.
      const double least = std::abs(N) / 2 + phi[i[a]] * std::min(there[I], back[I]) / 2;
      const double C = std::max(phi[i[a]] * (there[I] + back[I]) / 2, least);
      there[I] = (C + N / 2) / coarse.x[I];
      back[I] = (C - N / 2) / coarse.x[J];
    });
  }
  coarse.finish();
  return coarse;
}

/// Values on the aggregates made linear between their centres along one axis: three quarters of the own, a quarter of the
/// neighbour on that side.
std::vector<double> refine(const std::vector<double>& r, Counts& cells, std::size_t axis,
                           const Joining& joining, bool ring) {
  const auto& place = joining.place[axis];
  const std::size_t coarse = cells[axis], fine = place.size();
  if (coarse == fine) return r;
  std::size_t s = 1;
  for (std::size_t a = 0; a < axis; ++a) s *= cells[a];
  Counts finer = cells;
  finer[axis] = fine;
  std::vector<double> out(finer[0] * finer[1] * finer[2]);
  const std::size_t blocks = r.size() / (s * coarse);
  for (std::size_t b = 0; b < blocks; ++b)
    for (std::size_t i = 0; i < fine; ++i) {
      const std::size_t I = place[i];
      const bool lower = i + 1 < fine && place[i + 1] == I, alone = !lower && (i == 0 || place[i - 1] != I);
      std::size_t J = I;
      if (!alone && lower) J = I > 0 ? I - 1 : ring ? coarse - 1 : I;
      if (!alone && !lower) J = I + 1 < coarse ? I + 1 : ring ? 0 : I;
      const double *own = &r[(b * coarse + I) * s], *other = &r[(b * coarse + J) * s];
      double* to = &out[(b * fine + i) * s];
      for (std::size_t k = 0; k < s; ++k)
        to[k] = 0.75 * own[k] + 0.25 * std::clamp(other[k], own[k] / steepest, own[k] * steepest);
    }
  cells = finer;
  return out;
}

void cycle(Chain& chain) {
  if (chain.size() <= few_cells) return eliminate(chain);
  const Joining joining = join(chain);
  if (joining.cells == chain.cells) {  // long and thin: nothing left to join
    for (int k = 0; k < 20; ++k) chain.sweep(k % 2 == 0);
    return;
  }
  for (int k = 0; k < sweeps; ++k) chain.sweep(k % 2 == 0);
  Chain coarse = aggregate(chain, joining);
  std::vector<double> factor = coarse.x;
  double before = 0, after = 0;
  for (const double w : coarse.x) before += w;
  cycle(coarse);
  if (coarse.size() > few_cells) cycle(coarse);
  for (const double w : coarse.x) after += w;
  for (std::size_t I = 0; I < factor.size(); ++I) factor[I] = coarse.x[I] / factor[I] * (before / after);
  Counts cells = coarse.cells;
  for (std::size_t a = 0; a < law::max_dimension; ++a)
    factor = refine(factor, cells, a, joining, chain.ring[a]);
  for (std::size_t c = 0; c < factor.size(); ++c) chain.x[c] *= factor[c];
  for (int k = 0; k < sweeps; ++k) chain.sweep(k % 2 == 1);
}

}  // namespace

Outcome settle(Chain& chain) {
  Outcome outcome;
  std::vector<double> before, changes;
  while (outcome.cycles < most_cycles) {
    before = chain.x;
    cycle(chain);
    chain.normalise();
    ++outcome.cycles;
    outcome.change = 0;
    for (std::size_t c = 0; c < before.size(); ++c) outcome.change += std::abs(chain.x[c] - before[c]);
    if (!std::isfinite(outcome.change)) return outcome;
    const bool falling = changes.empty() || outcome.change < 0.7 * changes.back();
    changes.push_back(outcome.change);
    if (outcome.change < settled || (outcome.change < nearly_settled && !falling)) {
      outcome.converged = chain.residual() < largest_residual;
      return outcome;
    }
    if (outcome.cycles >= first_judged &&
        outcome.change >
            changes[changes.size() / 2] * std::pow(slowest, static_cast<double>(changes.size()) / 2))
      return outcome;
  }
  return outcome;
}

}  // namespace fpk::solvers::multigrid
