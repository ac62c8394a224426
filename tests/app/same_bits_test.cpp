// A run is the same to the last bit whatever it runs on: both roads on any number of threads and on every instruction set,
// the particles on any number of processes.
#include <gtest/gtest.h>

#include "tests/app/series.hpp"

namespace fpk::app {
namespace {

using namespace testing;

class SameBits : public ::testing::Test {
 protected:
  SameBits() {
    // Walls of two kinds, and more particles than a few pieces of the sample.
    write(folder / "case.toml", R"([process]
variables = ["x", "y"]
potential = "(x^2 - 1)^2 + y^2 + x*y/3"
temperature = 0.3
[domain]
x = { lower = -2.4, upper = 2.5, cells = 40 }
y = { lower = -1, upper = 2, cells = 32, lower_boundary = "absorbing" }
[initial]
gaussian = { mean = [-0.8, -0.3], sd = [0.2, 0.2] }
[time]
end = 0.5
observe = 3
[particles]
count = 40_000
step = 0.01
[observables]
right = "x > 0"
mixed = "exp(x)*y"
)");
  }

  [[nodiscard]] std::string command(const std::string& more = "") const {
    return "run " + (folder / "case.toml").string() + " --quiet --out " + (folder / "out").string() + more;
  }
  [[nodiscard]] std::string series(const std::string& environment, const std::string& more) const {
    const auto outcome = shell(environment + " " + places::program + " " + command(more));
    EXPECT_LT(outcome.status, 2) << outcome.output;
    return read(folder / "out/series.csv");
  }

  std::filesystem::path folder = fresh_folder("same-bits");
};

TEST_F(SameBits, OnOneToEightThreads) {
  const auto one = series("", " --threads 1");
  EXPECT_GT(one.size(), 500U);
  for (int threads = 2; threads <= 8; ++threads)
    EXPECT_EQ(one, series("", " --threads " + std::to_string(threads))) << threads;
}

TEST_F(SameBits, OnEveryInstructionSet) {
  const auto plain = series("FPK_INSTRUCTION_SET=plain", "");
  EXPECT_GT(plain.size(), 500U);
  for (const char* set : {"avx2", "avx512"})
    EXPECT_EQ(plain, series(std::string("FPK_INSTRUCTION_SET=") + set, "")) << set;
}

TEST_F(SameBits, OfTheParticlesOnOneToFourProcesses) {
  (void)series("", "");
  const auto one = of_particles(columns(folder / "out/series.csv"));
  EXPECT_GE(one.size(), 6U);  // two means and their standard errors, escaped and exploded
  EXPECT_NE(one.at("particles.escaped").back(), "0");
  for (int processes = 2; processes <= 4; ++processes) {
    const auto outcome = mpi_fpk(command(), processes);
    EXPECT_LT(outcome.status, 2) << outcome.output;
    EXPECT_EQ(one, of_particles(columns(folder / "out/series.csv"))) << processes;
  }
}

}  // namespace
}  // namespace fpk::app
