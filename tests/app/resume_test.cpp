// A run that is killed and resumed leaves what one leaves that was never disturbed, byte for byte but for the seconds.
#include <gtest/gtest.h>

#include <csignal>
#include <random>
#include <regex>

#include "app/checkpoints.hpp"
#include "app/evolve.hpp"
#include "app/roads.hpp"
#include "io/writers.hpp"
#include "parallel/threads.hpp"
#include "tests/app/series.hpp"

namespace fpk::app {
namespace {

using namespace testing;
namespace fs = std::filesystem;

std::string without_seconds(const std::string& result) {
  auto json = nlohmann::json::parse(result);
  for (const char* road : {"density", "particles"})
    if (json.contains(road)) json[road].erase("seconds");
  return json.dump();
}

/// Every file of a folder by its path in it; of result.json and the report without the seconds.
std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto name = fs::relative(entry.path(), folder).generic_string();
    auto text = read(entry.path());
    if (name == "result.json") text = without_seconds(text);
    if (name == "report.html") text = std::regex_replace(text, std::regex("[0-9.e+-]+ s\\b"), "");
    all[name] = std::move(text);
  }
  return all;
}

void expect_same_files(const fs::path& a, const fs::path& b) {
  const auto in_a = contents(a), in_b = contents(b);
  for (const auto& [name, text] : in_a) {
    ASSERT_TRUE(in_b.contains(name)) << name;
    EXPECT_TRUE(text == in_b.at(name)) << name;
  }
  EXPECT_EQ(in_a.size(), in_b.size());
}

/// A case whose parts are chosen, small enough to be set up many times.
std::string variant(const std::string& process, const std::string& domain, const std::string& density,
                    const std::string& initial) {
  return "[process]\n" + process + "[domain]\n" + domain + "[density]\n" + density + "[initial]\n" + initial +
         R"([time]
end = 0.5
observe = 4
[particles]
count = 2000
step = 0.0005
seed = 5
[observables]
right = "x > 0"
square = "x^2"
[output]
particles = 50
)";
}

struct Variant {
  const char* name;
  std::string text;
};

std::vector<Variant> variants() {
  const std::string
      well = "variables = [\"x\"]\npotential = \"(x^2 - 1)^2 + x/5\"\ntemperature = 0.3\n",
      annealed = "variables = [\"x\"]\npotential = \"(x^2 - 1)^2 + x/5\"\ntemperature = \"0.5/(1+t)\"\n",
      kinetic = "variables = [\"x\", \"v\"]\ndrift = [\"v\", \"-x - v\"]\nnoise = [[\"0\"], [\"1\"]]\n",
      interval = "x = { lower = -2.5, upper = 2.5, cells = 48 }\n",
      exits = "x = { lower = -2, upper = 1.8, cells = 48, boundary = \"absorbing\" }\n",
      gaussian = "gaussian = { mean = [-0.7], sd = [0.3] }\n";
  return {{"extrapolated series", variant(well, interval, "extrapolate = true\n", gaussian)},
          {"exits", variant(well, exits, "propagator = \"chebyshev\"\n", gaussian)},
          {"exits, annealed", variant(annealed, exits, "propagator = \"sdirk\"\n", gaussian)},
          {"implicit steps", variant(well, interval, "propagator = \"implicit\"\n", gaussian)},
          {"explicit steps", variant(annealed, interval, "propagator = \"explicit\"\n", gaussian)},
          {"projections", variant(well, interval, "propagator = \"krylov\"\n", gaussian)},
          {"jumps", variant(well, interval, "propagator = \"uniformisation\"\n", gaussian)},
          {"limited fluxes",
           variant(kinetic,
                   "x = { lower = -4, upper = 4, cells = 12 }\nv = { lower = -4, upper = 4, cells = 14 }\n",
                   "", "gaussian = { mean = [-1, 0.5], sd = [0.5, 0.6] }\n")}};
}

/// What a run leaves, in a folder.
void leave(const io::Record& record, const io::VtkSeries& vtk, const fs::path& out) {
  io::write_whole(out / "series.csv", io::series_csv(record));
  io::write_whole(out / "result.json", io::result_json(record));
  vtk.write_view("a run");
}

void run_straight(const io::Case& problem, const fs::path& out) {
  const auto processes = parallel::Communicator::self();
  io::VtkSeries vtk(out, comparison_grid(problem, processes));
  leave(evolve(problem, processes, {io::Progress::Style::quiet, &vtk, nullptr, nullptr}), vtk, out);
}

