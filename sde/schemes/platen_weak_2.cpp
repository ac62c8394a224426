#include "sde/schemes/platen_weak_2.hpp"

namespace fpk::sde {
namespace {

/// V_rj for r != j: the sign of the pair, taken one way round and the other.
Formula V(const Letters& s, std::size_t r, std::size_t j) {
  const std::size_t high = std::max(r, j), low = std::min(r, j);
  const Formula value = Letters::sign(high * (high - 1) / 2 + low) * s.dt;
  return r > j ? value : -value;
}

}  // namespace

StepFormulas platen_weak_2(const model::Process& process) {
  const Letters s(process);
  const Formula end = s.t + s.dt, half(0.5), quarter(0.25), two(2.0);
  const Vector drifted = s.x + s.b * s.dt, Y = drifted + s.noise();
  Vector next = s.x + (s.at(s.b, Y, end) + s.b) * (half * s.dt);
  for (std::size_t j = 0; j < s.m; ++j) {
    const Vector& sigma = s.sigma[j];
    const Formula dW = Letters::dW(j);
    const Vector plus = s.at(sigma, drifted + sigma * s.root_dt, end);   // sigma_j(R_j+)
    const Vector minus = s.at(sigma, drifted - sigma * s.root_dt, end);  // sigma_j(R_j-)
    next += (plus + minus + sigma * two) * (quarter * dW);
    next += (plus - minus) * (quarter * (dW * dW - s.dt) / s.root_dt);
    for (std::size_t r = 0; r < s.m; ++r) {
      if (r == j) continue;
      const Vector up = s.at(sigma, s.x + s.sigma[r] * s.root_dt, s.t);    // sigma_j(U_r+)
      const Vector down = s.at(sigma, s.x - s.sigma[r] * s.root_dt, s.t);  // sigma_j(U_r-)
      next += (up + down - sigma * two) * (quarter * dW);
      next += (up - down) * (quarter * (dW * Letters::dW(r) + V(s, r, j)) / s.root_dt);
    }
  }
  return {{s.m, s.m * (s.m - (s.m > 0 ? 1 : 0)) / 2}, next};
}

}  // namespace fpk::sde
