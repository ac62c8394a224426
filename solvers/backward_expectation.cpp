#include "solvers/backward_expectation.hpp"

#include <algorithm>
#include <string_view>

#include "solvers/choose_propagator.hpp"
#include "solvers/transposed.hpp"

namespace fpk::solvers {
namespace {

/// The positive part of sign * f.
std::vector<double> part_of(const std::vector<double>& f, double sign) {
  std::vector<double> part(f.size());
  std::transform(f.begin(), f.end(), part.begin(), [&](double v) { return std::max(0.0, sign * v); });
  return part;
}

bool is_zero(const law::GridPart& part, const std::vector<double>& f) {
  const bool zero = std::all_of(f.begin(), f.end(), [](double v) { return v == 0; });
  return part.processes().min(zero ? 1 : 0) == 1;
}

/// Rates of either sign are for an implicit propagator: no other takes them.
std::string_view propagator_for(const Generator& chain) { return chain.rates().is_signed ? "sdirk" : "auto"; }

}  // namespace

BackwardFields backward_expectation(const std::shared_ptr<const Generator>& generator,
                                    const std::vector<double>& f, const std::vector<double>& times,
                                    double tolerance) {
  const auto chain = transposed(*generator);
  const PropagatorTask task{[chain](double) { return chain; }, false, times.back(), tolerance};
  const Choice choice = choose_propagator(propagator_for(*chain), task);
  BackwardFields fields;
  fields.propagator = choice.propagator->name;
  fields.exact_in_time = choice.propagator->order == 0;
  fields.at_time.assign(times.size(), std::vector<double>(f.size(), 0.0));
  for (const double sign : {1.0, -1.0}) {
    auto u = part_of(f, sign);
    if (is_zero(generator->part(), u)) continue;
    const auto propagator = choice.propagator->make(task);
    double t = 0;
    for (std::size_t k = 0; k < times.size(); ++k) {
      if (times[k] > t) propagator->advance(u, t, times[k], {});
      t = times[k];
      for (std::size_t c = 0; c < u.size(); ++c) fields.at_time[k][c] += sign * u[c];
    }
  }
  return fields;
}

std::vector<double> backward_expectation_at(const GeneratorAt& generator, const std::vector<double>& f,
                                            double T, double tolerance) {
  const PropagatorTask task{[&](double s) { return transposed(*generator(T - s)); }, true, T, tolerance};
  const Choice choice = choose_propagator(propagator_for(*task.generator(0)), task);
  std::vector<double> u(f.size(), 0.0);
  for (const double sign : {1.0, -1.0}) {
    auto piece = part_of(f, sign);
    if (is_zero(generator(T)->part(), piece)) continue;
    choice.propagator->make(task)->advance(piece, 0, T, {});
    for (std::size_t c = 0; c < u.size(); ++c) u[c] += sign * piece[c];
  }
  return u;
}

}  // namespace fpk::solvers