/// Stopped at every place where the state may be saved, each time with another number of threads; returns how often.
int run_in_pieces(const io::Case& problem, const fs::path& out) {
  const auto processes = parallel::Communicator::self();
  for (int stops = 0;; ++stops) {
    parallel::use_threads(static_cast<std::size_t>(1 + stops % 3));
    Checkpoints checkpoints(out, 1e9, problem.fingerprint, stops > 0, processes);
    EXPECT_EQ(checkpoints.found(), stops > 0);
    io::VtkSeries vtk(out, comparison_grid(problem, processes), checkpoints.found());
    ::testing::internal::CaptureStderr();
    std::raise(SIGTERM);
    std::optional<io::Record> record;
    try {
      record = evolve(problem, processes, {io::Progress::Style::quiet, &vtk, nullptr, &checkpoints});
    } catch (const Interrupted&) {
    }
    ::testing::internal::GetCapturedStderr();
    parallel::use_threads(1);
    if (!record) continue;
    leave(*record, vtk, out);
    checkpoints.remove();
    return stops;
  }
}

TEST(Resume, AtEveryPlaceAndOnAnyNumberOfThreadsChangesNoBitOnAnyRoad) {
  for (const auto& [name, text] : variants()) {
    SCOPED_TRACE(name);
    const auto folder = fresh_folder("pieces");
    write(folder / "case.toml", text);
    const auto problem = io::read_case(folder / "case.toml");
    run_straight(problem, folder / "straight");
    // 4 observations; in each of 3 intervals 2 places of the density and 2 sweeps of particles and of pairs.
    EXPECT_EQ(run_in_pieces(problem, folder / "pieces"), 22);
    expect_same_files(folder / "straight", folder / "pieces");
  }
}

/// Larger, so that there is something to kill; both roads, with pictures.
std::string killable_case() {
  return R"(title = "Killed again and again"
[process]
variables = ["x", "y"]
potential = "(x^2 - 1)^2 + y^2 + x*y/3"
temperature = 0.3
[domain]
x = { lower = -2.4, upper = 2.5, cells = 40 }
y = { lower = -1.2, upper = 2, cells = 32, lower_boundary = "absorbing" }
[initial]
gaussian = { mean = [-0.8, -0.3], sd = [0.2, 0.2] }
[time]
end = 2.0
observe = 21
[particles]
count = 40_000
step = 0.002
[observables]
right = "x > 0"
mixed = "x*y"
)";
}

class Killing : public ::testing::Test {
 protected:
  Killing() { write(folder / "case.toml", killable_case()); }

  [[nodiscard]] std::string command(const std::string& out, const std::string& more) const {
    return "run " + (folder / "case.toml").string() + " --out " + (folder / out).string() + " " + more;
  }
  /// Runs it for at most so long, then ends it by the signal.
  [[nodiscard]] Outcome for_seconds(double seconds, const char* signal, const std::string& arguments) const {
    return shell("timeout -s " + std::string(signal) + " " + std::to_string(seconds) + " " + places::program +
                 " " + arguments);
  }
  /// Stops it by SIGTERM as soon as it listens.
  void stop_on_the_way(const std::string& out, const std::string& more = "") const {
    for (double seconds = 0.1; !has_checkpoint(out) && seconds < 60; seconds *= 1.3)
      last_words = for_seconds(seconds, "TERM", command(out, more)).output;
    ASSERT_TRUE(has_checkpoint(out)) << last_words;
    ASSERT_FALSE(fs::exists(folder / out / "result.json"));
  }
  [[nodiscard]] bool has_checkpoint(const std::string& out) const {
    return fs::exists(folder / out / "checkpoint.bin");
  }

  fs::path folder = fresh_folder("killing");
  mutable std::string last_words;
};

TEST_F(Killing, AtRandomMomentsLosesNothing) {
  ASSERT_LT(fpk(command("straight", "--threads 1")).status, 2);
  EXPECT_FALSE(fs::exists(folder / "straight/checkpoint.bin"));
  std::mt19937 random(7);
  int kills = 0, resumed = 0;
  double longest = 0.3;
  Outcome last;
  do {
    // How often a checkpoint is made is no part of the case, nor is the number of threads.
    const double seconds = longest * std::uniform_real_distribution<>(0.3, 1)(random);
    resumed += has_checkpoint("killed") ? 1 : 0;
    last = for_seconds(seconds, "KILL",
                       command("killed", "--resume --threads " + std::to_string(1 + kills % 2) +
                                             " --set output.checkpoint=" + (kills % 2 == 0 ? "0" : "0.02")));
    kills += last.status > 2 ? 1 : 0;
    longest *= 1.15;  // the more there is to restore, the longer until there is something new
  } while (last.status > 2 && kills < 60);
  EXPECT_GT(kills, 1);
  EXPECT_GT(resumed, 0);
  expect_same_files(folder / "straight", folder / "killed");
}

