// Every flux that a case may ask for: the Markov properties under random potentials, its equilibrium, its speed on
// a slope, and its order in one, two and three dimensions.
#include "solvers/flux/flux.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>
#include <set>

#include "law/quadrature.hpp"
#include "problems.hpp"
#include "solvers/flux/drift_flux.hpp"
#include "solvers/rates/reversible_rates.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

const std::vector<std::string> names = {"x", "y", "z"};

/// The law that a face weight has for its equilibrium: Gibbs, integrated over cells or taken at the centres.
std::vector<double> equilibrium(const FaceWeight& weight, const model::Process& process,
                                const law::GridPart& part) {
  if (weight.energy == Energy::cell_average) return gibbs(process, part);
  auto log_pi = law::center_values(part, *process.log_stationary());
  const double largest = *std::max_element(log_pi.begin(), log_pi.end());
  for (std::size_t c = 0; c < log_pi.size(); ++c) log_pi[c] = std::exp(log_pi[c] - largest) * part.volume(c);
  const double sum = law::total(part, log_pi);
  for (auto& p : log_pi) p /= sum;
  return log_pi;
}

std::string text(double x) { return "(" + std::to_string(x) + ")"; }

double number(double lower, double upper) {
  return lower + (upper - lower) * *rc::gen::inRange(0, 1'000'001) / 1e6;
}

/// A box with one to three graded axes, reflecting or periodic.
struct RandomBox {
  model::Domain domain;
  law::GridPart part;
};

RandomBox random_box() {
  RandomBox random;
  std::vector<law::Axis> axes;
  const auto d = *rc::gen::inRange<std::size_t>(1, 4);
  for (std::size_t a = 0; a < d; ++a) {
    std::vector<double> edges = {number(-3, 0)};
    const auto cells = *rc::gen::inRange(3, d == 3 ? 6 : 10);
    for (int i = 0; i < cells; ++i) edges.push_back(edges.back() + number(0.1, 0.5));
    const auto wall = *rc::gen::element(Boundary::reflecting, Boundary::periodic);
    random.domain.sides.push_back({names[a], edges.front(), edges.back(), wall, wall});
    axes.emplace_back(names[a], edges);
  }
  random.part = law::GridPart(law::Grid(std::move(axes)));
  return random;
}

/// A sum of waves: periodic along the axes that are, not separable, without symmetry.
std::string random_potential(const model::Domain& domain) {
  std::string L = "0";
  for (int wave = 0; wave < 3; ++wave) {
    L += " + " + text(number(-1, 1)) + "*cos(" + text(number(0, 6.3));
    for (const auto& side : domain.sides)
      L += " + " + std::to_string(*rc::gen::inRange(-2, 3)) + "*" +
           text(2 * std::numbers::pi / side.length()) + "*(" + side.variable + " - " + text(side.lower) + ")";
    L += ")";
  }
  return L;
}

/// Largest difference of L between centres.
double steepest(const law::GridPart& part, const std::string& L) {
  std::vector<std::string> variables;
  for (const auto& axis : part.grid().axes()) variables.push_back(axis.name());
  const auto values = law::center_values(part, parse(L, variables));
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  return *largest - *least;
}

std::vector<double> applied(const Generator& g, const std::vector<double>& v, bool transposed) {
  Field field = g.field();
  std::copy(v.begin(), v.end(), field.data());
  std::vector<double> out(v.size());
  transposed ? g.apply_transpose(field, out) : g.apply(field, out);
  return out;
}

/// Rates are not negative, and nothing leaves a closed box.
void check_markov(const Generator& g) {
  for (const auto& f : g.rates().families)
    for (const auto* field : {&f.forward, &f.backward})
      for (const double r : field->own()) RC_ASSERT(r >= 0.0);
  for (const auto& l : g.rates().links) RC_ASSERT(l.forward >= 0.0 && l.backward >= 0.0);
  for (const double sum : applied(g, std::vector<double>(g.part().size(), 1.0), true))
    RC_ASSERT(std::abs(sum) <= 1e-14 * g.largest_outflow());  // seven roundings of the rates
}

