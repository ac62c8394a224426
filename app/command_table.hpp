// The commands of fpk as a table: what the command line and `fpk sweep` know of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/commands.hpp"

namespace fpk::app {

/// What a command takes beside options of its own.
enum class Takes {
  nothing,
  a_case,        ///< CASE, --set, --quiet
  a_computation  ///< the same, --out and --threads
};

/// A key of the case that an option sets.
struct Key {
  const char* path;
};

/// An option of one command, and what it sets: a key of the case, a flag, a word, or a list of words.
struct OwnOption {
  const char* name;   ///< "--modes"
  const char* value;  ///< name of its value in the help; empty for a flag
  const char* help;
  std::variant<Key, bool Options::*, std::string Options::*, std::vector<std::string> Options::*> sets;
};

struct Command {
  const char* name;
  const char* help;
  const char* examples;  ///< one a line
  Takes takes;
  std::vector<OwnOption> options;
  int (*function)(const Options& options);  ///< returns its exit status
  const char* answer;  ///< the file for other programs that it leaves; empty where there is none
  std::vector<std::string>
      results;  ///< what `fpk sweep` shows of that file where it is not told: app/sweep/result_path.hpp
};

/// In the order of the help.
std::span<const Command> commands();
/// Null where there is none of that name.
const Command* find_command(std::string_view name);
/// The names of those that leave an answer, which `fpk sweep` may repeat.
std::vector<std::string> repeatable_commands();

}  // namespace fpk::app
