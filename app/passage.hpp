// What `fpk passage` computes of a case: passage times, their distribution, rates and committors.
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// `take` gets the fields of the passage. Collective. Throws io::CaseError where the case asks for no passage,
/// solvers::SolverError where it has no answer.
io::Record passage(const io::Case& problem, const parallel::Communicator& processes,
                   const io::TakeFields& take);

}  // namespace fpk::app
