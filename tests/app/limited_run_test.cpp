// A run whose fluxes are limited says the same on one process and on two.
#include <gtest/gtest.h>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

TEST(LimitedRun, HasTheNumbersOfOneProcessOnTwo) {
  const std::string run = std::string("run ") + places::source +
                          "/data/cases/one_noise_source.toml --quiet --threads 1 --set output.vtk=false "
                          "--set particles.count=100 --set domain.x.cells=24 --set domain.y.cells=24 --out ";
  const auto one = fresh_folder("limited-one"), two = fresh_folder("limited-two");
  // On so few cells the claims need not hold: the numbers are what is compared.
  const auto alone = fpk(run + one.string()), together = mpi_fpk(run + two.string());
  EXPECT_EQ(alone.status, together.status) << together.output;
  const auto density = json(one / "result.json")["density"], other = json(two / "result.json")["density"];
  ASSERT_EQ(density["propagator"], "ssp");
  std::size_t compared = 0;
  for (const char* name : {"mean_x", "cross_moment", "second_moment_y"}) {
    const auto& mine = density["observables"][name];
    const auto& theirs = other["observables"][name];
    ASSERT_EQ(mine.size(), theirs.size());
    for (std::size_t k = 0; k < mine.size(); ++k, ++compared)
      // Sums in another order, and limits, which rounding may switch, on cells as coarse as these: 3e-8. A tenth of the
      // tolerance of 1e-5 in time.
      EXPECT_NEAR(mine[k].get<double>(), theirs[k].get<double>(), 1e-6) << name;
  }
  EXPECT_EQ(compared, 18U);
}

}  // namespace
}  // namespace fpk::app
