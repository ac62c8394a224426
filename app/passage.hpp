// What `fpk passage` computes of a case: passage times, their distribution, rates and committors.
#pragma once

#include <functional>

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// Takes the fields of the passage, to write them.
using TakeFields = std::function<void(const law::GridPart&, const std::vector<io::CellField>&)>;

/// Collective. Throws io::CaseError where the case asks for no passage, solvers::SolverError where it has no answer.
io::Record passage(const io::Case& problem, const parallel::Communicator& processes, const TakeFields& take);

}  // namespace fpk::app
