// The documented exit statuses, and what the user reads.
#include <gtest/gtest.h>

#include "shell.hpp"
#include "tests/places.hpp"

namespace fpk::app {
namespace {

using namespace testing;

TEST(ExitStatus, Is0WhereEveryClaimHolds) {
  const auto folder = fresh_folder("holds");
  write(folder / "case.toml", small_case());
  const auto outcome = fpk("run " + (folder / "case.toml").string() + " --out " + (folder / "out").string());
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("every claim holds"), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("report.html"), std::string::npos);
}

TEST(ExitStatus, Is1WhereAClaimFails) {
  // A quartic well at a step far beyond stability: the particles explode, and that is a claim refuted.
  const auto folder = fresh_folder("fails");
  write(folder / "case.toml", small_case());
  const auto outcome = fpk("run " + (folder / "case.toml").string() + " --out " + (folder / "out").string() +
                           " --set domain.x.lower=-50 --set domain.x.upper=50 --set domain.x.cells=400" +
                           " --set particles.step=0.9 --set particles.count=1000 --set time.end=9");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_NE(outcome.output.find("FAILS"), std::string::npos) << outcome.output;
  EXPECT_EQ(json(folder / "out/result.json")["verdict"], "fails");
}

TEST(ExitStatus, Is64ForWrongUsage) {
  EXPECT_EQ(fpk("").status, 64);
  EXPECT_EQ(fpk("walk").status, 64);
  EXPECT_EQ(fpk("run").status, 64);
  EXPECT_EQ(fpk("run a.toml --threads -3").status, 64);
  EXPECT_EQ(fpk("--version").status, 0);
  EXPECT_EQ(fpk("run --help").status, 0);
  EXPECT_NE(fpk("run --help").output.find("Example"), std::string::npos);
}

TEST(ExitStatus, Is65ForABadCaseWithLineColumnAndAdvice) {
  const auto folder = fresh_folder("bad");
  write(folder / "case.toml", small_case("[density]\npropogator = \"auto\"\n"));
  const auto outcome = fpk("check " + (folder / "case.toml").string());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_NE(outcome.output.find("case.toml:26:1: "), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("propagator"), std::string::npos) << outcome.output;
}

TEST(ExitStatus, Is66WhereThereIsNoSuchInput) {
  EXPECT_EQ(fpk("run no/such/case.toml").status, 66);
  EXPECT_EQ(fpk("check /").status, 66);
}

TEST(ExitStatus, Is70WhereASolverFails) {
  // An implicit step whose linear solver is allowed two iterations without a preconditioner.
  const auto folder = fresh_folder("solver");
  write(folder / "case.toml", small_case("[density]\npropagator = \"implicit\"\n"));
  const auto outcome =
      shell("PETSC_OPTIONS='-ksp_type gmres -pc_type none -ksp_max_it 2' " + std::string(places::program) +
            " run " + (folder / "case.toml").string() + " --out " + (folder / "out").string());
  EXPECT_EQ(outcome.status, 70) << outcome.output;
  EXPECT_NE(outcome.output.find("did not converge"), std::string::npos) << outcome.output;
  EXPECT_FALSE(std::filesystem::exists(folder / "out/result.json"));
}

TEST(ExitStatus, Is74WhereOutputCannotBeWritten) {
  const auto folder = fresh_folder("output");
  write(folder / "case.toml", small_case());
  write(folder / "file", "not a folder");
  const auto outcome =
      fpk("run " + (folder / "case.toml").string() + " --out " + (folder / "file/out").string());
  EXPECT_EQ(outcome.status, 74) << outcome.output;
}

// What is printed is collected and leaves at the end, or in the middle where it is long, as the schema.
TEST(ExitStatus, Is74WhereStandardOutputCannotBeWritten) {
  const auto folder = fresh_folder("full");
  write(folder / "case.toml", small_case());
  const auto file = (folder / "case.toml").string();
  const auto to_full = [](const std::string& arguments) {
    return shell("{ " + std::string(places::program) + " " + arguments + " > /dev/full; }");
  };
  for (const std::string& arguments : {"check " + file, std::string("schema"), std::string("--help"),
                                       "run " + file + " --out " + (folder / "out").string()}) {
    const auto outcome = to_full(arguments);
    EXPECT_EQ(outcome.status, 74) << arguments << outcome.output;
    EXPECT_NE(outcome.output.find("standard output"), std::string::npos) << arguments << outcome.output;
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "out/result.json"));
  EXPECT_EQ(to_full("check --quiet " + file).status, 0);  // nothing was to be printed
}

TEST(ExitStatus, Is64ForACommandThatThereIsNotAndSaysWhichThereAre) {
  const auto outcome = fpk("frob case.toml");
  EXPECT_EQ(outcome.status, 64);
  for (const char* words : {"no command frob", "run, converge,", "schema", "--help"})
    EXPECT_NE(outcome.output.find(words), std::string::npos) << words << outcome.output;
}

std::size_t occurrences(const std::string& text, const std::string& of) {
  std::size_t n = 0;
  for (auto at = text.find(of); at != std::string::npos; at = text.find(of, at + 1)) ++n;
  return n;
}

TEST(SeveralProcesses, SayOnceWhatTheyAllSay) {
  const auto folder = fresh_folder("once");
  write(folder / "good.toml", small_case());
  write(folder / "bad.toml", small_case("[density]\npropogator = \"auto\"\n"));
  const auto good = (folder / "good.toml").string(), bad = (folder / "bad.toml").string();
  for (const std::string& arguments : {"check " + bad, "run " + bad}) {
    const auto outcome = mpi_fpk(arguments);
    EXPECT_EQ(outcome.status, 65) << arguments;
    EXPECT_EQ(occurrences(outcome.output, "bad.toml:26:1: "), 1U) << arguments << "\n" << outcome.output;
  }
  EXPECT_EQ(occurrences(mpi_fpk("check " + good).output, "sound"), 1U);
  const auto unknown = mpi_fpk("frob");
  EXPECT_EQ(unknown.status, 64);
  EXPECT_EQ(occurrences(unknown.output, "no command frob"), 1U) << unknown.output;
  EXPECT_EQ(occurrences(mpi_fpk("run " + good + " --no-such-option").output, "--no-such-option"), 1U);
}

// The other one waits in a sum over both.
TEST(SeveralProcesses, EndTogetherWhereOneOfThemFails) {
  const auto folder = fresh_folder("one-fails");
  write(folder / "case.toml", small_case());
  const auto outcome =
      mpi_fpk("run " + (folder / "case.toml").string() + " --out " + (folder / "out").string() + " : -n 1 " +
                  std::string(places::program) + " run no/such/case.toml",
              1);
  EXPECT_EQ(outcome.status, 66) << outcome.output;
  EXPECT_NE(outcome.output.find("no/such/case.toml"), std::string::npos) << outcome.output;
}

TEST(Quiet, PrintsNothing) {
  const auto folder = fresh_folder("quiet");
  write(folder / "case.toml", small_case());
  const auto outcome =
      fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string());
  EXPECT_EQ(outcome.output, "");
  EXPECT_EQ(outcome.status, 0);
}

}  // namespace
}  // namespace fpk::app
