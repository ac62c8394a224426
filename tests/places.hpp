// Where the tests find the program and the project's own files. Only tests/places.cpp is compiled with paths in it, so that
// checkouts in different folders can share what a compiler's cache keeps of the others.
#pragma once

namespace fpk::places {

extern const char* const source;   ///< top folder of the checkout
extern const char* const program;  ///< fpk itself
extern const char* const mpi_run;  ///< starts a program on two processes

}  // namespace fpk::places
