// The weak order and the invariant order of every scheme in the table, by the operator iteration of the production step: no
// random number, so that an order is a slope. A new row is measured because it is in the table.
//
// Between rungs dt and dt/2 of a ladder the error of a scheme of order p falls with the slope p + c dt + ...; of two neighbouring
// slopes s_1, s_2 the combination 2 s_2 - s_1 misses p by terms of dt^2. On these ladders that is below 0.05: a twentieth of what
// would make it another order.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app/operator_road.hpp"
#include "law/initial_nodes.hpp"
#include "model/affine.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using sde::SchemeFacts;
using sde::problems::process;

constexpr double order_allowed = 0.05;
constexpr double order_allowed_in_the_plane = 0.1;  ///< longer steps: few are affordable there
constexpr double two_pi = 2 * std::numbers::pi;

model::Process gradient(const std::vector<std::string>& variables, const std::string& potential,
                        double temperature) {
  return model::overdamped_langevin(variables, formula::parse(potential, {variables, {}, {}}), temperature);
}

/// Where a scheme is to be right, and what to see of it. No symmetry in drift, noise, observable or start.
struct Problem {
  std::string name;
  model::Process process;
  model::Domain domain;
  std::string observable;
  std::vector<double> start;
  double end;
  std::vector<std::int64_t> steps;
  /// E f(X_end), by a method that knows no scheme.
  double exact = 0;
  /// Mean of f in the stationary law, where the problem is for the invariant order.
  std::optional<double> stationary = std::nullopt;
};

/// A ring 0 <= x < 2 pi, or a product of two.
model::Domain ring(const std::vector<std::string>& variables) {
  return sde::problems::box(variables, 0, two_pi, model::Boundary::periodic);
}

double value(const std::string& f, const std::vector<std::string>& variables, const std::vector<double>& x) {
  return formula::Program(formula::parse(f, {variables, {}, {}}), variables)(x).front();
}

/// exp(T A) f at the start, a point of the grid: A the generator on trigonometric polynomials, the exponential by Taylor's series
/// of degree 8 in steps that keep |A| dt below 3, where it is stable on the negative axis.
double by_fourier(const Problem& p, int points) {
  const sde::torus::Torus grid(p.process.dimension(), points);
  Eigen::VectorXd u =
      sde::torus::on_grid(grid, [&](const auto& x) { return value(p.observable, p.process.variables, x); });
  const Eigen::MatrixXd A = sde::torus::generator(p.process, grid, 0);
  const double fastest =  // a_ii <= 0.3, harmonics up to (n - 1) / 2, |b| <= 1
      0.3 * static_cast<double>(p.process.dimension()) * 0.25 * points * points + points;
  const int steps = static_cast<int>(std::ceil(p.end * fastest / 3));
  for (int n = 0; n < steps; ++n) {
    Eigen::VectorXd term = u;
    for (int k = 1; k <= 8; ++k) {
      term = (A * term * (p.end / steps / k)).eval();
      u += term;
    }
  }
  Eigen::Index at = 0;
  for (std::size_t a = p.start.size(); a-- > 0;)
    at = at * points + static_cast<Eigen::Index>(std::lround(p.start[a] / two_pi * points));
  return u[at];
}

/// Of the Gaussian law of an affine process from a point.
double by_gaussian(const Problem& p, double t) {
  const auto d = static_cast<Eigen::Index>(p.start.size());
  const Eigen::VectorXd mean = Eigen::VectorXd::Map(p.start.data(), d);
  const auto law = model::gaussian_at(*model::affine(p.process), p.process.variables, mean,
                                      1e-30 * Eigen::MatrixXd::Identity(d, d), t);
  double sum = 0;
  for (const auto& [x, weight] : law::initial_nodes(law))
    sum += weight * value(p.observable, p.process.variables, {x.begin(), x.begin() + d});
  return sum;
}

/// Mean of f in exp(-L/D) on the ring: trapezoidal sums, exact to round-off for smooth periodic functions.
double by_gibbs(const Problem& p) {
  constexpr int n = 96;
  const std::size_t d = p.process.dimension();
  const std::vector<formula::Formula> both{formula::parse(p.observable, {p.process.variables, {}, {}}),
                                           *p.process.log_stationary()};
  const formula::Program program(both, p.process.variables);
  double mean = 0, mass = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < (d == 2 ? n : 1); ++j) {
      std::vector<double> x{two_pi * i / n};
      if (d == 2) x.push_back(two_pi * j / n);
      const auto v = program(x);
      mean += v[0] * std::exp(v[1]);
      mass += std::exp(v[1]);
    }
  return mean / mass;
}

