// The leading modes of a case's generator.
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

struct SpectrumAnswer {
  io::Record record;
  law::GridPart part;
  std::vector<io::CellField> fields;  ///< of every mode: right_k and left_k, with _imaginary of complex ones
};

/// Everything but the writing. Collective. Throws io::CaseError where the case has no spectrum (coefficients that
/// depend on t, more than three variables), solvers::SolverError where the eigensolver fails.
SpectrumAnswer spectrum(const io::Case& problem, const parallel::Communicator& processes);

}  // namespace fpk::app
