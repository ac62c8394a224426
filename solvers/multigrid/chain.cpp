#include "solvers/multigrid/chain.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::solvers::multigrid {
namespace {

/// No weight falls below it: rates out of an aggregate are divided by its weight.
constexpr double least_weight = 1e-290;

/// The axis of a face between neighbours, and whether it is given from the lower cell to the upper one.
struct Way {
  std::size_t axis;
  bool upwards;
};

std::optional<Way> way(const Offset& offset) {
  std::optional<Way> found;
  for (std::size_t a = 0; a < law::max_dimension; ++a) {
    if (offset[a] == 0) continue;
    if (found || std::abs(offset[a]) != 1) return std::nullopt;
    found = Way{a, offset[a] == 1};
  }
  return found;
}

/// Whether any face closes the axis: a rate out of its last layer upwards.
bool closes(const Chain& chain, std::size_t axis) {
  const std::size_t s = chain.stride(axis), n = chain.cells[axis];
  for (std::size_t c = 0; c < chain.size(); ++c)
    if (c / s % n == n - 1 && (chain.up[axis][c] > 0 || chain.down[axis][c] > 0)) return true;
  return false;
}

/// The sum of rates times weights into cell c, whose place along each axis is i.
double inflow(const Chain& chain, std::size_t c, const Counts& i) {
  double sum = 0;
  for (std::size_t a = 0; a < law::max_dimension; ++a) {
    const std::size_t n = chain.cells[a], s = chain.stride(a);
    if (n == 1) continue;
    if (i[a] > 0)
      sum += chain.up[a][c - s] * chain.x[c - s];
    else if (chain.ring[a])
      sum += chain.up[a][c + (n - 1) * s] * chain.x[c + (n - 1) * s];
    if (i[a] + 1 < n)
      sum += chain.down[a][c] * chain.x[c + s];
    else if (chain.ring[a])
      sum += chain.down[a][c] * chain.x[c - (n - 1) * s];
  }
  return sum;
}

/// Calls f(c, i) for all cells of one line along the first axis.
template <class F>
void for_line(const Chain& chain, std::size_t line, bool rising, F f) {
  Counts i{0, line % chain.cells[1], line / chain.cells[1]};
  const std::size_t n = chain.cells[0];
  for (std::size_t k = 0; k < n; ++k) {
    i[0] = rising ? k : n - 1 - k;
    f(line * n + i[0], i);
  }
}

}  // namespace

void Chain::finish() {
  stay.assign(size(), 0.0);
  for (std::size_t a = 0; a < law::max_dimension; ++a) {
    const std::size_t n = cells[a], s = stride(a);
    if (n == 1) continue;
    for (std::size_t c = 0; c < size(); ++c) {
      stay[c] += up[a][c];
      const bool last = c / s % n == n - 1;
      if (!last)
        stay[c + s] += down[a][c];
      else if (ring[a])
        stay[c - (n - 1) * s] += down[a][c];
    }
  }
  for (auto& r : stay) r = r > 0 ? 1 / r : 0;
}

void Chain::sweep(bool rising) {
  const std::size_t lines = cells[1] * cells[2];
  for (std::size_t k = 0; k < lines; ++k) {
    const std::size_t line = rising ? k : lines - 1 - k;
    const std::size_t j = line % cells[1], l = line / cells[1];
    // Inside of the plane of the first two axes the neighbours need no questions asked.
    if (cells[2] == 1 && l == 0 && j > 0 && j + 1 < cells[1] && cells[0] > 2) {
      const std::size_t n = cells[0], begin = line * n;
      const double *right = up[0].data() + begin, *left = down[0].data() + begin;
      const double *above = up[1].data() + begin - n, *below = down[1].data() + begin;
      const double *x_above = x.data() + begin - n, *x_below = x.data() + begin + n;
      const double* rest = stay.data() + begin;
      double* here = x.data() + begin;
      const auto first = [&](std::size_t c, std::size_t i) {
        here[i] = std::max(inflow(*this, c, {i, j, 0}) * rest[i], least_weight);
      };
      if (rising) {
        first(begin, 0);
        for (std::size_t i = 1; i + 1 < n; ++i) {
          const double known =
              (above[i] * x_above[i] + below[i] * x_below[i] + left[i] * here[i + 1]) * rest[i];
          here[i] = std::max(known + right[i - 1] * rest[i] * here[i - 1], least_weight);
        }
        first(begin + n - 1, n - 1);
      } else {
        first(begin + n - 1, n - 1);
        for (std::size_t i = n - 2; i > 0; --i) {
          const double known =
              (above[i] * x_above[i] + below[i] * x_below[i] + right[i - 1] * here[i - 1]) * rest[i];
          here[i] = std::max(known + left[i] * rest[i] * here[i + 1], least_weight);
        }
        first(begin, 0);
      }
      continue;
    }
    for_line(*this, line, rising, [this](std::size_t c, const Counts& i) {
      if (stay[c] > 0) x[c] = std::max(inflow(*this, c, i) * stay[c], least_weight);
    });
  }
}