RC_GTEST_PROP(FaceWeights, AreMarkovAndHaveTheirGibbsLawForEquilibriumUnderEveryPotential, ()) {
  const auto [domain, part] = random_box();
  const std::string L = random_potential(domain);
  std::vector<std::string> variables;
  for (const auto& side : domain.sides) variables.push_back(side.variable);
  const double peclet = number(0.1, 100), D = std::max(1.0, steepest(part, L)) / peclet;
  const auto process = langevin(L, D, variables);
  for (const auto& weight : face_weights()) {
    const Generator g(reversible_rates(process, domain, part, weight));
    check_markov(g);
    // Detailed balance, face by face: the rounding of the energies, up to 200 D, in an exponential.
    const auto& log_pi = *g.rates().log_weights;
    const auto balanced = [&](std::size_t from, std::size_t to, double forward, double backward) {
      RC_ASSERT(forward > 0 && backward > 0);
      const double gap = log_pi[from] + std::log(forward) - log_pi[to] - std::log(backward);
      RC_ASSERT(std::abs(gap) < 1e-12);
    };
    const auto& families = g.rates().families;
    for (std::size_t a = 0; a < families.size(); ++a) {
      const auto n = static_cast<std::ptrdiff_t>(part.size());
      const bool rings = a + 1 == families.size() && g.rates().periodic;
      for (std::ptrdiff_t c = 0; c < n; ++c) {
        const bool last = part.index(static_cast<std::size_t>(c))[a] + 1 == part.grid().cells(a);
        if (last && !rings) continue;  // a wall, or a link
        balanced(static_cast<std::size_t>(c), static_cast<std::size_t>((c + families[a].shift) % n),
                 families[a].forward.data()[c], families[a].backward.data()[c]);
      }
    }
    for (const auto& l : g.rates().links)
      balanced(static_cast<std::size_t>(l.from), static_cast<std::size_t>(l.to), l.forward, l.backward);
    const auto pi = equilibrium(weight, process, part);
    RC_ASSERT(l1_distance(part, stationary_masses(g).masses, pi) <= 1e-13);
    RC_ASSERT(relative_residual(g, pi) <= 1e-13);
  }
}

RC_GTEST_PROP(DriftFluxes, AreMarkovUnderEveryDriftAndNoise, ()) {
  const auto [domain, part] = random_box();
  std::vector<std::string> variables, drift, noise;
  for (const auto& side : domain.sides) {
    variables.push_back(side.variable);
    const std::string turn = text(2 * std::numbers::pi / side.length()) + "*" + side.variable;
    drift.push_back(text(number(-20, 20)) + "*cos(" + turn + ") + " + text(number(-5, 5)));
    noise.push_back(*rc::gen::inRange(0, 4) == 0 ? "0" : text(number(0, 1)) + " + 0.1*sin(" + turn + ")");
  }
  for (const auto& flux : fluxes())
    if (!flux.needs_potential)
      check_markov(*build_generator(drifted(drift, noise, variables), domain, part, 0, flux.name));
}

TEST(Fluxes, AreListedOnceEachWithTheBestFirst) {
  std::set<std::string_view> seen;
  for (const auto& flux : fluxes())
    EXPECT_TRUE(seen.insert(flux.name).second && !flux.source.empty()) << flux.name;
  EXPECT_EQ(seen.size(), 8U);
  EXPECT_EQ(flux_name(langevin("x^2", 1, {"x"})), "blended");
  EXPECT_EQ(flux_name(drifted({"-x"}, {"1"}, {"x"})), "hybrid");
  EXPECT_EQ(flux_name(langevin("x^2", 1, {"x"}), "chang-cooper"), "chang-cooper");
  EXPECT_THROW((void)flux_of(drifted({"-x"}, {"1"}, {"x"}), "blended"), std::invalid_argument);
  EXPECT_THROW((void)flux_of(langevin("x^2", 1, {"x"}), "upwind"), std::invalid_argument);
}

