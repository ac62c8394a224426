// What `fpk noise` computes of a case: the noise of its stochastic gradients, as fields, and on random batches along a path.
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// `take` gets the fields on the case's grid. Collective; every process looks at all batches, so that all have the same numbers.
/// Throws io::CaseError where the case has no loss on data.
io::Record gradient_noise(const io::Case& problem, const parallel::Communicator& processes,
                          const io::TakeFields& take);

}  // namespace fpk::app
