// The numerics against the times and against each other.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/case/sections.hpp"
#include "sde/scheme.hpp"
#include "sde/time_steps.hpp"
#include "verification/coupled_ladder.hpp"

namespace fpk::io::reader {
namespace {

constexpr double most_steps = 1e9;

void check_step(Document& document, const Place& at, std::string_view what, double step, double end) {
  if (step > end)
    document.complaints.add(at, fmt::format("{} = {} is longer than the run, time.end = {}", what, step, end),
                            "give a shorter step");
  else if (end / step > most_steps)
    document.complaints.add(at, fmt::format("{} = {} makes {:.1g} steps of the run", what, step, end / step),
                            fmt::format("give a step of at least {:.3g}", end / most_steps));
}

}  // namespace

void check_budget(Document& document, double budget, double first_batches) {
  if (first_batches <= budget) return;
  document.complaints.add(
      document.place("converge.budget"),
      fmt::format("converge.budget = {:.3g} steps does not pay the first batch of every rung, {:.3g}", budget,
                  first_batches),
      "give a larger budget, or leave it out");
}

namespace {

void check_weak_steps(Document& document, const std::vector<double>& steps) {
  const Place at = document.place("converge.steps");
  if (document.table("particles") == nullptr)
    document.complaints.add(at, "converge.steps are steps of particles, and there is no [particles]",
                            "add a table [particles], or leave converge.steps out");
  if (steps.size() < 3)
    document.complaints.add(at, fmt::format("{} steps tell no order", steps.size()), "give at least 3");
  if (std::ranges::adjacent_find(steps, std::ranges::less_equal{}) != steps.end())
    document.complaints.add(at, "converge.steps do not decrease",
                            "list them from the longest to the shortest");
}

/// The longest and the shortest of them, and what is wrong with them once they are made to divide the time.
void check_ladder(Document& document, const ConvergeSettings& converge, double end) {
  if (converge.steps.empty()) return;
  const auto [shortest, longest] = std::ranges::minmax(converge.steps);
  if (!(shortest > 0)) return;  // complained of already
  const Place at = document.place("converge.steps");
  if (longest > end) return check_step(document, at, "the longest of converge.steps", longest, end);
  if (end / shortest > most_steps)
    return check_step(document, at, "the shortest of converge.steps", shortest, end);
  const auto taken = [&](double step) { return sde::equal_steps(end, step).count; };
  const auto same = [&](double a, double b) { return a > b && taken(a) == taken(b); };
  const auto alike = std::ranges::adjacent_find(converge.steps, same);
  if (alike != converge.steps.end())
    document.complaints.add(
        at,
        fmt::format("steps are shortened to divide time.end = {}, and then {} and {} are one: both make {}",
                    end, alike[0], alike[1], taken(*alike)),
        "give steps that divide the time, or that differ by more");
  if (converge.method == ConvergeMethod::step_operator) return;
  double first = 0;  // a pair takes three steps for one of its coarse path
  for (const double step : converge.steps)
    first += 3 * static_cast<double>(verification::LadderSettings{}.first_batch * taken(step));
  check_budget(document, converge.budget, first);
}

/// What is asked of steps that are not there.
void check_without_steps(Document& document, const ConvergeSettings& converge) {
  const auto complain = [&](const std::string& key) {
    document.complaints.add(document.place(key), key + " is about converge.steps, and there are none",
                            "add converge.steps, at least 3, decreasing");
  };
  if (converge.method == ConvergeMethod::step_operator && !document.has("sgd")) complain("converge.method");
  if (converge.strong) complain("converge.strong");
}

void check_schemes_compared(Document& document, const ConvergeSettings& converge) {
  if (converge.schemes.empty() || converge.method == ConvergeMethod::step_operator) return;
  document.complaints.add(document.place("converge.schemes"),
                          "converge.schemes are compared by the operator, and converge.method is coupled",
                          "add converge.method = \"operator\", or leave converge.schemes out");
}

void check_extrapolation(Document& document, const ParticleSettings& particles) {
  const auto* scheme = sde::find_scheme(particles.scheme);
  if (particles.extrapolate && !sde::adds_up(particles.noise))
    document.complaints.add(document.place("particles.extrapolate"),
                            fmt::format("the step is extrapolated by pairs of paths, and two {} increments "
                                        "do not add up to one: pairs do not show what "
                                        "their law errs",
                                        sde::name(particles.noise)),
                            "take particles.noise = \"normal\", or leave particles.extrapolate out");
  if (!particles.extrapolate || scheme == nullptr || std::isfinite(scheme->weak_order)) return;
  document.complaints.add(
      document.place("particles.extrapolate"),
      fmt::format("{} has no error of the step that could be extrapolated away", scheme->name),
      "leave particles.extrapolate out");
}

}  // namespace

void check_observable(Document& document, std::string_view path) {
  const auto observable = document.text_at(path);
  const auto known = document.names_in("observables");
  if (!observable || std::ranges::count(known, *observable) > 0) return;
  const auto nearest = formula::nearest_name(*observable, known);
  document.complaints.add(document.place(path), fmt::format("{} is no observable", *observable),
                          nearest         ? fmt::format("did you mean {}?", *nearest)
                          : known.empty() ? "add it to [observables]"
                                          : fmt::format("the observables are {}", fmt::join(known, ", ")));
}

void check_numerics(Document& document, const std::vector<double>& times, const DensitySettings& density,
                    const std::optional<ParticleSettings>& particles, const ConvergeSettings& converge) {
  if (!density.enabled && !document.has("particles") && !document.has("sgd"))
    document.complaints.add(document.place("density.enabled"),
                            "there is neither density nor particles to compute",
                            "add a table [particles], or let density.enabled be true");
  if (particles) check_extrapolation(document, *particles);
  if (particles && !times.empty())
    check_step(document, document.place("particles.step"), "particles.step", particles->step, times.back());
  if (document.find("converge.steps") != nullptr) {
    check_weak_steps(document, converge.steps);
    if (!times.empty()) check_ladder(document, converge, times.back());
  }
  check_schemes_compared(document, converge);
  if (document.find("converge.steps") == nullptr) check_without_steps(document, converge);
  check_observable(document, "converge.observable");
}

}  // namespace fpk::io::reader
