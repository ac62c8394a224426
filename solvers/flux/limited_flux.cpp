#include "solvers/flux/limited_flux.hpp"

#include <algorithm>
#include <cmath>

#include "parallel/threads.hpp"

namespace fpk::solvers {
namespace {

/// Most that a limited flux takes from a cell, in units of what upwind would.
constexpr double most = 2;
/// Cells per task of a thread.
constexpr std::size_t task = 16384;

/// Weights of masses of u, c, d for the value at the face between c and d of the quadratic that has their means; of the
/// straight line through c and d where u is missing. Widths in the same order.
std::array<double, 3> face_weights(double hu, double hc, double hd, bool with_u) {
  const double line = hc / (hc + hd);
  if (!with_u) return {0, (1 - line) / hc, line / hd};
  const double bend = hc * hd / (hu + hc + hd);
  const double wu = -bend / (hu + hc), wd = line - bend / (hc + hd);
  return {wu / hu, (1 - wu - wd) / hc, wd / hd};
}

std::ptrdiff_t stride_of(const law::Grid& grid, std::size_t axis) {
  std::ptrdiff_t stride = 1;
  for (std::size_t a = 0; a < axis; ++a) stride *= static_cast<std::ptrdiff_t>(grid.cells(a));
  return stride;
}

bool is_own(std::ptrdiff_t c, std::span<double> x) {
  return c >= 0 && c < static_cast<std::ptrdiff_t>(x.size());
}

}  // namespace

Transport::Transport(const law::GridPart& part, const model::Domain& domain, std::size_t axis, Field velocity)
    : part_(part), axis_(axis), stride_(stride_of(part.grid(), axis)), velocity_(std::move(velocity)) {
  const law::Axis& line = part.grid().axis(axis);
  const auto n = static_cast<std::ptrdiff_t>(line.cells());
  const bool ring = domain.sides[axis].is_periodic(), halo = axis + 1 == part.grid().dimension();
  const auto width = [&](std::ptrdiff_t i) { return line.width(static_cast<std::size_t>((i % n + n) % n)); };
  const auto exists = [&](std::ptrdiff_t i) { return ring || (i >= 0 && i < n); };
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    const auto way = [&](std::ptrdiff_t k) {  // to the cell at i + k
      if (!exists(i + k)) return std::ptrdiff_t{0};
      return halo ? k * stride_ : ((i + k + n) % n - i) * stride_;
    };
    const double hc = width(i), hd = width(i + 1);
    Rule rule{};
    rule.below = way(-1), rule.above = way(1), rule.above_that = way(2);
    rule.up = face_weights(width(i - 1), hc, hd, exists(i - 1));
    rule.down = face_weights(width(i + 2), hd, hc, exists(i + 2));
    rule.most_up = most / hc, rule.most_down = most / hd;
    rules_.push_back(rule);
  }
}

std::size_t Transport::position(std::ptrdiff_t cell) const {
  const auto n = static_cast<std::ptrdiff_t>(rules_.size());
  const std::ptrdiff_t all = n * stride_;
  return static_cast<std::size_t>(((static_cast<std::ptrdiff_t>(part_.first()) + cell + all) / stride_) % n);
}

double Transport::flux(const Rule& rule, const double* m, std::ptrdiff_t cell) const {
  const double v = velocity_.data()[cell];
  if (v == 0) return 0;
  const double c = m[cell], d = m[cell + rule.above];
  if (v > 0) {
    const double p = rule.up[0] * m[cell + rule.below] + rule.up[1] * c + rule.up[2] * d;
    return v * std::clamp(p, 0.0, rule.most_up * std::max(c, 0.0));
  }
  const double p = rule.down[0] * m[cell + rule.above_that] + rule.down[1] * d + rule.down[2] * c;
  return v * std::clamp(p, 0.0, rule.most_down * std::max(d, 0.0));
}

void Transport::add(const double* masses, std::span<double> out) const {
  // The faces below the first plane are the neighbour's, whose velocities the halo has.
  const std::ptrdiff_t before = axis_ + 1 == part_.grid().dimension() ? stride_ : 0;
  std::vector<double> through(out.size() + static_cast<std::size_t>(before));
  parallel::for_each_chunk(through.size(), task, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t k = begin; k < end; ++k) {
      const std::ptrdiff_t c = static_cast<std::ptrdiff_t>(k) - before;
      through[k] = flux(rules_[position(c)], masses, c);
    }
  });
  parallel::for_each_chunk(out.size(), task, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t k = begin; k < end; ++k) {
      const std::ptrdiff_t c = static_cast<std::ptrdiff_t>(k), below = rules_[position(c)].below;
      out[k] -= through[static_cast<std::size_t>(c + before)];
      if (below != 0) out[k] += through[static_cast<std::size_t>(c + before + below)];
    }
  });
}

