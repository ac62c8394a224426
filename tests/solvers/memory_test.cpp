// What a process keeps shrinks with the number of processes: nothing of the density road is as large as the whole grid.
#include <gtest/gtest.h>
#include <malloc.h>

#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

/// Bytes in use on the heap of this process; 0 where the allocator does not tell.
double bytes_in_use() {
  const auto m = mallinfo2();
  return static_cast<double>(m.uordblks) + static_cast<double>(m.hblkhd);
}

/// Heap bytes that a propagator holds, its generator, the masses and an observable included.
double bytes_of(const char* propagator, const parallel::Communicator& processes) {
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = langevin("(x^2-1)^2 + y^2 + 0.2*x*y", 0.5, xy);
  const auto domain = box(xy, -2, 2);
  const double before = bytes_in_use();
  const law::GridPart part(domain.grid({24, 4096}), processes);
  const PropagatorTask task{generator_in_time(process, domain, part), false, 1, 1e-6};
  const auto made = find_propagator(propagator)->make(task);
  const auto cells = std::make_shared<law::CellShape>(part, process.log_stationary());
  const law::Density density(cells, gaussian(xy, {-0.5, 0.2}, {0.3, 0.4}).cell_masses(part));
  const auto mean = density.expectations({{"square", parse("x^2 + y", xy)}});
  EXPECT_GT(mean[0].value, 0);
  return bytes_in_use() - before;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool is_sanitised = true;
#else
constexpr bool is_sanitised = false;
#endif

TEST(MpiMemory, IsSharedAmongTheProcesses) {
  const auto world = parallel::Communicator::world();
  const double one_array = 24.0 * 4096 * 8;
  std::size_t checked = 0;
  for (const char* name : {"chebyshev", "uniformisation", "explicit", "ssp"}) {
    bytes_of(name, world);  // what is made once and kept
    const double alone = bytes_of(name, parallel::Communicator::self()), shared = bytes_of(name, world);
    if (is_sanitised) GTEST_SKIP() << "the sanitiser's allocator does not say what is in use";
    ASSERT_GT(alone, one_array) << name;
    // Between exchanges of several levels each process keeps wider copies of at most four more arrays of its own cells
    // (solvers/sweep/ghost_zone.hpp); an array of the whole grid would be half of one beyond that on two processes. Three tenths of
    // one is for halos.
    const bool swept = std::string_view(name) == "chebyshev" || std::string_view(name) == "uniformisation";
    const double n = world.size(), copies = n == 1 || !swept ? 0 : 4 * one_array / n;
    EXPECT_GT(shared, one_array / n) << name;
    EXPECT_LT(shared, alone / n + copies + 0.3 * one_array) << name;
    ++checked;
  }
  EXPECT_EQ(checked, 4U);
}

}  // namespace
}  // namespace fpk::solvers
