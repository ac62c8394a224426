#include "app/command_table.hpp"

#include <algorithm>

namespace fpk::app {
namespace {

const std::vector<Command>& table() {
  static const std::vector<Command> rows = {
      {.name = "run",
       .help = "evolve the density and the particles of a case, and judge both",
       .examples = "fpk run data/cases/double_well.toml\n"
                   "fpk run data/cases/double_well.toml --set process.temperature=0.5 --out out/hot",
       .takes = Takes::a_computation,
       .options = {{"--resume", "",
                    "go on from the checkpoint in the folder; from the beginning where there is none",
                    &Options::resume}},
       .function = run,
       .answer = "result.json",
       .results = {"density.observables.*", "particles.observables.*", "sgd.observables.*",
                   "exact.observables.*", "stationary.observables.*"}},
      {.name = "converge",
       .help = "measure orders of convergence in the cells, in the step and in the learning rate",
       .examples = "fpk converge data/cases/ornstein_uhlenbeck.toml",
       .takes = Takes::a_computation,
       .options = {},
       .function = converge,
       .answer = "convergence.json",
       .results = {"*.order"}},
      {.name = "spectrum",
       .help = "leading eigenvalues and eigenfunctions, spectral gap",
       .examples = "fpk spectrum data/cases/double_well.toml --modes 4",
       .takes = Takes::a_computation,
       .options = {{"--modes", "INT", "how many (default: spectrum.modes of the case, 6)",
                    Key{"spectrum.modes"}}},
       .function = spectrum,
       .answer = "spectrum.json",
       .results = {"gap", "slowest_time"}},
      {.name = "passage",
       .help = "first-passage times, committors, reaction and decay rates",
       .examples = "fpk passage data/cases/passage_double_well.toml",
       .takes = Takes::a_computation,
       .options = {},
       .function = passage,
       .answer = "passage.json",
       .results = {"mean", "quasi_stationary_rate", "committor_at_start", "reactive_rate",
                   "particles.restricted_mean"}},
      {.name = "backward",
       .help = "the expectation of every observable as a function of the start",
       .examples = "fpk backward data/cases/double_well.toml",
       .takes = Takes::a_computation,
       .options = {},
       .function = backward,
       .answer = "backward.json",
       .results = {"observables.*.at_initial"}},
      {.name = "estimate",
       .help = "an expectation to a given error, by multilevel Monte Carlo",
       .examples = "fpk estimate data/cases/black_scholes.toml --observable call --tolerance 2e-4",
       .takes = Takes::a_computation,
       .options = {{"--observable", "TEXT", "which (default: estimate.observable of the case, or its first)",
                    Key{"estimate.observable"}},
                   {"--tolerance", "FLOAT",
                    "root-mean-square error (default: estimate.tolerance of the case)",
                    Key{"estimate.tolerance"}}},
       .function = estimate,
       .answer = "estimate.json",
       .results = {"value", "cost"}},
      {.name = "noise",
       .help = "the noise of stochastic gradients: covariance, 1/b law, normality",
       .examples = "fpk noise data/cases/gradient_noise_breast_cancer.toml",
       .takes = Takes::a_computation,
       .options = {},
       .function = noise,
       .answer = "noise.json",
       .results = {"points[-1].trace", "points[-1].alignment"}},
      {.name = "network",
       .help =
           "a small network: its chains, its gradient noise, and a Fokker-Planck equation of two directions",
       .examples = "fpk network data/cases/network/digits.toml",
       .takes = Takes::a_computation,
       .options = {},
       .function = network,
       .answer = "network.json",
       .results = {"trained.cross_entropy", "trained.accuracy"}},
      {.name = "sweep",
       .help = "a command over a list of values of a key, with a table and a plot of any result",
       .examples = "fpk sweep data/cases/double_well.toml --over \"process.temperature=[0.2, 0.3, 0.5]\"\n"
                   "fpk sweep data/cases/passage_double_well.toml --command passage --over "
                   "\"process.temperature=[0.2, 0.3]\" --show mean",
       .takes = Takes::a_computation,
       .options = {{"--over", "KEY=[VALUE,...]",
                    "values of a key; repeated, every combination with those of another", &Options::over},
                   {"--show", "PATH",
                    "what to tabulate of each answer: density.observables.right (repeatable; default: the "
                    "main results)",
                    &Options::show},
                   {"--command", "TEXT", "the command that is repeated (default: run)", &Options::command},
                   {"--resume", "", "keep the runs in the folder that are finished", &Options::resume}},
       .function = sweep,
       .answer = "",
       .results = {}},
      {.name = "check",
       .help = "read and validate a case, run nothing",
       .examples = "fpk check my_case.toml",
       .takes = Takes::a_case,
       .options = {},
       .function = check,
       .answer = "",
       .results = {}},
      {.name = "schema",
       .help = "every key of a case file: type, default, meaning",
       .examples = "fpk schema | less",
       .takes = Takes::nothing,
       .options = {{"--markdown", "", "as a Markdown table", &Options::markdown}},
       .function = schema,
       .answer = "",
       .results = {}},
  };
  return rows;
}

}  // namespace

std::span<const Command> commands() { return table(); }

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find_if(table(), [&](const Command& c) { return name == c.name; });
  return found == table().end() ? nullptr : &*found;
}

std::vector<std::string> repeatable_commands() {
  std::vector<std::string> names;
  for (const auto& c : table())
    if (*c.answer != '\0') names.emplace_back(c.name);
  return names;
}

}  // namespace fpk::app
