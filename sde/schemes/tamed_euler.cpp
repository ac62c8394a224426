#include "sde/schemes/tamed_euler.hpp"

#include "formula/simplify.hpp"

namespace fpk::sde {
namespace {

using formula::build;
using formula::Operation;

/// |b|, by its largest component, whose square alone might overflow; then the taming would turn a huge drift into none at all.
Formula norm(const Vector& b) {
  Formula largest = build(Operation::abs, {b.front()});
  for (const auto& component : b)
    largest = build(Operation::max, {largest, build(Operation::abs, {component})});
  if (b.size() == 1) return largest;
  const Formula scale = build(Operation::max, {largest, Formula(1e-300)});  // where b = 0
  Formula squares(0.0);
  for (const auto& component : b) squares = squares + pow(component / scale, Formula(2.0));
  return largest * sqrt(squares);
}

}  // namespace

StepFormulas tamed_euler(const model::Process& process) {
  const Letters s(process);
  const Formula tame = s.dt / (Formula(1.0) + s.dt * norm(s.b));
  return {{s.m}, s.x + s.b * tame + s.noise()};
}

}  // namespace fpk::sde
