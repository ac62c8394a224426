// Runs the program as its user does, and reads what it leaves.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/places.hpp"

namespace fpk::app::testing {

struct Outcome {
  int status = -1;
  std::string output;  ///< standard output and standard error
};

inline Outcome shell(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer{};
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) outcome.output += buffer.data();
  const int raw = pclose(pipe);
  outcome.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return outcome;
}

inline Outcome fpk(const std::string& arguments) {
  return shell(std::string(places::program) + " " + arguments);
}

/// As root, on fewer processors than processes, and knowing nothing of the MPI that this test itself runs
/// under.
inline Outcome mpi_fpk(const std::string& arguments, int processes = 2) {
  auto run = std::string(places::mpi_run);
  run.replace(run.find("-n 2"), 4, "-n " + std::to_string(processes));
  return shell(
      "env -i PATH=\"$PATH\" HOME=\"${HOME:-/}\" TMPDIR=\"${TMPDIR:-/tmp}\" OMPI_ALLOW_RUN_AS_ROOT=1 "
      "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 "
      "OMPI_MCA_mpi_yield_when_idle=1 "
      "OMPI_MCA_btl_vader_single_copy_mechanism=none OMP_NUM_THREADS=1 " +
      run + " " + places::program + " " + arguments);
}

/// A folder of this test's own, empty.
inline std::filesystem::path fresh_folder(const std::string& name) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("fpk-test-" + std::to_string(getpid())) / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

inline std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

inline nlohmann::json json(const std::filesystem::path& file) { return nlohmann::json::parse(read(file)); }

/// What a command leaves in `out`/COMMAND.json of the folder that holds case.toml, where it ends with status 0.
inline nlohmann::json answer(const std::string& command, const std::filesystem::path& folder,
                             const std::string& out, const std::string& options, bool two_processes = false) {
  const auto arguments = command + " --quiet " + (folder / "case.toml").string() + " --out " +
                         (folder / out).string() + " " + options;
  const auto outcome = two_processes ? mpi_fpk(arguments) : fpk(arguments);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  return json(folder / out / (command + ".json"));
}

/// A case small enough for a test to run in a fraction of a second.
inline std::string small_case(const std::string& more = "") {
  return R"(title = "A small double well"
[process]
variables = ["x"]
potential = "(x^2 - 1)^2"
temperature = 0.25
[domain]
x = { lower = -2.5, upper = 2.5, cells = 64 }
[initial]
gaussian = { mean = [-1], sd = [0.2] }
[time]
end = 1.0
observe = 5
[particles]
count = 10_000
step = 0.01
[observables]
right = "x > 0"
second_moment = "x^2"
[converge]
refinements = 3
steps = [0.2, 0.1, 0.05, 0.025]
observable = "second_moment"
[output]
vtk = false
)" + more;
}

}  // namespace fpk::app::testing
