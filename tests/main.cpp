// The entry of every test program: Google Test with MPI initialised, so that tests also run under mpirun.
#include <gtest/gtest.h>

#include "parallel/communicator.hpp"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const fpk::parallel::Environment mpi(&argc, &argv);
  return RUN_ALL_TESTS();
}