void Transport::add_bound(std::span<double> outflow) const {
  const double* v = velocity_.data();
  for (std::size_t k = 0; k < outflow.size(); ++k) {
    const auto c = static_cast<std::ptrdiff_t>(k);
    const Rule& rule = rules_[position(c)];
    outflow[k] += std::max(v[c], 0.0) * rule.most_up;
    if (rule.below != 0)
      outflow[k] += std::max(-v[c + rule.below], 0.0) * rules_[position(c + rule.below)].most_down;
  }
}

void Transport::add_linear(std::vector<Family>& families, std::vector<Link>& links) const {
  Family one{stride_, velocity_, velocity_, {}}, two{2 * stride_, velocity_, velocity_, {}};
  one.offset[axis_] = 1;
  two.offset[axis_] = 2;
  const double* v = velocity_.data();
  for (std::size_t k = 0; k < velocity_.size(); ++k) {
    const auto c = static_cast<std::ptrdiff_t>(k);
    const Rule& rule = rules_[position(c)];
    // Through the face above c: v (u, c, d) . (masses below, here, above), and its mirror image for v < 0.
    double up = v[c] * (v[c] > 0 ? rule.up[1] : rule.down[2]);
    double down = -v[c] * (v[c] > 0 ? rule.up[2] : rule.down[1]);
    double up_two = 0;
    const double down_two = rule.above_that != 0 ? std::max(-v[c], 0.0) * rule.down[0] : 0;
    if (rule.above != 0 &&
        rule.above_that != 0) {  // through the next face, of which c is the cell furthest up the wind
      const std::ptrdiff_t next = c + rule.above;
      up_two = std::max(v[next], 0.0) * rules_[position(next)].up[0];
      up -= up_two;
    }
    if (rule.above != 0 && rule.below != 0) {
      const std::ptrdiff_t previous = c + rule.below;
      down -= std::max(-v[previous], 0.0) * rules_[position(previous)].down[0];
    }
    const auto place = [&](Family& family, std::ptrdiff_t way, double forward, double backward) {
      const bool wraps = way < 0;
      family.forward.data()[c] = wraps || way == 0 ? 0 : forward;
      family.backward.data()[c] = wraps || way == 0 ? 0 : backward;
      if (wraps) links.push_back({c, c + way, forward, backward, family.offset});
    };
    place(one, rule.above, up, down);
    place(two, rule.above_that, up_two, down_two);
  }
  families.push_back(std::move(one));
  families.push_back(std::move(two));
}

void LimitedFlux::exchange() {
  for (auto& t : transport) t.exchange();
  for (auto& f : negative) f.forward.exchange(), f.backward.exchange();
}

void LimitedFlux::add(const double* m, std::span<double> out) const {
  for (const auto& t : transport) t.add(m, out);
  for (const auto& family : negative) {
    const double *f = family.forward.data(), *b = family.backward.data();
    const std::ptrdiff_t s = family.shift;
    const auto upward = [&](std::ptrdiff_t c) {  // net, from c to c + s
      return b[c] * std::min(m[c + s], most * m[c]) - f[c] * std::min(m[c], most * m[c + s]);
    };
    parallel::for_each_chunk(out.size(), task, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t k = begin; k < end; ++k) {
        const auto c = static_cast<std::ptrdiff_t>(k);
        out[k] += upward(c - s) - upward(c);
      }
    });
  }
  for (const auto& l : negative_links) {
    const double moved = l.forward * std::min(m[l.from], most * m[l.to]);
    if (is_own(l.from, out)) out[static_cast<std::size_t>(l.from)] += moved;
    if (is_own(l.to, out)) out[static_cast<std::size_t>(l.to)] -= moved;
  }
}

void LimitedFlux::add_bound(std::span<double> outflow) const {
  for (const auto& t : transport) t.add_bound(outflow);
  for (const auto& family : negative)
    for (std::size_t k = 0; k < outflow.size(); ++k) {
      const auto c = static_cast<std::ptrdiff_t>(k);
      outflow[k] += most * (family.backward.data()[c] + family.forward.data()[c - family.shift]);
    }
  for (const auto& l : negative_links)
    if (is_own(l.to, outflow)) outflow[static_cast<std::size_t>(l.to)] += most * l.forward;
}

void LimitedFlux::add_linear(std::vector<Family>& families, std::vector<Link>& links) const {
  for (const auto& t : transport) t.add_linear(families, links);
  for (Family family : negative) {
    for (auto* field : {&family.forward, &family.backward})
      for (double& rate : field->own()) rate = -rate;
    families.push_back(std::move(family));
  }
  for (Link l : negative_links) {
    l.forward = -l.forward;
    links.push_back(l);
  }
}

}  // namespace fpk::solvers
