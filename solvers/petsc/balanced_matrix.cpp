#include "solvers/petsc/balanced_matrix.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/petsc/generator_matrix.hpp"

namespace fpk::solvers::petsc {
namespace {

/// Entry for the rate from cell `from` into cell `to` (local; the halo counts), `reverse` being the rate back.
using EntryOf = double (*)(double rate, double reverse, const double* log_scale, std::ptrdiff_t from,
                           std::ptrdiff_t to);

/// Global index of a local cell; the halo wraps around where the grid is a ring.
PetscInt global(const law::GridPart& part, std::ptrdiff_t local) {
  const auto n = static_cast<std::ptrdiff_t>(part.grid().size());
  const auto cell = (static_cast<std::ptrdiff_t>(part.first()) + local) % n;
  return static_cast<PetscInt>(cell < 0 ? cell + n : cell);
}

Matrix filled(const Generator& generator, double alpha, const double* log_scale, EntryOf entry_of) {
  const law::GridPart& part = generator.part();
  Matrix matrix = make_matrix(generator);
  const auto add = [&](PetscInt row, PetscInt column, double value) {
    if (value != 0) check(MatSetValue(matrix, row, column, value, ADD_VALUES), "set an entry of the matrix");
  };
  const auto into = [&](std::ptrdiff_t to, std::ptrdiff_t from, double rate, double reverse) {
    add(global(part, to), global(part, from), -entry_of(rate, reverse, log_scale, from, to));
  };
  for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part.size()); ++c) {
    add(global(part, c), global(part, c), alpha + generator.outflow()[static_cast<std::size_t>(c)]);
    for (const auto& f : generator.rates().families) {
      const auto lower = c - f.shift, upper = c + f.shift;
      into(c, lower, f.forward.data()[lower], f.backward.data()[lower]);
      into(c, upper, f.backward.data()[c], f.forward.data()[c]);
    }
  }
  const auto is_own = [&](std::ptrdiff_t c) {
    return c >= 0 && c < static_cast<std::ptrdiff_t>(part.size());
  };
  for (const auto& l : generator.rates().links) {
    if (is_own(l.to)) into(l.to, l.from, l.forward, l.backward);
    if (is_own(l.from)) into(l.from, l.to, l.backward, l.forward);
  }
  check(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY), "assemble the matrix");
  check(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY), "assemble the matrix");
  return matrix;
}

}  // namespace

Matrix balanced_matrix(const Generator& generator, std::span<const double> log_scale, double alpha) {
  Field s = generator.field();
  std::copy(log_scale.begin(), log_scale.end(), s.data());
  s.exchange();
  return filled(generator, alpha, s.data(),
                [](double rate, double, const double* ln_w, std::ptrdiff_t from, std::ptrdiff_t to) {
                  return rate == 0 ? 0 : rate * std::exp(ln_w[from] - ln_w[to]);
                });
}

Matrix symmetric_matrix(const Generator& generator, double alpha) {
  Matrix matrix = filled(generator, alpha, nullptr,
                         [](double rate, double reverse, const double*, std::ptrdiff_t, std::ptrdiff_t) {
                           return std::sqrt(rate) * std::sqrt(reverse);  // their product may underflow
                         });
  check(MatSetOption(matrix, MAT_SYMMETRIC, PETSC_TRUE), "call the matrix symmetric");
  return matrix;
}

}  // namespace fpk::solvers::petsc