const std::string on_a_line = "sin(x) + 0.5*cos(x - 0.3)";
const std::string on_a_plane = "sin(x)*(1 + 0.5*cos(y)) + 0.4*sin(y - 0.3 - x)";

const std::vector<Problem>& problems() {
  static const std::vector<Problem> all = [] {
    const auto at = [](int k, int n) { return two_pi * k / n; };
    std::vector<Problem> found{
        {"multiplicative noise",
         process({"x"}, {"0.3 + 0.5*sin(x) + 0.2*cos(2*x)"}, {{"0.5 + 0.25*sin(x) + 0.1*cos(x)"}}),
         ring({"x"}),
         on_a_line,
         {at(7, 45)},
         1,
         {64, 128, 256}},
        {"a potential",
         gradient({"x"}, "0.6*cos(x) + 0.2*sin(2*x)", 0.25),
         ring({"x"}),
         on_a_line,
         {at(7, 45)},
         1,
         {16, 32, 64}},
        {"sources that do not commute",
         process({"x", "y"}, {"0.3 + 0.4*sin(y)", "0.5*cos(x) - 0.2"},
                 {{"0.5 + 0.2*sin(y)", "0.3*cos(x)"}, {"0.25*sin(x)", "0.4 + 0.15*cos(y)"}}),
         ring({"x", "y"}),
         on_a_plane,
         {at(5, 27), at(18, 27)},
         0.6,
         {4, 8, 16}},
        {"diagonal noise",
         process({"x", "y"}, {"0.3 + 0.4*sin(y)", "0.5*cos(x + y) - 0.2"},
                 {{"0.5 + 0.2*sin(x)", "0"}, {"0", "0.4 + 0.15*cos(y)"}}),
         ring({"x", "y"}),
         on_a_plane,
         {at(5, 27), at(18, 27)},
         0.6,
         {4, 8, 16}},
        {"a potential in the plane",
         gradient({"x", "y"}, "0.5*cos(x) + 0.3*sin(y - x)", 0.3),
         ring({"x", "y"}),
         on_a_plane,
         {at(5, 27), at(18, 27)},
         0.6,
         {4, 8, 16}},
    };
    for (auto& p : found) p.exact = by_fourier(p, p.process.dimension() == 1 ? 45 : 27);
    for (auto& p : found)
      if (p.process.log_stationary()) p.stationary = by_gibbs(p);
    Problem linear{"a linear drift",
                   process({"x"}, {"0.3 - 1.2*x"}, {{"0.7"}}),
                   sde::problems::box({"x"}, -15, 15),
                   "sin(x) + 0.3*x^2",
                   {0.9},
                   1,
                   {8, 16, 32}};
    Problem kinetic{"an oscillator with friction",
                    process({"q", "v"}, {"v", "0.4 - q - 0.8*v"}, {{"0"}, {"0.7"}}),
                    sde::problems::box({"q", "v"}, -100, 100),
                    "q^2*v + sin(q) + 0.5*v^2 - 0.3*q*v",
                    {0.8, -0.5},
                    1,
                    {8, 16, 32}};
    for (auto* p : {&linear, &kinetic}) {
      p->exact = by_gaussian(*p, p->end);
      p->stationary = by_gaussian(*p, 80);  // e^(-32) from its limit
      found.push_back(*p);
    }
    return found;
  }();
  return all;
}

using Maker = std::function<std::unique_ptr<sde::Scheme>(const SchemeFacts&, const model::Process&)>;
std::unique_ptr<sde::Scheme> by_the_row(const SchemeFacts& row, const model::Process& p) {
  return row.make(p);
}

/// The production step of a scheme on a problem.
verification::OperatorIteration iteration(const sde::Scheme& scheme, const Problem& p, bool invariant) {
  law::WeightedPoint start{{}, 1};
  std::copy(p.start.begin(), p.start.end(), start.x.begin());
  verification::Extent whole{p.start.size(), {}, {}};
  for (std::size_t a = 0; a < p.start.size(); ++a) {
    whole.lower[a] = p.domain.sides[a].lower;
    whole.upper[a] = p.domain.sides[a].upper;
    if (p.start.size() == 2 && !p.domain.sides[a].is_periodic()) whole.lower[a] = -5, whole.upper[a] = 5;
  }
  return {app::stepped_map(scheme, p.process, p.domain, sde::NoiseKind::normal),
          app::function_of({"f", formula::parse(p.observable, {p.process.variables, {}, {}})},
                           p.process.variables),
          {start},
          whole,
          p.end,
          p.steps.front(),
          invariant};
}

