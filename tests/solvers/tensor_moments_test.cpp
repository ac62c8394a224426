// What the jumps of mixed noise do in one instant is what drift and tensor say, exactly, over random tensors that vary from
// place to place; and the Markov properties between any walls.
//
//     sum_y k(x -> y) (y - x) = b(x),      sum_y k(x -> y) (y - x)(y - x)^T = 2 a(x)         b, a averaged over the cell left
//
// holds to round-off for centred weights, and is false for rates with a sign turned round, a factor 1/2 too many, an offset
// left out, or coefficients taken where the jump lands.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "law/quadrature.hpp"
#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

const std::vector<std::string> names = {"x", "y", "z"};

double uniform(double from, double to) { return from + (to - from) * *rc::gen::inRange(0, 100'001) / 1e5; }

using Matrix = std::vector<std::vector<std::string>>;

/// Rotation in the plane of the axes i and j by an angle that varies from place to place.
Matrix turn(std::size_t d, std::size_t i, std::size_t j) {
  const std::string angle = fmt::format("({:.6g} + {:.6g}*sin({:.6g}*x + {:.6g}*y))", uniform(-3, 3),
                                        uniform(-0.6, 0.6), uniform(-1, 1), uniform(-1, 1));
  Matrix r(d, std::vector<std::string>(d, "0"));
  for (std::size_t k = 0; k < d; ++k) r[k][k] = "1";
  r[i][i] = r[j][j] = fmt::format("cos({})", angle);
  r[i][j] = fmt::format("(-sin({}))", angle);
  r[j][i] = fmt::format("sin({})", angle);
  return r;
}

Matrix times(const Matrix& a, const Matrix& b) {
  Matrix c(a.size(), std::vector<std::string>(a.size(), "0"));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j)
      for (std::size_t k = 0; k < a.size(); ++k) c[i][j] += fmt::format(" + ({})*({})", a[i][k], b[k][j]);
  return c;
}

/// Noise along axes that turn from place to place, of condition number up to 1e4, without drift.
model::Process random_noise(std::size_t d) {
  const double condition = std::pow(10.0, uniform(0, 4));
  Matrix strength(d, std::vector<std::string>(d, "0"));
  for (std::size_t k = 0; k < d; ++k) {
    const double share = k == 0 ? 1 : k + 1 == d ? condition : std::pow(condition, uniform(0, 1));
    strength[k][k] = fmt::format("{:.10g}*(1 + {:.6g}*cos({:.6g}*y - x))", 1 / std::sqrt(share),
                                 uniform(-0.4, 0.4), uniform(-1, 1));
  }
  Matrix noise = times(turn(d, 0, 1), strength);
  if (d == 3) noise = times(turn(d, 1, 2), noise);
  return correlated(std::vector<std::string>(d, "0"), noise, {names.begin(), names.begin() + d});
}

model::Domain random_box(std::size_t d, bool any_walls) {
  model::Domain domain;
  for (std::size_t a = 0; a < d; ++a) {
    const double lower = uniform(-2, 1);
    model::Side side{names[a], lower, lower + uniform(0.5, 4)};
    const auto kind = [&] { return static_cast<Boundary>(any_walls ? *rc::gen::inRange(0, 3) : 0); };
    side.lower_boundary = kind(), side.upper_boundary = kind();
    if (side.lower_boundary == Boundary::periodic || side.upper_boundary == Boundary::periodic)
      side.lower_boundary = side.upper_boundary = Boundary::periodic;
    domain.sides.push_back(side);
  }
  return domain;
}

law::GridPart random_grid(const model::Domain& domain) {
  std::vector<std::size_t> cells;
  for (std::size_t a = 0; a < domain.dimension(); ++a)
    cells.push_back(static_cast<std::size_t>(*rc::gen::inRange(5, domain.dimension() == 2 ? 12 : 8)));
  return law::GridPart(domain.grid(cells));
}

std::vector<double> backward(const Generator& g, const std::function<double(const law::Point&)>& f) {
  Field u = g.field();
  for (std::size_t c = 0; c < g.part().size(); ++c)
    u.data()[c] = f(g.part().grid().center(g.part().index(c)));
  std::vector<double> out(g.part().size());
  g.apply_transpose(u, out);
  return out;
}

/// No jump from the cell can reach a wall.
bool is_inner(const law::GridPart& part, std::size_t c) {
  const auto i = part.index(c);
  for (std::size_t a = 0; a < part.grid().dimension(); ++a)
    if (i[a] < 2 || i[a] + 2 >= part.grid().cells(a)) return false;
  return true;
}

RC_GTEST_PROP(MixedNoise, MovesAndSpreadsByExactlyItsDriftAndItsTensor, ()) {
  const auto d = static_cast<std::size_t>(*rc::gen::inRange(2, 4));
  auto process = random_noise(d);
  const auto domain = random_box(d, false);
  const auto part = random_grid(domain);
  const auto a = process.diffusion();
  // b = a g: any g, of which no jump of two cells sees more than |w| = 1.6, where weights are still centred.
  for (std::size_t i = 0; i < d; ++i) process.drift[i] = formula::Formula(0.0);
  for (std::size_t j = 0; j < d; ++j) {
    const double most = 0.8 / (static_cast<double>(d) * part.grid().axis(j).width(0)),
                 g = uniform(-most, most);
    for (std::size_t i = 0; i < d; ++i) process.drift[i] = process.drift[i] + formula::Formula(g) * a[i][j];
  }
  auto generator = build_generator(process, domain, part);
  if (generator
          ->is_limited()) {  // by weights of either sign; drift is then transport, which is of third order, not exact
    for (auto& b : process.drift) b = formula::Formula(0.0);
    generator = build_generator(process, domain, part);
  }
  const auto& g = generator->linear();
  const double h = 1e-14 * generator->largest_outflow();  // some ten roundings of sums of ten rates
  std::size_t checked = 0;
  for (std::size_t i = 0; i < d; ++i) {
    const auto moved = backward(g, [i](const law::Point& x) { return x[i]; });
    const auto drift = law::cell_averages(part, process.drift[i]);
    const double far = 2 + domain.sides[i].length();
    for (std::size_t c = 0; c < part.size(); ++c)
      if (is_inner(part, c)) RC_ASSERT(std::abs(moved[c] - drift[c]) <= 4 * h * far);
    for (std::size_t j = 0; j <= i; ++j) {
      const double farther = far * (2 + domain.sides[j].length());
      const auto with = backward(g, [j](const law::Point& x) { return x[j]; });
      const auto product = backward(g, [i, j](const law::Point& x) { return x[i] * x[j]; });
      const auto tensor = law::cell_averages(part, a[i][j]);
      for (std::size_t c = 0; c < part.size(); ++c) {
        if (!is_inner(part, c)) continue;
        const auto x = part.grid().center(part.index(c));
        RC_ASSERT(std::abs(product[c] - x[i] * with[c] - x[j] * moved[c] - 2 * tensor[c]) <= 8 * h * farther);
        ++checked;
      }
    }
  }
  RC_ASSERT(checked > 0U);
}

RC_GTEST_PROP(MixedNoise, HasColumnsThatSumToTheAbsorptionAndTakesNoMassBelowZero, ()) {
  const auto d = static_cast<std::size_t>(*rc::gen::inRange(2, 4));
  auto process = random_noise(d);
  for (std::size_t i = 0; i < d; ++i)
    process.drift[i] =
        parse(fmt::format("{:.6g} + ({:.6g})*x*y", uniform(-2, 2), uniform(-2, 2)), process.variables);
  const auto domain = random_box(d, true);
  const auto part = random_grid(domain);
  const auto g = build_generator(process, domain, part);
  for (const auto* families : {&g->rates().families, &g->rates().limited.negative})
    for (const auto& f : *families)
      for (const auto* field : {&f.forward, &f.backward})
        for (const double r : field->own()) RC_ASSERT(r >= 0);
  for (const auto* links : {&g->rates().links, &g->rates().limited.negative_links})
    for (const auto& l : *links) RC_ASSERT(l.forward >= 0 && l.backward >= 0);
  const auto columns = backward(g->linear(), [](const law::Point&) { return 1.0; });
  const auto absorption = g->rates().absorption();
  for (std::size_t c = 0; c < columns.size(); ++c)  // some ten rates of both signs, each rounded
    RC_ASSERT(std::abs(columns[c] + absorption[c]) <= 4e-15 * g->largest_outflow());

  std::mt19937_64 engine(static_cast<unsigned>(*rc::gen::inRange(0, 1 << 20)));
  Field m = g->field();
  for (auto& x : m.own()) {  // rough: masses that are zero beside large ones
    x = static_cast<double>(engine() >> 11U) * 0x1p-53;
    x = engine() % 3 == 0 ? 0 : x * x * x * x;
  }
  std::vector<double> change(part.size());
  g->apply(m, change);
  for (std::size_t c = 0; c < change.size(); ++c)
    RC_ASSERT(m.data()[c] + 0.99 / g->largest_outflow() * change[c] >= 0);
}

}  // namespace
}  // namespace fpk::solvers
