#include "solvers/effective_transport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "solvers/each_face.hpp"
#include "solvers/petsc/shifted_system.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

constexpr double relative_shift = 1e-13;  ///< over the largest rate; each correction gains gap / shift
constexpr int most_corrections = 6;
constexpr double largest_residual = 1e-7;

/// The position of cell `p` (any integer) along an axis whose cells repeat.
double unwrapped(const law::Axis& axis, std::ptrdiff_t p) {
  const auto n = static_cast<std::ptrdiff_t>(axis.cells());
  const std::ptrdiff_t turns = p >= 0 ? p / n : -((n - 1 - p) / n);
  return axis.center(static_cast<std::size_t>(p - turns * n)) + static_cast<double>(turns) * axis.length();
}

Offset opposite(const Offset& o) { return {-o[0], -o[1], -o[2]}; }

class RingTransport {
 public:
  RingTransport(const Generator& generator, const std::vector<bool>& periodic)
      : generator_(generator), part_(generator.part()), periodic_(periodic) {
    pi_ = with_halo(stationary_masses(generator).masses);
  }

  EffectiveTransport run() {
    const std::size_t d = periodic_.size();
    EffectiveTransport t{std::vector<double>(d, 0.0),
                         std::vector<std::vector<double>>(d, std::vector<double>(d, 0.0)), 0};
    std::vector<Field> chi;
    for (std::size_t a = 0; a < d; ++a) {
      if (periodic_[a]) t.velocity[a] = velocity(a);
      chi.push_back(generator_.field());
      if (periodic_[a]) t.residual = std::max(t.residual, solve(a, t.velocity[a], chi[a]));
    }
    spread(chi, t);
    return t;
  }

 private:
  Field with_halo(const std::vector<double>& own) const {
    Field field = generator_.field();
    std::copy(own.begin(), own.end(), field.data());
    field.exchange();
    return field;
  }

  /// From the centre of own cell i along an offset.
  [[nodiscard]] double way(std::ptrdiff_t i, const Offset& offset, std::size_t a) const {
    const auto p = static_cast<std::ptrdiff_t>(part_.index(static_cast<std::size_t>(i))[a]);
    const auto& axis = part_.grid().axis(a);
    return unwrapped(axis, p + offset[a]) - unwrapped(axis, p);
  }

  [[nodiscard]] double velocity(std::size_t a) const {
    double v = 0;
    for_each_face(generator_,
                  [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward, const Offset& o) {
                    v += (forward * pi_.data()[i] - backward * pi_.data()[j]) * way(i, o, a);
                  });
    return part_.processes().sum(v);
  }

  /// b - v: what a cell moves by on average, less what all do.
  [[nodiscard]] std::vector<double> excess(std::size_t a, double v) const {
    std::vector<double> b(part_.size(), -v);
    const auto own = static_cast<std::ptrdiff_t>(b.size());
    const auto leave = [&](std::ptrdiff_t c, double rate, const Offset& o) {
      if (rate != 0 && c >= 0 && c < own) b[static_cast<std::size_t>(c)] += rate * way(c, o, a);
    };
    for (const auto& f : generator_.rates().families)
      for (std::ptrdiff_t c = 0; c < own; ++c) {
        leave(c, f.forward.data()[c], f.offset);
        leave(c, f.backward.data()[c - f.shift], opposite(f.offset));
      }
    for (const auto& l : generator_.rates().links) {
      leave(l.from, l.forward, l.offset);
      leave(l.to, l.backward, opposite(l.offset));
    }
    return b;
  }

  [[nodiscard]] double mean(std::span<const double> values) const {
    std::vector<double> terms(values.begin(), values.end());
    for (std::size_t c = 0; c < terms.size(); ++c) terms[c] *= pi_.data()[c];
    return law::total(part_, terms);
  }

  /// chi of one axis, by corrections with the slightly shifted matrix; returns what is left of the equation.
  double solve(std::size_t a, double v, Field& chi) {
    const auto right = excess(a, v);
    double size = 0;
    for (const double b : right) size = std::max(size, std::abs(b));
    size = part_.processes().max(size);
    petsc::ShiftedSystem system(generator_);
    system.factor(generator_, relative_shift * generator_.largest_outflow(), 1, Direction::backward);
    double left = 1;
    for (int k = 0; k < most_corrections && left > 1e-12; ++k) {
      auto residual = right;
      left = subtract_generator(chi, residual, size);
      if (k > 0 && left <= 1e-12) break;
      std::vector<double> correction(residual.size(), 0.0);
      system.solve(residual, correction);
      const double shift = mean(correction);
      for (std::size_t c = 0; c < correction.size(); ++c) chi.data()[c] += correction[c] - shift;
    }
    auto residual = right;
    left = subtract_generator(chi, residual, size);
    if (!(left < largest_residual))
      throw SolverError(
          fmt::format("the cell problem of the effective diffusion is not solved: residual {:.1e}", left));
    chi.exchange();
    return left;
  }

  /// residual = right + A^T chi, free of its mean; returns its largest value over `size`.
  double subtract_generator(Field& chi, std::vector<double>& residual, double size) const {
    std::vector<double> image(residual.size());
    generator_.apply_transpose(chi, image);
    for (std::size_t c = 0; c < image.size(); ++c) residual[c] += image[c];
    const double off = mean(residual);
    double largest = 0;
    for (auto& r : residual) {
      r -= off;
      largest = std::max(largest, std::abs(r));
    }
    return size == 0 ? 0 : part_.processes().max(largest) / size;
  }

  void spread(const std::vector<Field>& chi, EffectiveTransport& t) const {
    const std::size_t d = periodic_.size();
    std::vector<double> sums(d * d, 0.0), step(d);
    for_each_face(generator_,
                  [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward, const Offset& o) {
                    const double flow = forward * pi_.data()[i] + backward * pi_.data()[j];
                    for (std::size_t a = 0; a < d; ++a)
                      step[a] = periodic_[a] ? way(i, o, a) + chi[a].data()[j] - chi[a].data()[i] : 0;
                    for (std::size_t a = 0; a < d; ++a)
                      for (std::size_t b = 0; b < d; ++b) sums[a * d + b] += 0.5 * flow * step[a] * step[b];
                  });
    part_.processes().sum(sums);
    for (std::size_t a = 0; a < d; ++a)
      for (std::size_t b = 0; b < d; ++b) t.diffusion[a][b] = sums[a * d + b];
  }

  const Generator& generator_;
  law::GridPart part_;
  std::vector<bool> periodic_;
  Field pi_;
};

}  // namespace

EffectiveTransport effective_transport(const Generator& generator, const std::vector<bool>& periodic) {
  return RingTransport(generator, periodic).run();
}

}  // namespace fpk::solvers
