#include "model/chebyshev_surrogate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "formula/operation.hpp"
#include "formula/program.hpp"
#include "formula/simplify.hpp"

namespace fpk::model {
namespace {

using formula::Formula;
using Arrays = std::vector<std::vector<double>>;  // [variable or field][point]

constexpr std::size_t degrees[] = {4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256};
constexpr std::size_t checked_points = 2000;
/// The smallest terms are left out, as many as make up this share of the tolerance together.
constexpr double share_left_out = 0.1;

/// Fields at points.
Arrays values(std::span<const Formula> fields, const Domain& box, const Arrays& points) {
  std::vector<std::string> names;
  std::vector<const double*> inputs;
  for (std::size_t a = 0; a < box.dimension(); ++a) {
    names.push_back(box.sides[a].variable);
    inputs.push_back(points[a].data());
  }
  Arrays found(fields.size(), std::vector<double>(points.front().size()));
  std::vector<double*> outputs;
  for (auto& f : found) outputs.push_back(f.data());
  formula::Program(fields, names).evaluate(inputs, points.front().size(), outputs);
  return found;
}

/// x of s in [-1, 1].
double place(const Side& side, double s) { return (side.lower + side.upper) / 2 + s * side.length() / 2; }

double node(std::size_t j, std::size_t n) {
  return std::cos(std::numbers::pi * (static_cast<double>(j) + 0.5) / static_cast<double>(n));
}

/// The tensor grid of n nodes an axis, the last axis fastest.
Arrays nodes(const Domain& box, std::size_t n) {
  const std::size_t d = box.dimension();
  std::size_t count = 1;
  for (std::size_t a = 0; a < d; ++a) count *= n;
  Arrays points(d, std::vector<double>(count));
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t a = d, rest = p; a-- > 0; rest /= n)
      points[a][p] = place(box.sides[a], node(rest % n, n));
  return points;
}

/// Points off all nodes: the corners, and an additive sequence (Weyl 1916) by irrational steps, every other one drawn towards the faces,
/// where polynomials err most.
Arrays points_to_check(const Domain& box) {
  const std::size_t d = box.dimension();
  constexpr double step[] = {0.8191725133961645, 0.6710436067037893,
                             0.5497004779019703};  // of dimension 3 (Roberts 2018)
  Arrays points(d);
  for (std::size_t corner = 0; corner < std::size_t{1} << d; ++corner)
    for (std::size_t a = 0; a < d; ++a)
      points[a].push_back(place(box.sides[a], (corner >> a & 1) != 0 ? 1 : -1));
  for (std::size_t k = 1; k <= checked_points; ++k)
    for (std::size_t a = 0; a < d; ++a) {
      const double u = std::fmod(0.5 + static_cast<double>(k) * step[a % 3], 1.0);
      points[a].push_back(place(box.sides[a], k % 2 == 0 ? 2 * u - 1 : std::cos(std::numbers::pi * u)));
    }
  return points;
}

/// Values at the nodes become coefficients, one axis after the other:
/// c_k = (2 - [k = 0])/n sum over j of f(s_j) cos(pi k (j + 1/2)/n).
void transform(std::vector<double>& f, std::size_t n, std::size_t d) {
  const auto size = static_cast<double>(n);
  std::vector<double> line(n);
  for (std::size_t a = 0, stride = 1; a < d; ++a, stride *= n)
    for (std::size_t p = 0; p < f.size(); ++p) {
      if (p / stride % n != 0) continue;
      for (std::size_t k = 0; k < n; ++k) {
        line[k] = 0;
        for (std::size_t j = 0; j < n; ++j)
          line[k] += f[p + j * stride] * std::cos(std::numbers::pi * static_cast<double>(k) *
                                                  (static_cast<double>(j) + 0.5) / size);
        line[k] *= (k == 0 ? 1 : 2) / size;
      }
      for (std::size_t k = 0; k < n; ++k) f[p + k * stride] = line[k];
    }
}

/// T_0(s), ..., T_(n-1)(s) of a side, with s held in [-1, 1], by T_(j+k) = 2 T_j T_k - T_(j-k): halving the degree keeps the text of the
/// formula short, which the three-term recurrence would double with every degree.
std::vector<Formula> chebyshev_of(const Side& side, std::size_t n) {
  using formula::Operation;
  const Formula raw = (Formula::variable(side.variable) - Formula((side.lower + side.upper) / 2)) *
                      Formula(2 / side.length());
  const Formula s =
      formula::build(Operation::max, {Formula(-1.0), formula::build(Operation::min, {Formula(1.0), raw})});
  std::vector<Formula> T{Formula(1.0), s};
  for (std::size_t k = T.size(); k < n; ++k)
    T.push_back(k % 2 == 0 ? Formula(2.0) * T[k / 2] * T[k / 2] - Formula(1.0)
                           : Formula(2.0) * T[k / 2] * T[k / 2 + 1] - s);
  return T;
}

/// sum of c T T ..., of axis a on; nothing where all c are 0.
std::optional<Formula> sum(std::span<const double> c, const std::vector<std::vector<Formula>>& T,
                           std::size_t a) {
  std::optional<Formula> total;
  const std::size_t n = T[a].size(), stride = c.size() / n;
  for (std::size_t k = 0; k < n; ++k) {
    std::optional<Formula> factor;
    if (a + 1 == T.size()) {
      if (c[k] != 0) factor = Formula(c[k]);
    } else {
      factor = sum(c.subspan(k * stride, stride), T, a + 1);
    }
    if (!factor) continue;
    const Formula term = k == 0 ? *factor : *factor * T[a][k];
    total = total ? *total + term : term;
  }
  return total;
}

double largest(const Arrays& of) {
  double most = 0;
  for (const auto& values : of)
    for (const double v : values) {
      if (!std::isfinite(v)) throw NoSurrogate("it is not finite everywhere in the domain");
      most = std::max(most, std::abs(v));
    }
  return most;
}

/// The largest difference over the largest value.
double difference(const Arrays& f, const Arrays& p) {
  double most = 0;
  for (std::size_t k = 0; k < f.size(); ++k)
    for (std::size_t i = 0; i < f[k].size(); ++i) most = std::max(most, std::abs(f[k][i] - p[k][i]));
  const double scale = largest(f);
  return scale > 0 ? most / scale : most;
}

std::vector<Formula> slopes(std::span<const Formula> fields, const Domain& box) {
  std::vector<Formula> all;
  for (const Formula& f : fields)
    for (const Side& side : box.sides) all.push_back(f.derivative(side.variable));
  return all;
}

/// Terms become 0, the smallest first, while their sizes sum to no more than `most`.
void leave_out_smallest(std::vector<double>& terms, double most) {
  std::vector<double*> order;
  for (double& term : terms) order.push_back(&term);
  std::ranges::sort(order, {}, [](const double* term) { return std::abs(*term); });
  double sum = 0;
  for (double* term : order) {
    sum += std::abs(*term);
    if (sum > most) return;
    *term = 0;
  }
}

/// `most` of the values is left out, relative to the largest.
std::vector<Formula> interpolants(std::span<const Formula> fields, const Domain& box, std::size_t n,
                                  double most) {
  auto c = values(fields, box, nodes(box, n));
  const double left_out = most * largest(c);
  std::vector<std::vector<Formula>> T;
  for (const Side& side : box.sides) T.push_back(chebyshev_of(side, n));
  std::vector<Formula> found;
  for (auto& field : c) {
    transform(field, n, box.dimension());
    leave_out_smallest(field, left_out);
    found.push_back(sum(field, T, 0).value_or(Formula(0.0)));
  }
  return found;
}

}  // namespace