double Chain::residual() const {
  double off = 0, moving = 0;
  for (std::size_t line = 0; line < cells[1] * cells[2]; ++line)
    for_line(*this, line, true, [&](std::size_t c, const Counts& i) {
      if (stay[c] == 0) return;
      const double out = x[c] / stay[c];
      off += std::abs(inflow(*this, c, i) - out);
      moving += out;
    });
  return moving == 0 ? 0 : off / (2 * moving);
}

void Chain::normalise() {
  double sum = 0;
  for (const double w : x) sum += w;
  for (auto& w : x) w = std::max(w / sum, least_weight);
}

std::optional<Chain> neighbour_chain(const Generator& generator) {
  const law::GridPart& part = generator.part();
  if (part.processes().size() > 1) return std::nullopt;
  Chain chain;
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) chain.cells[a] = part.grid().axis(a).cells();
  const std::size_t n = chain.size();
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
    chain.up[a].assign(n, 0.0);
    chain.down[a].assign(n, 0.0);
    const law::Axis& axis = part.grid().axis(a);
    for (std::size_t i = 0; i + 1 < axis.cells(); ++i)
      chain.gap[a].push_back(axis.center(i + 1) - axis.center(i));
    chain.gap[a].push_back((axis.width(axis.cells() - 1) + axis.width(0)) / 2);
  }
  for (const auto& f : generator.rates().families) {
    const auto w = way(f.offset);
    if (!w) return std::nullopt;
    const auto shift = static_cast<std::ptrdiff_t>(chain.stride(w->axis));
    if (!w->upwards || f.shift != shift) return std::nullopt;
    for (std::size_t c = 0; c < n; ++c) {
      chain.up[w->axis][c] += f.forward.data()[c];
      chain.down[w->axis][c] += f.backward.data()[c];
    }
  }
  for (const auto& l : generator.rates().links) {
    const auto w = way(l.offset);
    if (!w) return std::nullopt;
    const auto lower = static_cast<std::size_t>(w->upwards ? l.from : l.to);
    if (lower >= n) return std::nullopt;
    chain.up[w->axis][lower] += w->upwards ? l.forward : l.backward;
    chain.down[w->axis][lower] += w->upwards ? l.backward : l.forward;
  }
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) chain.ring[a] = closes(chain, a);
  chain.x.assign(n, 1 / static_cast<double>(n));
  chain.finish();
  return chain;
}

void eliminate(Chain& chain) {
  const std::size_t n = chain.size();
  std::vector<double> k(n * n, 0.0);  // k[i n + j]: rate from i to j
  for (std::size_t a = 0; a < law::max_dimension; ++a) {
    const std::size_t count = chain.cells[a], s = chain.stride(a);
    if (count == 1) continue;
    for (std::size_t c = 0; c < n; ++c) {
      const bool last = c / s % count == count - 1;
      if (last && !chain.ring[a]) continue;
      const std::size_t next = last ? c - (count - 1) * s : c + s;
      if (next == c) continue;
      k[c * n + next] += chain.up[a][c];
      k[next * n + c] += chain.down[a][c];
    }
  }
  for (std::size_t m = n - 1; m > 0; --m) {  // censor the chain on the first m cells
    double out = 0;
    for (std::size_t j = 0; j < m; ++j) out += k[m * n + j];
    if (out == 0) return;  // not connected: the weights stay as they are
    for (std::size_t i = 0; i < m; ++i) {
      k[i * n + m] /= out;
      for (std::size_t j = 0; j < m; ++j)
        if (j != i) k[i * n + j] += k[i * n + m] * k[m * n + j];
    }
  }
  chain.x[0] = 1;
  for (std::size_t m = 1; m < n; ++m) {
    chain.x[m] = 0;
    for (std::size_t i = 0; i < m; ++i) chain.x[m] += chain.x[i] * k[i * n + m];
  }
  chain.normalise();
}

}  // namespace fpk::solvers::multigrid
