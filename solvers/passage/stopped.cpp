#include "solvers/passage/stopped.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "law/quadrature.hpp"
#include "solvers/flux/bernoulli.hpp"
#include "solvers/passage/segment.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;

/// Rate over the distance theta delta, from the rates of the face over delta (per volume, not yet per cell).
double rate_to_border(double out, double in, double theta) {
  if (out < 0 && in < 0)
    return -rate_to_border(-out, -in, theta);  // noise of a linear form, rates below zero
  if (out < 0 && in == 0) return out;          // without noise: the share of the cells further up the wind
  if (!(out > 0)) return 0;        // nothing jumps that way: no noise, and a drift that points back
  if (!(in > 0)) return out - in;  // no noise: what is carried over the border, which knows no distance
  const double z = std::log(in / out);
  // Divide by the larger of the two Bernoulli functions, which does not underflow.
  return z > 0 ? in * bernoulli(theta * z) / (theta * bernoulli(-z))
               : out * bernoulli(theta * z) / (theta * bernoulli(z));
}

/// Which set each cell belongs to plus one, halo filled; 0 where it is kept.
Field membership(const Generator& generator, std::span<const Formula> sets) {
  const law::GridPart& part = generator.part();
  Field where = generator.field();
  std::int64_t left = static_cast<std::int64_t>(part.size());
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const auto inside = law::center_values(part, sets[s]);
    std::int64_t count = 0, shared = 0;
    for (std::size_t c = 0; c < inside.size(); ++c) {
      if (inside[c] == 0) continue;
      ++count;
      if (where.data()[c] != 0) ++shared;
      where.data()[c] = static_cast<double>(s + 1);
    }
    left -= count;
    if (part.processes().sum(count) == 0)
      throw std::invalid_argument("a set holds no centre of a cell: widen it, or take more cells");
    if (part.processes().sum(shared) > 0) throw std::invalid_argument("two sets share a cell");
  }
  if (part.processes().sum(left) <= 0) throw std::invalid_argument("no cell is left outside the sets");
  where.exchange();
  return where;
}

class Stopping {
 public:
  Stopping(const Generator& generator, std::span<const Formula> sets)
      : generator_(generator), part_(generator.part()), sets_(sets), in_(membership(generator, sets)) {
    stopped_.into_set.assign(sets.size(), std::vector<double>(part_.size(), 0.0));
    stopped_.where.resize(part_.size());
    for (std::size_t c = 0; c < part_.size(); ++c)
      stopped_.where[c] = static_cast<std::int8_t>(set_of(static_cast<std::ptrdiff_t>(c)));
  }

  Stopped build() {
    find_borders();
    place_walls();
    Rates rates = generator_.rates();
    absorb(rates);
    cut(rates);
    hide_weights(rates);
    stopped_.generator = std::make_shared<Generator>(std::move(rates));
    return std::move(stopped_);
  }

 private:
  [[nodiscard]] int set_of(std::ptrdiff_t c) const { return static_cast<int>(in_.data()[c]) - 1; }
  [[nodiscard]] std::size_t global(std::ptrdiff_t c) const {
    const auto n = static_cast<std::ptrdiff_t>(part_.grid().size());
    return static_cast<std::size_t>((static_cast<std::ptrdiff_t>(part_.first()) + c + n) % n);
  }

  void add(std::ptrdiff_t cell, std::ptrdiff_t neighbour, double out, double in, std::size_t family,
           bool upward) {
    if (cell < 0 || cell >= static_cast<std::ptrdiff_t>(part_.size())) return;  // its own process sees to it
    if (set_of(cell) >= 0 || set_of(neighbour) < 0 || (out == 0 && in == 0)) return;
    stopped_.borders.push_back({static_cast<std::size_t>(cell), neighbour,
                                static_cast<std::size_t>(set_of(neighbour)), 1, 0, out, in, family, upward});
  }