TEST_F(Killing, BySigtermSavesTheStateAndSaysSo) {
  // In a closed box the spectral gap is found first, by a library that would like signals for itself.
  stop_on_the_way("stopped", "--set domain.y.lower_boundary=reflecting");
  EXPECT_NE(last_words.find("--resume goes on"), std::string::npos) << last_words;
  // The status of timeout is its own; here it is that of the program. It is 0 where the signal came too late, and the shell's for a
  // signal where it came before the program listened.
  Outcome outcome;
  double seconds = 0.2;
  for (int attempt = 0; outcome.status != 75 && attempt < 60; ++attempt) {
    outcome = shell("sh -c '" + std::string(places::program) + " " +
                    command("again", "& child=$!; sleep " + std::to_string(seconds) +
                                         "; kill -TERM $child; wait $child'"));
    seconds *= outcome.status == 0 ? 0.8 : 1.15;
  }
  EXPECT_EQ(outcome.status, 75) << outcome.output;
}

class Refusing : public Killing {
 protected:
  Refusing() {
    // Not yet at its end, with a result of another time beside it that must stay.
    stop_on_the_way("out");
    write(folder / "out/result.json", "an older result");
  }

  Outcome resume(const std::string& more = "") {
    auto outcome = fpk(command("out", "--resume " + more));
    EXPECT_EQ(read(folder / "out/result.json"), "an older result");
    return outcome;
  }
  fs::path checkpoint = folder / "out/checkpoint.bin";
};

TEST_F(Refusing, WhatIsCutShortDamagedOrOfAnotherCase) {
  ASSERT_TRUE(fs::exists(checkpoint));
  const auto whole = read(checkpoint);
  const auto pvd = read(folder / "out/density.pvd");
  const auto refused = [&](const std::string& text, const std::string& words) {
    std::ofstream(checkpoint, std::ios::binary | std::ios::trunc) << text;
    const auto outcome = resume();
    EXPECT_EQ(outcome.status, 65) << outcome.output;
    EXPECT_NE(outcome.output.find(words), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("without --resume"), std::string::npos) << outcome.output;
  };
  refused(whole.substr(0, whole.size() / 2), "is cut short");
  auto damaged = whole;
  damaged[whole.size() - whole.size() / 3] ^= 4;
  refused(damaged, "is damaged");
  refused("something else altogether, and longer than a head would be, at that",
          "is none, or of another format");
  std::ofstream(checkpoint, std::ios::binary | std::ios::trunc) << whole;
  const auto other = resume("--set particles.seed=9");
  EXPECT_EQ(other.status, 65);
  EXPECT_NE(other.output.find("of another case"), std::string::npos) << other.output;
  EXPECT_EQ(read(folder / "out/density.pvd"), pvd);  // a refusal leaves everything as it was
}

TEST_F(Killing, BeforeTheFirstCheckpointStartsFromTheBeginningAndSaysSo) {
  const auto outcome = fpk(command("new", "--resume"));
  EXPECT_NE(
      outcome.output.find("no checkpoint in " + (folder / "new").string() + ": starting from the beginning"),
      std::string::npos)
      << outcome.output;
  // Once more: there is nothing left to do, and the verdict is the same.
  const auto again = fpk(command("new", "--resume"));
  EXPECT_EQ(again.status, outcome.status);
  EXPECT_NE(again.output.find("finished already"), std::string::npos) << again.output;
  // Of another case there is.
  const auto other = fpk(command("new", "--resume --set particles.seed=2"));
  EXPECT_NE(other.output.find("starting from the beginning"), std::string::npos) << other.output;
}

TEST_F(Killing, GoesOnWithAnyNumberOfProcesses) {
  ASSERT_LT(fpk(command("straight", "--threads 1")).status, 2);
  stop_on_the_way("shared");
  const auto second = mpi_fpk(command("shared", "--resume"));
  ASSERT_TRUE(fs::exists(folder / "shared/result.json")) << second.status << second.output;
  EXPECT_EQ(second.output.find("starting from the beginning"), std::string::npos) << second.output;
  const auto straight = columns(folder / "straight/series.csv"),
             shared = columns(folder / "shared/series.csv");
  EXPECT_EQ(of_particles(straight), of_particles(shared));
  EXPECT_GE(of_particles(straight).size(), 6U);  // two means and their standard errors, escaped and exploded
  for (std::size_t k = 0; k < straight.at("density.mixed").size(); ++k)
    EXPECT_NEAR(std::stod(straight.at("density.mixed")[k]), std::stod(shared.at("density.mixed")[k]), 1e-11);
}

}  // namespace
}  // namespace fpk::app
