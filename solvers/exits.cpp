#include "solvers/exits.hpp"

#include <algorithm>
#include <cmath>

#include "law/quadrature.hpp"
#include "solvers/petsc/shifted_system.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

/// A panel is halved this often at most: what is then still missing shows in the balance.
constexpr int most_halvings = 12;
/// How far from 1 the computed probabilities of leaving may add up to: more is no rounding, but a cell that reaches no
/// exit.
constexpr double largest_correction = 0.1;
/// What the rounding of a panel's sums may leave of the balance.
constexpr double rounding_of_panel = 1e-15;

double inner_product(const law::GridPart& part, std::span<const double> u, std::span<const double> m) {
  std::vector<double> terms(m.begin(), m.end());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] *= u[c];
  return law::total(part, terms);
}

/// Makes the probabilities of each cell sum to 1. Where leaving takes exponentially long, the factor common to all
/// exits is known only to the rounding of the rates over that of leaving; their ratios are not touched by it.
void normalise(const law::GridPart& part, std::vector<std::vector<double>>& chances) {
  double furthest = 0;
  for (std::size_t c = 0; c < part.size(); ++c) {
    double sum = 0;
    for (const auto& h : chances) sum += h[c];
    furthest = std::max(furthest, std::isfinite(sum) ? std::abs(sum - 1) : largest_correction + 1);
    for (auto& h : chances) h[c] /= sum;
  }
  if (part.processes().max(furthest) > largest_correction)
    throw SolverError("the probabilities of leaving through each face do not add up to 1");
}

}  // namespace

std::string exit_name(const law::Grid& grid, const Exit& exit) {
  return grid.axis(exit.axis).name() + (exit.upper ? "_upper" : "_lower");
}

std::vector<double> exit_fluxes(const Generator& generator, std::span<const double> masses) {
  std::vector<double> fluxes;
  for (const auto& exit : generator.rates().exits) {
    double flux = 0;
    for (std::size_t k = 0; k < exit.cells.size(); ++k) flux += exit.rates[k] * masses[exit.cells[k]];
    fluxes.push_back(generator.part().processes().sum(flux));
  }
  return fluxes;
}

std::vector<std::vector<double>> exit_probabilities(const Generator& generator) {
  const auto& part = generator.part();
  const auto& exits = generator.rates().exits;
  if (exits.size() == 1) return {std::vector<double>(part.size(), 1.0)};
  petsc::ShiftedSystem system(generator);
  system.set(generator, 0, 1, Direction::backward);  // -A^T h = k
  std::vector<std::vector<double>> chances;
  for (const auto& exit : exits) {
    std::vector<double> k(part.size(), 0.0), h(part.size(), 0.0);
    for (std::size_t i = 0; i < exit.cells.size(); ++i) k[exit.cells[i]] += exit.rates[i];
    system.solve(k, h);
    chances.push_back(std::move(h));
  }
  normalise(part, chances);
  return chances;
}

ExitAccount::ExitAccount(PropagatorTask task, std::span<const double> masses)
    : task_(std::move(task)), part_(task_.generator(0)->part()), start_(masses.begin(), masses.end()) {
  const auto generator = task_.generator(0);
  absorbed_.assign(generator->rates().exits.size(), 0.0);
  if (absorbed_.empty() || (task_.depends_on_time && absorbed_.size() > 1)) return;
  try {
    exit_chance_ = exit_probabilities(*generator);
  } catch (const SolverError&) {  // some cells reach no exit: the flux can still be integrated
    exit_chance_.clear();
  }
}

void ExitAccount::advance(Propagator& propagator, std::span<double> masses, double from, double to,
                          const Tick& tick) {
  if (absorbed_.empty() || !exit_chance_.empty()) {
    propagator.advance(masses, from, to, tick);
    std::vector<double> gone(start_);
    for (std::size_t c = 0; c < gone.size(); ++c) gone[c] -= masses[c];
    for (std::size_t f = 0; f < absorbed_.size(); ++f)
      absorbed_[f] = inner_product(part_, exit_chance_[f], gone);
    return;
  }
  integrate(propagator, masses, from, to, 0);
  if (tick) tick(to);
}

void ExitAccount::integrate(Propagator& propagator, std::span<double> masses, double from, double to,
                            int halvings) {
  const std::vector<double> before(masses.begin(), masses.end());
  const double h = to - from;
  std::vector<double> counted(absorbed_.size(), 0.0);
  double t = from, balance = law::total(part_, before);
  for (std::size_t q = 0; q < law::gauss_nodes; ++q) {
    const double node = from + h * law::gauss_node[q];
    propagator.advance(masses, t, node, {});
    t = node;
    const auto fluxes = exit_fluxes(*task_.generator(t), masses);
    for (std::size_t f = 0; f < counted.size(); ++f) counted[f] += h * law::gauss_weight[q] * fluxes[f];
  }
  propagator.advance(masses, t, to, {});
  balance -= law::total(part_, masses);
  for (const double q : counted) balance -= q;
  if (std::abs(balance) <= task_.tolerance * h / task_.duration + rounding_of_panel ||
      halvings == most_halvings) {
    for (std::size_t f = 0; f < counted.size(); ++f) absorbed_[f] += counted[f];
    return;
  }
  std::copy(before.begin(), before.end(), masses.begin());
  const double middle = from + h / 2;
  integrate(propagator, masses, from, middle, halvings + 1);
  integrate(propagator, masses, middle, to, halvings + 1);
}

}  // namespace fpk::solvers
