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