TEST(Fluxes, CarryMassDownASlopeAtTheirKnownSpeed) {
  // L = -f x: the net rate of moving, forward less backward, is f / h for every Bernoulli weight, and s(z) or 1/s(z)
  // of it, s(z) = (z/2) / sinh(z/2), for the resistance and for the square-root approximation.
  const double f = 3, h = 0.1;
  const auto domain = box({"x"}, 0, 1);
  const auto part = grid(domain, 10);
  std::size_t checked = 0;
  for (const double z : {0.01, 1.0, 4.0, 30.0}) {  // cell Peclet numbers
    const auto process = langevin("-3*x", f * h / z, {"x"});
    const double s = z / 2 / std::sinh(z / 2);
    for (const auto& flux : fluxes()) {
      const FaceWeight* const weight = find_face_weight(flux.name);
      const bool resistance = weight != nullptr && weight->knows_resistance;
      if (flux.name == "series-resistance" && z > 4) continue;  // four nodes do not integrate exp(30)
      const auto g = build_generator(process, domain, part, 0, flux.name);
      const auto& family = g->rates().families.front();
      const double factor = flux.name == "series-resistance"           ? s
                            : flux.name == "square-root-approximation" ? 1 / s
                                                                       : 1;
      // Forward and backward differ by z of their size; four nodes miss exp(z) by z^8 / 8! 2^-8 / 15 or so.
      const double allowed =
          2e-12 / std::min(z, 1.0) + (resistance ? 4e-9 * std::pow(std::min(z, 4.0), 8) : 0);
      EXPECT_NEAR((family.forward.data()[4] - family.backward.data()[4]) / (f / h * factor), 1.0, allowed)
          << flux.name << ' ' << z;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 31U);
}

TEST(Fluxes, OfChangAndCooperRestOnTheSumOfTheirSlopes) {
  // In equilibrium p_j / p_i = exp(w), w the drift at the face times h / D: not the Gibbs law's ratio.
  const double D = 0.25;
  const auto process = langevin("(x^2-1)^2 + 0.3*x", D, {"x"});
  const auto domain = box({"x"}, -1.8, 1.8);
  const auto part = grid(domain, 30);
  const auto found = stationary_masses(*build_generator(process, domain, part, 0, "chang-cooper")).masses;
  const double h = 3.6 / 30;
  for (std::size_t i = 0; i + 1 < found.size(); ++i) {
    const double x = part.grid().axis(0).edge(i + 1), b = -(4 * x * (x * x - 1) + 0.3);
    EXPECT_NEAR(std::log(found[i + 1] / found[i]), b * h / D, 1e-12) << i;
  }
  EXPECT_GT(l1_distance(part, found, gibbs(process, part)), 1e-3);
}

TEST(Fluxes, SayWhenTheirRatesAreBeyondTheRangeOfNumbers) {
  const auto process = langevin("(x^2-1)^2", 0.001, {"x"});
  const auto domain = box({"x"}, -2.5, 2.5);
  const auto part = grid(domain, 20);
  EXPECT_THROW((void)build_generator(process, domain, part, 0, "square-root-approximation"), SolverError);
  for (const char* robust :
       {"auto", "scharfetter-gummel", "point-scharfetter-gummel", "hybrid", "chang-cooper"})
    EXPECT_NO_THROW((void)build_generator(process, domain, part, 0, robust)) << robust;
}

/// Masses at time t with that flux.
std::vector<double> evolved(std::string_view flux, const model::Process& process, const model::Domain& domain,
                            const law::GridPart& part, std::vector<double> masses, double t) {
  const PropagatorTask task{generator_in_time(process, domain, part, flux), false, t, 1e-9};
  choose_propagator("auto", task).propagator->make(task)->advance(masses, 0, t, {});
  return masses;
}

/// L = sum of k_i x_i^2 / 2 with a coupling of the first two, from a Gaussian off the middle: the exact law is Gaussian.
struct OrnsteinUhlenbeck {
  std::size_t dimension;
  std::vector<std::size_t> cells;
  double half_width, t;
};

TEST(Fluxes, AreSecondOrderOnOrnsteinAndUhlenbecksProcessInOneTwoAndThreeDimensions) {
  std::size_t checked = 0;
  for (const auto& p : {OrnsteinUhlenbeck{1, {80, 160}, 5, 0.5}, OrnsteinUhlenbeck{2, {40, 80}, 4.2, 0.4},
                        OrnsteinUhlenbeck{3, {20, 40}, 3.8, 0.2}}) {
    const std::vector<std::string> variables(names.begin(),
                                             names.begin() + static_cast<std::ptrdiff_t>(p.dimension));
    const char* const potentials[] = {"0.65*x^2", "0.65*x^2 + 0.5*y^2 + 0.4*x*y",
                                      "0.65*x^2 + 0.5*y^2 + 0.4*x*y + 0.6*z^2"};
    const auto process = langevin(potentials[p.dimension - 1], 0.5, variables);
    const std::vector<double> means = {0.9, -0.5, 0.3}, sds = {0.5, 0.6, 0.55};
    const auto d = static_cast<std::ptrdiff_t>(p.dimension);
    const auto start =
        gaussian(variables, {means.begin(), means.begin() + d}, {sds.begin(), sds.begin() + d});
    const auto exact =
        model::gaussian_at(*model::affine(process), variables, start.mean(), start.covariance(), p.t);
    const auto domain = box(variables, -p.half_width, p.half_width);
    for (const auto& flux : fluxes()) {
      std::vector<double> errors;
      for (const std::size_t cells : p.cells) {
        const auto part = grid(domain, cells);
        errors.push_back(l1_distance(part,
                                     evolved(flux.name, process, domain, part, start.cell_masses(part), p.t),
                                     exact.cell_masses(part)));
      }
      const double order = std::log2(errors[0] / errors[1]);
      EXPECT_NEAR(order, 2.0, 0.15) << flux.name << " in " << p.dimension;  // the next term is h^2 smaller
      ++checked;
    }
  }
  EXPECT_EQ(checked, 24U);
}

TEST(Fluxes, AreSecondOrderBetweenAbsorbingWalls) {
  // A constant force f on [0, 1] between absorbing walls, D: p = exp(f x/(2D) - f^2 t/(4D)) q with q the heat
  // series, from p_0 = exp(f x/(2D)) sin(pi x) / N: S(t) = S(0) exp(-(D pi^2 + f^2/(4D)) t).
  const double f = 1.5, D = 0.5, t = 0.2, pi = std::numbers::pi, k = f / (2 * D);
  const auto primitive = [&](double x) {
    return std::exp(k * x) * (k * std::sin(pi * x) - pi * std::cos(pi * x)) / (k * k + pi * pi);
  };
  const double survival = std::exp(-(D * pi * pi + f * f / (4 * D)) * t);
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  const auto process = langevin("-1.5*x", D, {"x"});
  for (const auto& flux : fluxes()) {
    std::vector<double> errors;
    for (const std::size_t cells : {20, 40, 80}) {
      const auto part = grid(domain, cells);
      std::vector<double> start(cells);
      const auto& x = part.grid().axis(0);
      for (std::size_t c = 0; c < cells; ++c)
        start[c] = (primitive(x.edge(c + 1)) - primitive(x.edge(c))) / (primitive(1) - primitive(0));
      errors.push_back(
          std::abs(law::total(part, evolved(flux.name, process, domain, part, start, t)) - survival));
    }
    EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2.0, 0.1) << flux.name;
  }
}

}  // namespace
}  // namespace fpk::solvers
