#include "model/noise_factor.hpp"

#include "formula/operation.hpp"
#include "formula/simplify.hpp"

namespace fpk::model {
namespace {

using formula::build;
using formula::Formula;
using formula::Operation;

/// What is left of a pivot after rounding counts as nothing below this share of its diagonal entry.
constexpr double least_pivot = 1e-14;

/// f where `pivot` counts, else 0.
Formula where_positive(const Formula& pivot, const Formula& diagonal, const Formula& f) {
  if (f.constant() == 0.0) return 0.0;
  const Formula counts = build(Operation::less, {least_pivot * diagonal, pivot});
  return build(Operation::select, {counts, f, Formula(0.0)});
}

}  // namespace

std::vector<std::vector<Formula>> noise_factor(const std::vector<std::vector<Formula>>& C) {
  const std::size_t d = C.size();
  std::vector<std::vector<Formula>> sigma(d, std::vector<Formula>(d, Formula(0.0)));
  for (std::size_t j = 0; j < d; ++j) {
    const auto remainder = [&](std::size_t i) {
      Formula left = C[i][j];
      for (std::size_t k = 0; k < j; ++k) left = left - sigma[i][k] * sigma[j][k];
      return left;
    };
    const Formula pivot = remainder(j);
    const Formula positive = where_positive(pivot, C[j][j], pivot);
    sigma[j][j] = sqrt(positive);
    for (std::size_t i = j + 1; i < d; ++i)
      sigma[i][j] = where_positive(pivot, C[j][j], remainder(i) / sqrt(pivot));
  }
  return sigma;
}

}  // namespace fpk::model
