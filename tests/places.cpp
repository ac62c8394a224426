#include "tests/places.hpp"

namespace fpk::places {

const char* const source = FPK_SOURCE_DIR;
const char* const program = FPK_PROGRAM;
const char* const mpi_run = FPK_MPI_RUN;

}  // namespace fpk::places
