// fpk: reads the command line and calls the command.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <sstream>

#include "app/command_table.hpp"
#include "app/exit_status.hpp"
#include "parallel/communicator.hpp"

namespace {

using fpk::app::Command;
using fpk::app::Key;
using fpk::app::Options;
using fpk::app::OwnOption;
using fpk::app::Takes;

constexpr const char* about = "fpk: Fokker-Planck densities and SDE ensembles, side by side and judged.";
constexpr const char* footer =
    "Examples:\n  fpk run data/cases/double_well_2d.toml\n  fpk schema\n"
    "Exit status: 0 every claim holds, 1 a claim fails, 64 wrong usage, 65 bad case, 66 no such input,\n"
    "  70 a solver failed, 74 output could not be written, 75 stopped by a signal, --resume goes on.";

/// An option that may be repeated, with one value each time.
void add_repeatable(CLI::App& command, const char* name, std::vector<std::string>& values, const char* value,
                    const char* help) {
  command.add_option(name, values, help)
      ->type_name(value)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// The arguments that every command with a case takes.
void add_case(CLI::App& command, Options& options) {
  command.add_option("CASE", options.file, "case file (TOML)")->required();
  add_repeatable(command, "--set", options.overrides, "KEY=VALUE",
                 "override a key: --set particles.step=0.005 (repeatable)");
  command.add_flag("--quiet,-q", options.quiet, "print nothing but errors");
}

void add_computation(CLI::App& command, Options& options) {
  command.add_option("--out", options.out, "folder for the results (default: out/<case>)")->type_name("DIR");
  command.add_option("--threads", options.threads, "threads (default: all there are)")
      ->check(CLI::Range(1, 1024));
}

/// Adds an option by what it sets.
struct AddOwn {
  CLI::App& command;
  Options& options;
  const OwnOption& own;

  void operator()(Key key) const {
    command
        .add_option_function<std::string>(
            own.name,
            [&set = options.overrides, key](const std::string& value) {
              set.push_back(fmt::format("{}={}", key.path, value));
            },
            own.help)
        ->type_name(own.value);
  }
  void operator()(bool Options::*flag) const { command.add_flag(own.name, options.*flag, own.help); }
  void operator()(std::string Options::*word) const {
    command.add_option(own.name, options.*word, own.help)->type_name(own.value);
  }
  void operator()(std::vector<std::string> Options::*words) const {
    add_repeatable(command, own.name, options.*words, own.value, own.help);
  }
};

std::string examples(const Command& command) {
  std::istringstream lines(command.examples);
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back("\n  " + line);
  return fmt::format("{}:{}", all.size() == 1 ? "Example" : "Examples", fmt::join(all, ""));
}

void add_command(CLI::App& app, const Command& command, Options& options) {
  auto& added = *app.add_subcommand(command.name, command.help);
  if (command.takes != Takes::nothing) add_case(added, options);
  if (command.takes == Takes::a_computation) add_computation(added, options);
  for (const auto& own : command.options) std::visit(AddOwn{added, options, own}, own.sets);
  added.footer(examples(command));
}

/// "run, converge, ..."
std::string command_names() {
  std::vector<std::string> names;
  for (const auto& command : fpk::app::commands()) names.emplace_back(command.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

/// The first word, where it is to be a command and is none.
std::optional<std::string> unknown_command(int argc, char** argv) {
  if (argc < 2 || *argv[1] == '-' || fpk::app::find_command(argv[1]) != nullptr) return std::nullopt;
  return argv[1];
}

/// Prints what the command line asks for, or what is wrong with it; on the first process alone.
int print_help_or_complaint(const CLI::App& app, const CLI::ParseError& e) {
  const bool asked_for = e.get_exit_code() == 0;
  if (fpk::parallel::is_first_process()) app.exit(e);
  return asked_for ? fpk::app::after_printing(0) : fpk::app::wrong_usage;
}

int command_line(int argc, char** argv) {
  if (const auto word = unknown_command(argc, argv))
    return fpk::app::guarded([&]() -> int {
      throw fpk::app::WrongUsage(fmt::format(
          "there is no command {}; there are {}. fpk --help says what each is for", *word, command_names()));
    });
  CLI::App app{about, "fpk"};
  app.set_version_flag("--version", std::string("fpk ") + FPK_VERSION);
  app.require_subcommand(1);
  app.footer(footer);
  Options options;
  for (const auto& command : fpk::app::commands()) add_command(app, command, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return print_help_or_complaint(app, e);
  }
  const auto* chosen = fpk::app::find_command(app.get_subcommands().front()->get_name());
  return fpk::app::guarded([&] { return chosen->function(options); });
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return command_line(argc, argv);
  } catch (...) {  // what a command throws ends in guarded; this is the command line itself
    std::fputs("fpk: no memory for the command line\n", stderr);
    return fpk::app::solver_failed;
  }
}