// One level is enough: 16 panels of 12 points know the functions of a line to 1e-12, four an axis those of these planes to 1e-8.
constexpr verification::PanelLevel of_the_line{16, 20}, of_the_plane{4, 8};

verification::Value expectation(const verification::OperatorIteration& of, const Problem& p,
                                std::int64_t steps) {
  if (p.start.size() == 1) return {of.expectation_at(of_the_line, steps), 1e-12};
  return {of.expectation_at(of_the_plane, steps), 1e-8};
}

/// A decision makes kinks, in the plane in the increments, on the line where there begin to be refusals: the error is then what a
/// finer level changes.
verification::Value invariant_mean(const verification::OperatorIteration& of, const Problem& p,
                                   std::int64_t steps, bool decides) {
  const double dt = p.end / static_cast<double>(steps);
  const bool line = p.start.size() == 1;
  const double mean = of.invariant_at(line ? of_the_line : of_the_plane, dt);
  if (!decides) return {mean, line ? 1e-12 : 1e-8};
  const verification::PanelLevel finer =
      line ? verification::PanelLevel{32, 26} : verification::PanelLevel{4, 16};
  return {mean, std::abs(mean - of.invariant_at(finer, dt))};
}

/// What a ladder shows against what was promised.
struct Finding {
  bool agrees = false;
  std::string words;
};

/// `at_least`: the order promised is a bound.
Finding compare(const Problem& p, double promised, bool at_least,
                const std::vector<verification::Value>& values, double exact) {
  std::vector<double> errors;
  for (const auto& v : values) errors.push_back(std::abs(v.value - exact));
  bool none = true;
  for (std::size_t l = 0; l < errors.size(); ++l) none = none && errors[l] <= 10 * (values[l].error + 1e-12);
  if (none || std::isinf(promised))
    return {none, fmt::format("promised {}; no error, {}", promised, fmt::join(errors, ", "))};
  const double first = std::log2(errors[0] / errors[1]), second = std::log2(errors[1] / errors[2]);
  const double order = 2 * second - first;
  const double allowed = p.start.size() == 1 ? order_allowed : order_allowed_in_the_plane;
  const bool enough = at_least ? std::min(first, second) >= promised - allowed : order >= promised - allowed;
  return {enough && (at_least || order <= promised + allowed),
          fmt::format("promised {}, found {:.3f} from the slopes {:.3f}, {:.3f} of the errors {}", promised,
                      order, first, second, fmt::join(errors, ", "))};
}

Finding weak(const SchemeFacts& row, const Problem& p, const model::Process& stepped,
             const Maker& make = by_the_row) {
  const auto scheme = make(row, stepped);
  const auto of = iteration(*scheme, p, false);
  std::vector<verification::Value> values;
  for (const auto n : p.steps) values.push_back(expectation(of, p, n));
  // Refusals, with a probability of order dt^(3/2), may cancel the term of first order, and do so in one variable.
  return compare(p, sde::weak_order(row, p.process, sde::NoiseKind::normal, p.domain), scheme->has_decision(),
                 values, p.exact);
}

Finding invariant(const SchemeFacts& row, const Problem& p, const model::Process& stepped,
                  const Maker& make = by_the_row) {
  const auto scheme = make(row, stepped);
  const auto of = iteration(*scheme, p, true);
  std::vector<verification::Value> values;
  for (const auto n : p.steps)
    values.push_back(invariant_mean(of, p, p.start.size() == 1 ? n : 2 * n, scheme->has_decision()));
  return compare(p, row.invariant_order, false, values, *p.stationary);
}

TEST(OrderTable, EverySchemeHasItsWeakOrder) {
  for (const auto& row : sde::schemes()) {
    std::size_t checked = 0, in_the_plane = 0;
    for (const auto& p : problems()) {
      if (!row.refusal(p.process).empty()) continue;
      if (p.process.dimension() == 2 && in_the_plane > 0) continue;  // the most general one that it takes
      const auto found = weak(row, p, p.process);
      EXPECT_TRUE(found.agrees) << row.name << ", " << p.name << ": " << found.words;
      ++checked;
      if (p.process.dimension() == 2) ++in_the_plane;
    }
    EXPECT_GT(checked, 0U) << row.name << " was checked on no problem: add one that it takes";
  }
}

