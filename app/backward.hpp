// What `fpk backward` computes of a case: E[f(X_t) | X_0 = x] of every observable, and its duality with the forward road.
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// `take` gets the fields at the last time. Collective. Throws io::CaseError where the case has no observable.
io::Record backward(const io::Case& problem, const parallel::Communicator& processes,
                    const io::TakeFields& take);

}  // namespace fpk::app
