// fpk: reads the command line and calls the command.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/exit_status.hpp"

namespace {

using fpk::app::Options;

/// The arguments that every command with a case takes.
void add_case(CLI::App& command, Options& options) {
  command.add_option("CASE", options.file, "case file (TOML)")->required();
  command.add_option("--set", options.overrides, "override a key: --set particles.step=0.005 (repeatable)")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_flag("--quiet,-q", options.quiet, "print nothing but errors");
}

void add_computation(CLI::App& command, Options& options) {
  add_case(command, options);
  command.add_option("--out", options.out, "folder for the results (default: out/<case>)")->type_name("DIR");
  command.add_option("--threads", options.threads, "threads (default: all there are)")
      ->check(CLI::Range(1, 1024));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"fpk: Fokker-Planck densities and SDE ensembles, side by side and judged.", "fpk"};
  app.set_version_flag("--version", std::string("fpk ") + FPK_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n  fpk run data/cases/double_well_2d.toml\n  fpk schema\n"
      "Exit status: 0 every claim holds, 1 a claim fails, 64 wrong usage, 65 bad case, 66 no such input,\n"
      "  70 a solver failed, 74 output could not be written, 75 stopped by a signal, --resume goes on.");
  Options options;
  bool markdown = false;

  auto* run = app.add_subcommand("run", "evolve the density and the particles of a case, and judge both");
  add_computation(*run, options);
  run->add_flag("--resume", options.resume,
                "go on from the checkpoint in the folder; from the beginning where there is none");
  run->footer(
      "Examples:\n  fpk run data/cases/double_well.toml\n"
      "  fpk run data/cases/double_well.toml --set process.temperature=0.5 --out out/hot");
  auto* converge =
      app.add_subcommand("converge", "measure orders of convergence in the cells and in the step");
  add_computation(*converge, options);
  converge->footer("Example:\n  fpk converge data/cases/ornstein_uhlenbeck.toml");
  auto* spectrum = app.add_subcommand("spectrum", "leading eigenvalues and eigenfunctions, spectral gap");
  add_computation(*spectrum, options);
  spectrum->add_option_function<int>(
      "--modes", [&](int k) { options.overrides.push_back(fmt::format("spectrum.modes={}", k)); },
      "how many (default: spectrum.modes of the case, 6)");
  spectrum->footer("Example:\n  fpk spectrum data/cases/double_well.toml --modes 4");
  auto* passage = app.add_subcommand("passage", "first-passage times, committors, reaction and decay rates");
  add_computation(*passage, options);
  passage->footer("Example:\n  fpk passage data/cases/passage_double_well.toml");
  auto* backward =
      app.add_subcommand("backward", "the expectation of every observable as a function of the start");
  add_computation(*backward, options);
  backward->footer("Example:\n  fpk backward data/cases/double_well.toml");
  auto* estimate =
      app.add_subcommand("estimate", "an expectation to a given error, by multilevel Monte Carlo");
  add_computation(*estimate, options);
  estimate->add_option_function<std::string>(
      "--observable", [&](const std::string& o) { options.overrides.push_back("estimate.observable=" + o); },
      "which (default: estimate.observable of the case, or its first)");
  estimate->add_option_function<double>(
      "--tolerance", [&](double e) { options.overrides.push_back(fmt::format("estimate.tolerance={}", e)); },
      "root-mean-square error (default: estimate.tolerance of the case)");
  estimate->footer(
      "Example:\n  fpk estimate data/cases/black_scholes.toml --observable call --tolerance "
      "2e-4");
  auto* network = app.add_subcommand(
      "network",
      "a small network: its chains, its gradient noise, and a Fokker-Planck equation of two directions");
  add_computation(*network, options);
  network->footer("Example:\n  fpk network data/cases/network/digits.toml");
  auto* check = app.add_subcommand("check", "read and validate a case, run nothing");
  add_case(*check, options);
  check->footer("Example:\n  fpk check my_case.toml");
  auto* schema = app.add_subcommand("schema", "every key of a case file: type, default, meaning");
  schema->add_flag("--markdown", markdown, "as a Markdown table");
  schema->footer("Example:\n  fpk schema | less");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : fpk::app::wrong_usage;
  }
  return fpk::app::guarded([&] {
    if (run->parsed()) return fpk::app::run(options);
    if (converge->parsed()) return fpk::app::converge(options);
    if (spectrum->parsed()) return fpk::app::spectrum(options);
    if (passage->parsed()) return fpk::app::passage(options);
    if (backward->parsed()) return fpk::app::backward(options);
    if (estimate->parsed()) return fpk::app::estimate(options);
    if (network->parsed()) return fpk::app::network(options);
    if (check->parsed()) return fpk::app::check(options);
    return fpk::app::schema(markdown);
  });
}
