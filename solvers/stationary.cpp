#include "solvers/stationary.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "solvers/multigrid/stationary_multigrid.hpp"
#include "solvers/petsc/shifted_system.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

constexpr int iterations = 4;
/// Shift over the largest rate: far below any gap that double precision can see.
constexpr double relative_shift = 1e-14;
constexpr double largest_residual = 1e-9;

void normalise(const law::GridPart& part, std::vector<double>& m) {
  const double sum = law::total(part, m);
  for (auto& x : m) x /= sum;
}

std::vector<double> from_log_weights(const law::GridPart& part, const std::vector<double>& log_weights) {
  const double largest = part.processes().max(*std::max_element(log_weights.begin(), log_weights.end()));
  std::vector<double> m(log_weights.size());
  std::transform(log_weights.begin(), log_weights.end(), m.begin(),
                 [&](double l) { return std::exp(l - largest); });
  normalise(part, m);
  return m;
}

std::vector<double> by_inverse_iteration(const Generator& generator) {
  petsc::ShiftedSystem system(generator);
  system.factor(generator, relative_shift * generator.largest_outflow(), 1);
  std::vector<double> m(generator.part().size(), 1.0), next = m;
  for (int i = 0; i < iterations; ++i) {
    normalise(generator.part(), m);
    system.solve(m, next);
    m.swap(next);
    // The sign of the whole vector is arbitrary so close to singular. Rates that are not negative leave one sign to all.
    if (generator.rates().is_signed) continue;
    for (auto& x : m) x = std::abs(x);
  }
  normalise(generator.part(), m);
  return m;
}

std::vector<double> null_vector(const Generator& generator) {
  if (auto chain = multigrid::neighbour_chain(generator); chain && multigrid::settle(*chain).converged)
    return chain->x;
  return by_inverse_iteration(generator);
}

}  // namespace

double relative_residual(const Generator& generator, const std::vector<double>& m) {
  Field field = generator.field();
  std::copy(m.begin(), m.end(), field.data());
  std::vector<double> image(m.size());
  generator.apply(field, image);
  double residual = 0, turnover = 0;
  for (std::size_t c = 0; c < m.size(); ++c) {
    residual += std::abs(image[c]);
    turnover += generator.outflow()[c] * m[c];
  }
  const double moving = 2 * generator.part().processes().sum(turnover);
  return moving == 0
             ? 0
             : generator.part().processes().sum(residual) / moving;  // a law in one cell moves nowhere
}

StationaryMasses stationary_masses(const Generator& given) {
  const Generator& generator = given.linear();
  if (!generator.is_closed()) throw SolverError("a box that absorbs has no stationary law");
  StationaryMasses answer;
  const auto& log_weights = generator.rates().log_weights;
  answer.from_detailed_balance = log_weights.has_value();
  answer.masses = log_weights ? from_log_weights(generator.part(), *log_weights) : null_vector(generator);
  answer.residual = relative_residual(generator, answer.masses);
  if (!(answer.residual <= largest_residual))
    throw SolverError(fmt::format("no stationary law was found: the residual is {:.1e}, more than {:.0e}",
                                  answer.residual, largest_residual));
  return answer;
}

}  // namespace fpk::solvers
