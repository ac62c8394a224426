#include "solvers/passage/committor.hpp"

#include <algorithm>

#include "solvers/probability_flux.hpp"

namespace fpk::solvers {
namespace {

constexpr std::size_t source = 0, target = 1;

using Vector = std::vector<double>;

Field field_of(const Generator& generator, std::span<const double> values) {
  Field field = generator.field();
  std::copy(values.begin(), values.end(), field.data());
  field.exchange();
  return field;
}

double dot(const law::GridPart& part, std::span<const double> a, std::span<const double> b) {
  Vector terms(a.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = a[c] * b[c];
  return law::total(part, terms);
}

/// Stationary flow out of the set across one border into its cell.
double inflow(const Border& b, const Field& pi) {
  const double pi_c = pi.data()[b.cell], pi_n = pi.data()[b.neighbour];
  return b.rate * pi_c - (b.out * pi_c - b.in * pi_n);
}

void fill_sets(const Stopped& stopped, Vector& values, double in_source, double in_target) {
  for (std::size_t c = 0; c < values.size(); ++c)
    if (!stopped.kept(c))
      values[c] = stopped.where[c] == static_cast<std::int8_t>(source) ? in_source : in_target;
}

Vector backward_committor(StoppedSystem& backward, const Generator& original, const Stopped& stopped,
                          const Field& pi) {
  if (original.rates().log_weights) {  // reversible: a path read backwards is as likely
    Vector q = backward.solve(stopped.into_set[source]);
    fill_sets(stopped, q, 1, 0);
    return q;
  }
  Vector g(pi.size(), 0.0);
  for (const Border& b : stopped.borders)
    if (b.set == source) g[b.cell] += inflow(b, pi);
  StoppedSystem system(stopped.generator, Direction::forward);
  Vector q = system.solve(g);
  for (std::size_t c = 0; c < q.size(); ++c) q[c] = pi.data()[c] != 0 ? q[c] / pi.data()[c] : 0;
  fill_sets(stopped, q, 1, 0);
  return q;
}

/// The currents f as the rates of a chain whose masses are all one.
class ReactiveChain {
 public:
  ReactiveChain(const Generator& original, const Stopped& stopped, const Field& pi,
                const TransitionPaths& paths)
      : stopped_(stopped),
        pi_(pi),
        plus_(field_of(original, paths.forward)),
        minus_(field_of(original, paths.backward)),
        rates_(original.rates()) {
    rates_.log_weights.reset();
    for (std::size_t k = 0; k < rates_.families.size(); ++k) {
      between_cells(rates_.families[k]);
      through_walls(original, k);
    }
    for (std::size_t k = 0; k < rates_.links.size(); ++k) across_ring(k);
  }

  Generator generator() { return Generator(std::move(rates_)); }

 private:
  [[nodiscard]] double current(std::ptrdiff_t i, std::ptrdiff_t j, double rate) const {
    return pi_.data()[i] * minus_.data()[i] * rate * plus_.data()[j];
  }

  /// What passes the wall that stands for a border: away from the source, or into the target.
  [[nodiscard]] double through(const Border& b) const {
    return b.set == source ? inflow(b, pi_) * plus_.data()[b.cell]
                           : pi_.data()[b.cell] * minus_.data()[b.cell] * b.rate;
  }

  void between_cells(Family& f) const {
    for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(pi_.size()); ++c) {
      f.forward.data()[c] = current(c, c + f.shift, f.forward.data()[c]);
      f.backward.data()[c] = current(c + f.shift, c, f.backward.data()[c]);
    }
  }

  /// A face is stored with its lower cell, which another process may hold: the kept cell says what passes, and whoever
  /// holds the face takes it from there.
  void through_walls(const Generator& original, std::size_t k) {
    Field below = original.field();  // of each kept cell: what passes its lower wall, upwards
    Family& f = rates_.families[k];
    const auto set = [&](std::ptrdiff_t c, double upwards) {
      f.forward.data()[c] = std::max(0.0, upwards);
      f.backward.data()[c] = std::max(0.0, -upwards);
    };
    for (const Border& b : stopped_.borders) {
      if (b.family != k) continue;
      const double upwards = (b.upward == (b.set == target) ? 1 : -1) * through(b);
      if (b.upward)
        set(static_cast<std::ptrdiff_t>(b.cell), upwards);
      else
        below.data()[b.cell] = upwards;
    }
    below.exchange();
    for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(pi_.size()); ++c)
      if (below.data()[c + f.shift] != 0) set(c, below.data()[c + f.shift]);
  }

  void across_ring(std::size_t k) {
    Link& l = rates_.links[k];
    l.forward = current(l.from, l.to, l.forward);
    l.backward = current(l.to, l.from, l.backward);
    for (const Border& b : stopped_.borders) {
      if (b.family != rates_.families.size() + k) continue;
      const double upwards = (b.upward == (b.set == target) ? 1 : -1) * through(b);
      l.forward = std::max(0.0, upwards);
      l.backward = std::max(0.0, -upwards);
    }
  }

  const Stopped& stopped_;
  const Field& pi_;
  Field plus_, minus_;
  Rates rates_;
};

}  // namespace

Vector committor(StoppedSystem& backward, const Stopped& stopped, std::size_t into) {
  Vector q = backward.solve(stopped.into_set[into]);
  for (std::size_t c = 0; c < q.size(); ++c)
    if (!stopped.kept(c)) q[c] = static_cast<std::size_t>(stopped.where[c]) == into ? 1 : 0;
  return q;
}

TransitionPaths transition_paths(const Generator& original, const Stopped& stopped,
                                 std::span<const double> masses) {
  const law::GridPart& part = original.part();
  const Field pi = field_of(original, masses);
  TransitionPaths t;
  StoppedSystem backward(stopped.generator, Direction::backward);
  t.forward = committor(backward, stopped, target);
  t.backward = backward_committor(backward, original, stopped, pi);
  Vector out(part.size(), 0.0), came(part.size());
  for (const Border& b : stopped.borders)
    if (b.set == source) out[b.cell] += inflow(b, pi) * t.forward[b.cell];
  t.rate = law::total(part, out);
  for (std::size_t c = 0; c < came.size(); ++c) came[c] = masses[c] * t.backward[c];
  t.rate_into_target = dot(part, came, stopped.into_set[target]);
  const double from_source = law::total(part, came);
  Vector other(part.size());
  for (std::size_t c = 0; c < other.size(); ++c) other[c] = masses[c] * (1 - t.backward[c]);
  t.rate_forward = t.rate / from_source;
  t.rate_backward = t.rate / law::total(part, other);
  t.flux = probability_flux(ReactiveChain(original, stopped, pi, t).generator(), Vector(part.size(), 1.0));
  for (std::size_t c = 0; c < part.size(); ++c)  // inside the sets nothing is on its way
    if (!stopped.kept(c)) std::fill_n(t.flux.begin() + static_cast<std::ptrdiff_t>(3 * c), 3, 0.0);
  return t;
}

}  // namespace fpk::solvers
