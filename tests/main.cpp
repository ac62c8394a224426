// The entry of every test program: Google Test, with MPI initialised where mpirun started it. Elsewhere a
// test is its own only process, and free to start mpirun itself.
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "parallel/communicator.hpp"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::optional<fpk::parallel::Environment> mpi;
  if (std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr || std::getenv("PMI_SIZE") != nullptr)
    mpi.emplace(&argc, &argv);
  return RUN_ALL_TESTS();
}
