#include "sde/schemes/mala.hpp"

#include <cmath>

#include "formula/simplify.hpp"

namespace fpk::sde {
namespace {

using formula::build;
using formula::Operation;

Formula dot(const Vector& a, const Vector& b) {
  Formula sum(0.0);
  for (std::size_t i = 0; i < a.size(); ++i) sum = sum + a[i] * b[i];
  return sum;
}

/// min(1, exp(r)); 0 where r is not a number, as where the proposal has no potential.
Formula probability(const Formula& r) {
  const Formula known = build(Operation::equal, {r, r});
  return build(Operation::select, {known, build(Operation::min, {exp(r), Formula(1.0)}), Formula(0.0)});
}

}  // namespace

StepFormulas mala(const model::Process& process) {
  const Letters s(process);
  const Formula& L = process.reversible->potential;
  const double D = process.reversible->temperature;
  const Vector Y = s.x + s.b * s.dt + s.noise();
  const Vector g = (s.b + s.at(s.b, Y, s.t)) * Formula(-1.0);
  Vector dW;
  for (std::size_t k = 0; k < s.m; ++k) dW.push_back(Letters::dW(k));
  const Formula r = (L - s.at(L, Y, s.t)) / Formula(D) + dot(g, dW) / Formula(std::sqrt(2 * D)) -
                    dot(g, g) * s.dt / Formula(4 * D);
  return {{s.m, 0, 1}, Y, {}, probability(r)};
}

std::string mala_refusal(const model::Process& process) {
  if (process.reversible) return {};
  return "to accept or refuse a step it needs the stationary density, so give the process as potential and "
         "constant temperature, "
         "without rotation";
}

}  // namespace fpk::sde