  void find_borders() {
    const Rates& rates = generator_.rates();
    for (std::size_t k = 0; k < rates.families.size(); ++k) {
      const Family& f = rates.families[k];
      const double *forward = f.forward.data(), *backward = f.backward.data();
      for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part_.size()); ++c) {
        add(c, c + f.shift, forward[c], backward[c], k, true);
        add(c, c - f.shift, backward[c - f.shift], forward[c - f.shift], k, false);
      }
    }
    for (std::size_t k = 0; k < rates.links.size(); ++k) {
      const Link& l = rates.links[k];
      add(l.from, l.to, l.forward, l.backward, rates.families.size() + k, true);
      add(l.to, l.from, l.backward, l.forward, rates.families.size() + k, false);
    }
  }

  [[nodiscard]] Offset way_out(const Border& b) const {
    const Rates& rates = generator_.rates();
    const std::size_t n = rates.families.size();
    Offset offset = b.family < n ? rates.families[b.family].offset : rates.links[b.family - n].offset;
    if (!b.upward)
      for (int& e : offset) e = -e;
    return offset;
  }

  void place_walls() {
    for (std::size_t s = 0; s < sets_.size(); ++s) {
      std::vector<std::size_t> mine;
      std::vector<Segment> segments;
      for (std::size_t b = 0; b < stopped_.borders.size(); ++b) {
        const Border& border = stopped_.borders[b];
        if (border.set != s) continue;
        mine.push_back(b);
        segments.push_back(segment_along(part_.grid(), part_.index(border.cell), way_out(border)));
      }
      const auto fractions = border_fractions(part_.grid(), segments, sets_[s]);
      for (std::size_t i = 0; i < mine.size(); ++i) {
        Border& b = stopped_.borders[mine[i]];
        b.theta = std::max(fractions[i], least_fraction);
        const double V = part_.volume(b.cell), V_n = neighbour_volume(b);
        b.rate = rate_to_border(b.out * V, b.in * V_n, b.theta) / V;
        stopped_.into_set[s][b.cell] += b.rate;
      }
    }
  }

  [[nodiscard]] double neighbour_volume(const Border& b) const {
    return part_.grid().volume(part_.grid().index(global(b.neighbour)));
  }

  /// Exits: the faces for what is kept, then one for each set.
  void absorb(Rates& rates) {
    for (auto& exit : rates.exits) forget_taken_out(exit);
    stopped_.into_faces = rates.absorption();
    stopped_.absorption = stopped_.into_faces;
    const double most = *std::max_element(stopped_.into_faces.begin(), stopped_.into_faces.end());
    stopped_.has_absorbing_faces = part_.processes().max(most) > 0;
    for (std::size_t s = 0; s < sets_.size(); ++s) {
      Exit exit{law::max_dimension, true};  // no face of the box
      for (std::size_t c = 0; c < part_.size(); ++c) {
        // What is taken out stands by itself and is never entered: any rate will do that lets a system be solved.
        const double rate = set_of(static_cast<std::ptrdiff_t>(c)) == static_cast<int>(s)
                                ? generator_.largest_outflow()
                                : stopped_.into_set[s][c];
        if (rate == 0) continue;
        exit.cells.push_back(c);
        exit.rates.push_back(rate);
        if (stopped_.kept(c)) stopped_.absorption[c] += rate;
      }
      rates.exits.push_back(std::move(exit));
    }
  }

  void forget_taken_out(Exit& exit) const {
    Exit left{exit.axis, exit.upper};
    for (std::size_t k = 0; k < exit.cells.size(); ++k) {
      if (!stopped_.kept(exit.cells[k])) continue;
      left.cells.push_back(exit.cells[k]);
      left.rates.push_back(exit.rates[k]);
    }
    exit = std::move(left);
  }

  /// No rates between a kept cell and a set, nor within a set.
  void cut(Rates& rates) const {
    const auto gone = [&](std::ptrdiff_t a, std::ptrdiff_t b) { return set_of(a) >= 0 || set_of(b) >= 0; };
    for (auto& f : rates.families)
      for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part_.size()); ++c)
        if (gone(c, c + f.shift)) f.forward.data()[c] = f.backward.data()[c] = 0;
    std::erase_if(rates.links, [&](const Link& l) { return gone(l.from, l.to); });
  }

  /// The weight of what is taken out must not set the scale of what is kept.
  void hide_weights(Rates& rates) const {
    if (!rates.log_weights) return;
    double least = 0;
    for (std::size_t c = 0; c < part_.size(); ++c)
      if (stopped_.kept(c)) least = std::min(least, (*rates.log_weights)[c]);
    least = part_.processes().min(least);
    for (std::size_t c = 0; c < part_.size(); ++c)
      if (!stopped_.kept(c)) (*rates.log_weights)[c] = least;
  }

  const Generator& generator_;
  const law::GridPart& part_;
  std::span<const Formula> sets_;
  Field in_;
  Stopped stopped_;
};

}  // namespace

Stopped stop(const Generator& generator, std::span<const Formula> sets) {
  return Stopping(generator.linear(), sets).build();
}

}  // namespace fpk::solvers
