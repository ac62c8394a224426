// domain = "auto", or an end of a side that is: the box is found from the potential where there is one, else by a pilot
// ensemble. Either way it holds the initial law, out to 8 standard deviations.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/case/sections.hpp"
#include "model/confining_box.hpp"
#include "sde/pilot_box.hpp"

namespace fpk::io::reader {
namespace {

constexpr double initial_deviations = 8;

/// A box that the initial law lies in; nothing where that cannot be told from its keys (complained of elsewhere, or here).
std::optional<FoundBox> initial_box(Document& document, const Names& names, const Place& at) {
  const Expressions expressions(document, names.scope);
  const std::size_t d = names.variables.size();
  FoundBox box;
  const auto about = [&](const std::vector<double>& centre, const std::vector<double>& reach) {
    for (std::size_t a = 0; a < d; ++a) {
      box.lower.push_back(centre[a] - reach[a]);
      box.upper.push_back(centre[a] + reach[a]);
    }
    return box;
  };
  if (document.has("initial.density")) {
    document.complaints.add(at, "an initial density as a formula needs a box to be tabulated on",
                            "give lower and upper, or start from gaussian, uniform or point");
    return std::nullopt;
  }
  if (const auto mean = expressions.constants("initial.gaussian.mean", d)) {
    std::vector<double> reach;
    if (const auto sd = expressions.constants("initial.gaussian.sd", d)) {
      for (const double s : *sd) reach.push_back(initial_deviations * s);
    } else if (const toml::node* rows = document.find("initial.gaussian.covariance");
               rows != nullptr && rows->as_array()->size() == d) {
      for (std::size_t a = 0; a < d; ++a)
        if (const auto row = expressions.constants(
                *rows->as_array()->get(a), fmt::format("row {} of initial.gaussian.covariance", a + 1), d))
          reach.push_back(initial_deviations * std::sqrt(std::max((*row)[a], 0.0)));
    }
    return reach.size() == d ? std::optional(about(*mean, reach)) : std::nullopt;
  }
  if (const auto point = expressions.constants("initial.point", d)) {
    std::vector<double> reach;
    for (const double x : *point) reach.push_back(1e-3 * (1 + std::abs(x)));
    return about(*point, reach);
  }
  const auto lower = expressions.constants("initial.uniform.lower", d),
             upper = expressions.constants("initial.uniform.upper", d);
  if (!lower || !upper) return std::nullopt;
  box.lower = *lower;
  box.upper = *upper;
  return box;
}

std::optional<FoundBox> by_potential(Document& document, const model::Process& process,
                                     const FoundBox& initial, const Place& at) {
  // Of a temperature that moves, the hottest asks for the largest box.
  double D = 0;
  const double end = document.number_at("time.end").value_or(0);
  constexpr int trials = 64;
  for (int k = 0; k <= trials; ++k)
    D = std::max(D, process.frozen(end * k / trials).diffusion()[0][0].constant().value_or(0));
  const auto box = model::confining_box(process.variables, *process.potential() / formula::Formula(D),
                                        initial.lower, initial.upper);
  if (!box) {
    document.complaints.add(at, "the potential confines the process to no box that could be found",
                            "give lower and upper");
    return std::nullopt;
  }
  return FoundBox{
      box->lower,
      box->upper,
      {"potential", box->mass_outside,
       fmt::format(
           "around exp(-L/D) > 1e-12 of its top and the initial law; beyond lies an estimated {:.2g} of "
           "the Gibbs law",
           box->mass_outside)}};
}

std::optional<FoundBox> by_pilot(Document& document, const Names& names, const model::Process& process,
                                 const FoundBox& initial, const Place& at) {
  Box wide;
  for (std::size_t a = 0; a < names.variables.size(); ++a) {
    wide.domain.sides.push_back({names.variables[a], initial.lower[a], initial.upper[a]});
    wide.axes.emplace_back(names.variables[a], initial.lower[a], initial.upper[a], 2);
  }
  const auto law = read_initial(document, names, &wide);
  const auto end = document.number_at("time.end");
  if (!law || !end) return std::nullopt;
  try {
    const auto pilot = sde::pilot_box(process, *law, *end);
    FoundBox box{
        pilot.lower,
        pilot.upper,
        {"pilot", pilot.mass_outside,
         fmt::format(
             "where {} particles went on the whole space, out to 7 standard deviations; beyond lies an "
             "estimated {:.2g} at any time, if tails are normal; the particles alone say below {:.1g}",
             pilot.particles, pilot.mass_outside, 3.0 / static_cast<double>(pilot.particles))}};
    for (std::size_t a = 0; a < box.lower.size(); ++a) {
      box.lower[a] = std::min(box.lower[a], initial.lower[a]);
      box.upper[a] = std::max(box.upper[a], initial.upper[a]);
    }
    return box;
  } catch (const std::runtime_error& error) {
    document.complaints.add(at, fmt::format("no box was found: {}", error.what()), "give lower and upper");
    return std::nullopt;
  }
}

}  // namespace

bool asks_for_box(const Document& document) {
  if (document.text_at("domain") == "auto") return true;
  for (const std::string& side : document.names_in("domain"))
    for (const char* end : {".lower", ".upper"})
      if (document.text_at("domain." + side + end) == "auto") return true;
  return false;
}

std::optional<FoundBox> find_box(Document& document, const Names& names, const model::Process& process) {
  const Place at = document.place_of_key("", "domain");
  if (names.variables.size() > law::max_dimension && process.potential() != nullptr) {
    document.complaints.add(at, "a box is found in at most three variables", "give lower and upper");
    return std::nullopt;
  }
  const auto initial = initial_box(document, names, at);
  if (!initial) return std::nullopt;
  return process.potential() != nullptr ? by_potential(document, process, *initial, at)
                                        : by_pilot(document, names, process, *initial, at);
}

}  // namespace fpk::io::reader