std::size_t largest_surrogate_degree(std::size_t d) { return d == 1 ? 256 : d == 2 ? 48 : 16; }

Surrogate chebyshev_surrogate(std::span<const Formula> fields, const Domain& box, double tolerance,
                              Nearness nearness) {
  const Arrays points = points_to_check(box);
  const bool with_slopes = nearness == Nearness::values_and_slopes;
  const Arrays exact = values(fields, box, points),
               exact_slopes = with_slopes ? values(slopes(fields, box), box, points) : Arrays{};
  double nearest = 0;
  for (const std::size_t degree : degrees) {
    if (degree > largest_surrogate_degree(box.dimension())) break;
    // The slope of T_n is up to n^2 times its value (Markov 1889).
    const double steepest = with_slopes ? static_cast<double>(degree * degree) : 1;
    Surrogate s{interpolants(fields, box, degree + 1, share_left_out * tolerance / steepest), degree, 0};
    double error = difference(exact, values(s.fields, box, points));
    if (with_slopes)
      error = std::max(error, difference(exact_slopes, values(slopes(s.fields, box), box, points)));
    s.error = 2 * error;
    nearest = s.error;
    if (s.error <= tolerance) return s;
  }
  throw NoSurrogate(fmt::format("the polynomial of degree {} is {:.2g} away from it",
                                largest_surrogate_degree(box.dimension()), nearest));
}

}  // namespace fpk::model
