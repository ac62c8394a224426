// The keys that say how to compute, what to ask and what to leave behind. Defaults are those of the
// structures.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/case_file.hpp"
#include "sde/absorption.hpp"
#include "sde/draws.hpp"
#include "sde/scheme.hpp"
#include "solvers/flux/flux.hpp"
#include "solvers/propagator.hpp"

namespace fpk::io::reader {
namespace {

std::vector<std::string> propagator_names() {
  std::vector<std::string> names{"auto"};
  for (const auto& p : solvers::propagators()) names.emplace_back(p.name);
  return names;
}

std::vector<std::string> flux_names() {
  std::vector<std::string> names{std::string(solvers::best_flux)};
  for (const auto& f : solvers::fluxes()) names.emplace_back(f.name);
  return names;
}

std::vector<std::string> scheme_names() {
  std::vector<std::string> names;
  for (const auto& s : sde::schemes()) names.emplace_back(s.name);
  return names;
}

std::vector<std::string> noise_names() {
  std::vector<std::string> names;
  for (const auto kind : sde::noise_kinds()) names.emplace_back(sde::name(kind));
  return names;
}

std::vector<std::string> absorption_names() {
  std::vector<std::string> names;
  for (const auto kind : sde::absorptions()) names.emplace_back(sde::name(kind));
  return names;
}

}  // namespace

std::vector<Key> numerics_keys() {
  const DensitySettings density;
  const ParticleSettings particles;
  const ConvergeSettings converge;
  const SpectrumSettings spectrum;
  const OutputSettings output;
  return {
      Key{"density", Kind::table, "The density road: finite volumes."},
      Key{"density.enabled", Kind::boolean, "Whether to compute the density."}.otherwise(
          fmt::format("{}", density.enabled)),
      Key{"density.flux", Kind::choice,
          "Weights of the faces; docs/face-weights.md compares them. auto: blended where there is a "
          "potential, hybrid "
          "elsewhere."}
          .one_of(flux_names())
          .otherwise(fmt::format("\"{}\"", density.flux)),
      Key{"density.propagator", Kind::choice,
          "How it advances in time; docs/propagators.md says which takes what."}
          .one_of(propagator_names())
          .otherwise(fmt::format("\"{}\"", density.propagator)),
      Key{"density.tolerance", Kind::number, "Bound on the L1 error in time at the end."}
          .within({1e-14, 0.1})
          .otherwise(fmt::format("{}", density.tolerance)),
      Key{"density.extrapolate", Kind::boolean,
          "Solve on twice as many cells along each axis, too, and extrapolate to fourth order "
          "(docs/richardson.md)."}
          .otherwise(fmt::format("{}", density.extrapolate)),

      Key{"particles", Kind::table, "The particle road. Without this table only the density is computed."},
      Key{"particles.count", Kind::integer, "How many."}.within({2, 1e10}).otherwise(
          fmt::format("{}", particles.count)),
      Key{"particles.scheme", Kind::choice, "One-step scheme; docs/particles.md has the table."}
          .one_of(scheme_names())
          .otherwise(fmt::format("\"{}\"", particles.scheme)),
      Key{"particles.noise", Kind::choice,
          "Law of the increments; docs/noise.md says which keeps which weak order. Normal numbers from 32 "
          "bits "
          "(normal-32) are cheaper, two and three points far cheaper; these two are wrong for densities "
          "after few "
          "steps."}
          .one_of(noise_names())
          .otherwise(fmt::format("\"{}\"", sde::name(particles.noise))),
      Key{"particles.absorption", Kind::choice,
          "How absorbing faces are looked at. bridge: a path may have been beyond the wall between two "
          "steps, with "
          "the probability of a Brownian bridge, weak order 1; end-of-step: only where a step ends, weak "
          "order 1/2."}
          .one_of(absorption_names())
          .otherwise(fmt::format("\"{}\"", sde::name(particles.absorption))),
      Key{"particles.step", Kind::number, "Time step, at most time.end."}.within(positive).otherwise(
          fmt::format("{}", particles.step)),
      Key{"particles.extrapolate", Kind::boolean,
          "Take coupled pairs with half the step, too, and extrapolate the expectations by the weak order of "
          "the scheme (docs/estimate.md)."}
          .otherwise(fmt::format("{}", particles.extrapolate)),
      Key{"particles.seed", Kind::integer,
          "Same seed, same numbers, whatever the number of threads and processes."}
          .within({0})
          .otherwise(fmt::format("{}", particles.seed)),

      Key{"observables", Kind::table, "Functions of the state whose expectations are followed."},
      Key{"observables.*", Kind::formula, "One of them; a comparison gives a probability."},

      Key{"converge", Kind::table, "What `fpk converge` studies."},
      Key{"converge.refinements", Kind::integer,
          "Grids for the density: cells, twice, four times ... as many."}
          .within({3, 8})
          .otherwise(fmt::format("{}", converge.refinements)),
      Key{"converge.fluxes", Kind::names,
          "Names of density.flux to be compared in the cell size, side by side. Without them only the "
          "density's own is "
          "studied."},
      Key{"converge.steps", Kind::numbers,
          "Steps for the particles, at least 3, decreasing. Without them no weak order is measured."}
          .within(positive),
      Key{"converge.method", Kind::choice,
          "How the weak order of the particles' scheme is measured. coupled: from pairs of paths, with an "
          "interval of "
          "chance. operator: by quadrature in place of random numbers, to ten digits, in one or two "
          "variables, and "
          "the order of the invariant law beside it where the stationary law is known "
          "(docs/weak-convergence.md). Of converge.learning_rates the same choice is about the chains: "
          "sampled, "
          "beside linearised twins, or summed over all batches (docs/sgd-orders.md)."}
          .one_of({"coupled", "operator"})
          .otherwise("\"coupled\""),
      Key{"converge.schemes", Kind::names,
          "Names of particles.scheme to be compared by the operator, side by side. Without them only the "
          "particles' own is studied."},
      Key{"converge.strong", Kind::boolean,
          "Measure the strong order, too: the mean distance of coupled paths with a step and with half of "
          "it."}
          .otherwise(fmt::format("{}", converge.strong)),
      Key{"converge.observable", Kind::text, "Name of the observable whose error is measured."}.otherwise(
          "the first"),

      Key{"converge.half_width", Kind::number,
          "Half of the width that the 95 % interval of a weak order from coupled paths should have; as many "
          "pairs, or chains, are "
          "taken (docs/weak-order.md)."}
          .within(positive)
          .otherwise(fmt::format("{}", converge.half_width)),
      Key{"converge.budget", Kind::number, "Most steps of paths, or of chains, that may be taken for it."}
          .within(positive)
          .otherwise(fmt::format("{:g}", converge.budget)),

      Key{"spectrum", Kind::table, "What `fpk spectrum` looks for."},
      Key{"spectrum.modes", Kind::integer, "Leading eigenvalues, the zero one of a closed box among them."}
          .within({1, 200})
          .otherwise(fmt::format("{}", spectrum.modes)),

      Key{"output", Kind::table, "What a run leaves behind beside result.json and report.html."},
      Key{"output.vtk", Kind::boolean, "Series for ParaView."}.otherwise(fmt::format("{}", output.vtk)),
      Key{"output.particles", Kind::integer, "Particles in that series."}.within({0, 1e7}).otherwise(
          fmt::format("{}", output.particles)),
      Key{"output.checkpoint", Kind::number,
          "Seconds between the checkpoints of `fpk run`, for --resume; 0 writes one at each observation time "
          "(docs/checkpoint.md)."}
          .within({0, 1e9})
          .otherwise(fmt::format("{}", output.checkpoint)),
  };
}

}  // namespace fpk::io::reader
