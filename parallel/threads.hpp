// Loops shared among the threads of one process.
//
// Work is cut into chunks of a size that does not depend on the number of threads; whoever is free takes the
// next. A result that is stored per chunk and combined in the order of the chunks is therefore the same for
// any number.
#pragma once

#include <cstddef>
#include <functional>

namespace fpk::parallel {

/// Use `count` threads from now on; 0 means as many as the machine has. Returns the number in use.
std::size_t use_threads(std::size_t count);
std::size_t threads();

/// Calls body(begin, end, worker) for [0, n) cut into chunks of `chunk`; worker < threads() names scratch
/// space. An exception thrown by the body is thrown again here, once all threads have stopped.
void for_each_chunk(std::size_t n, std::size_t chunk,
                    const std::function<void(std::size_t, std::size_t, std::size_t)>& body);

/// Sum in a fixed binary tree: the same bits however the terms were come by; error grows like log n.
double pairwise_sum(const double* terms, std::size_t n);

}  // namespace fpk::parallel
