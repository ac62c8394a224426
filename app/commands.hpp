// The commands of fpk, one function each; every one returns its exit status. app/command_table.cpp lists them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace fpk::app {

/// What the command line says.
struct Options {
  std::filesystem::path file;
  std::filesystem::path out;  ///< empty: out/<case>
  std::vector<std::string> overrides;
  std::size_t threads = 0;  ///< 0: as many as the machine has, shared among the processes
  bool quiet = false;
  bool resume = false;    ///< of `run`: go on from a checkpoint; of `sweep`: keep the runs that are finished
  bool markdown = false;  ///< of `schema`
  std::vector<std::string> over, show;  ///< of `sweep`: keys with their lists of values, and what to tabulate
  std::string command = "run";          ///< of `sweep`: what it repeats
  bool part_of_sweep = false;           ///< the words at the end are left to the sweep
};

int run(const Options& options);
int converge(const Options& options);
int spectrum(const Options& options);
int passage(const Options& options);
int backward(const Options& options);
int estimate(const Options& options);
int noise(const Options& options);
int sweep(const Options& options);
int network(const Options& options);
int check(const Options& options);
int schema(const Options& options);

}  // namespace fpk::app
