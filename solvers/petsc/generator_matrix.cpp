#include "solvers/petsc/generator_matrix.hpp"

namespace fpk::solvers::petsc {
namespace {

/// Global index of a local cell; the halo wraps around where the grid is a ring.
PetscInt global(const law::GridPart& part, std::ptrdiff_t local) {
  const auto n = static_cast<std::ptrdiff_t>(part.grid().size());
  const auto cell = (static_cast<std::ptrdiff_t>(part.first()) + local) % n;
  return static_cast<PetscInt>(cell < 0 ? cell + n : cell);
}

}  // namespace

Matrix make_matrix(const Generator& given) {
  const Generator& generator = given.linear();
  start();
  const law::GridPart& part = generator.part();
  const Rates& rates = generator.rates();
  const PetscInt own = to_petsc(part.size()), all = to_petsc(part.grid().size());
  const PetscInt row_length = to_petsc(1 + 2 * rates.families.size());
  Matrix matrix;
  check(MatCreateAIJ(communicator(part.processes()), own, own, all, all, row_length, nullptr, row_length,
                     nullptr, matrix.out()),
        "make a matrix");
  // Links across a ring are few: entries beyond the families' are allocated as they come.
  check(MatSetOption(matrix, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE), "set up the matrix");
  return matrix;
}

void assemble(const Matrix& matrix, const Generator& given, double alpha, double beta, Direction direction) {
  const Generator& generator = given.linear();
  const law::GridPart& part = generator.part();
  const Rates& rates = generator.rates();
  const auto add = [&](PetscInt row, PetscInt column, double value) {
    if (value != 0) check(MatSetValue(matrix, row, column, value, ADD_VALUES), "set an entry of the matrix");
  };
  const bool forward = direction == Direction::forward;
  check(MatZeroEntries(matrix), "clear the matrix");
  for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part.size()); ++c) {
    const PetscInt row = global(part, c);
    add(row, row, alpha + beta * generator.outflow()[static_cast<std::size_t>(c)]);
    for (const auto& f : rates.families) {
      const auto lower = c - f.shift, upper = c + f.shift;
      const double from_lower = forward ? f.forward.data()[lower] : f.backward.data()[lower];
      const double from_upper = forward ? f.backward.data()[c] : f.forward.data()[c];
      add(row, global(part, lower), -beta * from_lower);
      add(row, global(part, upper), -beta * from_upper);
    }
  }
  for (const auto& l : rates.links) {
    const PetscInt from = global(part, l.from), to = global(part, l.to);
    const auto is_own = [&](std::ptrdiff_t c) {
      return c >= 0 && c < static_cast<std::ptrdiff_t>(part.size());
    };
    if (is_own(l.to)) add(to, from, -beta * (forward ? l.forward : l.backward));
    if (is_own(l.from)) add(from, to, -beta * (forward ? l.backward : l.forward));
  }
  check(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY), "assemble the matrix");
  check(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY), "assemble the matrix");
}

}  // namespace fpk::solvers::petsc