TEST(OrderTable, EverySchemeHasItsInvariantOrder) {
  for (const auto& row : sde::schemes()) {
    std::size_t checked = 0;
    for (const auto& p : problems()) {
      if (!p.stationary || !row.refusal(p.process).empty()) continue;
      // In the plane those alone whose invariant law is made by more than the step.
      const auto scheme = row.make(p.process);
      if (p.process.dimension() == 2 && checked > 0 && !scheme->has_postprocessor() &&
          !scheme->has_decision())
        continue;
      const auto found = invariant(row, p, p.process);
      EXPECT_TRUE(found.agrees) << row.name << ", " << p.name << ": " << found.words;
      ++checked;
    }
    EXPECT_GT(checked, 0U) << row.name;
  }
}

/// A process that is not the problem's: what a scheme with an error in it would follow.
struct Planted {
  std::string name;
  std::optional<model::Process> process;  ///< where that error can be made on it
};

std::vector<Planted> planted(const Problem& p) {
  using formula::Formula;
  std::vector<Planted> all;
  if (p.process.reversible) {
    const auto& [L, D] = *p.process.reversible;
    all.push_back({"a drift 2 % too strong",
                   model::overdamped_langevin(p.process.variables, L * Formula(1.02), D * 1.02)});
    all.back().process->noise = p.process.noise;
    all.push_back({"half the noise", model::overdamped_langevin(p.process.variables, L, D / 4)});
    return all;
  }
  auto strong = p.process, quiet = p.process, uncorrected = p.process;
  strong.drift[0] = strong.drift[0] * Formula(1.02);
  quiet.noise[0][0] = quiet.noise[0][0] * Formula(0.5);
  all.push_back({"a drift 2 % too strong", strong});
  all.push_back({"half the noise", quiet});
  if (p.process.noise[0][0].depends_on("x")) {  // read in the sense of Stratonovich
    const auto& s = p.process.noise[0][0];
    uncorrected.drift[0] = uncorrected.drift[0] + Formula(0.5) * s * s.derivative("x");
    all.push_back({"a missing correction of the drift", uncorrected});
  }
  return all;
}

TEST(OrderTable, APlantedErrorIsSeenInEveryScheme) {
  for (const auto& row : sde::schemes()) {
    std::size_t seen = 0;
    for (const auto& p : problems()) {
      if (p.process.dimension() > 1 || !row.refusal(p.process).empty()) continue;
      for (const auto& [name, wrong] : planted(p)) {
        if (!row.refusal(*wrong).empty()) continue;
        const auto found = weak(row, p, *wrong);
        EXPECT_FALSE(found.agrees) << row.name << " with " << name << ", " << p.name << ": " << found.words;
        ++seen;
      }
    }
    if (row.refusal(problems().front().process).empty()) {
      EXPECT_GE(seen, 5U) << row.name;
    }
  }
}

/// A scheme of order 1 where the row says 2.
TEST(OrderTable, ASchemeWithoutItsTermsOfSecondOrderIsSeen) {
  const Maker euler = [](const SchemeFacts&, const model::Process& p) {
    return sde::find_scheme("euler-maruyama")->make(p);
  };
  for (const auto& row : sde::schemes()) {
    if (row.weak_order != 2) continue;
    for (const auto& p : problems())
      if (p.process.dimension() == 1 && row.refusal(p.process).empty()) {
        EXPECT_FALSE(weak(row, p, p.process, euler).agrees) << row.name << ", " << p.name;
      }
  }
}

/// Forwards all but the postprocessor.
class Unobserved : public sde::Scheme {
 public:
  explicit Unobserved(std::unique_ptr<sde::Scheme> scheme) : scheme_(std::move(scheme)) {}
  [[nodiscard]] std::unique_ptr<sde::Scratch> scratch() const override { return scheme_->scratch(); }
  [[nodiscard]] sde::DrawCounts draws() const override { return scheme_->draws(); }
  void step(std::span<double* const> x, double t, double dt, const sde::Draws& draws,
            sde::Scratch& scratch) const override {
    scheme_->step(x, t, dt, draws, scratch);
  }

 private:
  std::unique_ptr<sde::Scheme> scheme_;
};

TEST(OrderTable, AForgottenPostprocessorIsSeenInTheInvariantOrder) {
  const auto& p = problems()[1];
  for (const auto& row : sde::schemes()) {
    if (!row.refusal(p.process).empty() || !row.make(p.process)->has_postprocessor()) continue;
    const Maker forgetful = [](const SchemeFacts& made, const model::Process& of) {
      return std::make_unique<Unobserved>(made.make(of));
    };
    EXPECT_TRUE(invariant(row, p, p.process).agrees) << row.name;
    EXPECT_FALSE(invariant(row, p, p.process, forgetful).agrees) << row.name;
  }
}

}  // namespace
