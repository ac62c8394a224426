#include "sde/schemes/block_newton.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;
constexpr int most_iterations = 100;
/// A step below this share of Y leaves an error of its square times the curvature of b: round-off.
constexpr double small = 1e-9;
constexpr double round_off = 4 * std::numeric_limits<double>::epsilon();

/// Solves A z = z in place by elimination with row pivoting; A (d by d, by rows) is destroyed. False where A is singular.
bool eliminate(double* A, double* z, std::size_t d) {
  for (std::size_t c = 0; c < d; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c + 1; r < d; ++r)
      if (std::abs(A[r * d + c]) > std::abs(A[pivot * d + c])) pivot = r;
    if (!(std::abs(A[pivot * d + c]) > 0)) return false;  // nor where it is not a number
    if (pivot != c) {
      std::swap_ranges(A + pivot * d, A + (pivot + 1) * d, A + c * d);
      std::swap(z[pivot], z[c]);
    }
    for (std::size_t r = c + 1; r < d; ++r) {
      const double factor = A[r * d + c] / A[c * d + c];
      for (std::size_t k = c; k < d; ++k) A[r * d + k] -= factor * A[c * d + k];
      z[r] -= factor * z[c];
    }
  }
  for (std::size_t c = d; c-- > 0;) {
    for (std::size_t k = c + 1; k < d; ++k) z[c] -= A[c * d + k] * z[k];
    z[c] /= A[c * d + c];
  }
  return true;
}

}  // namespace

formula::Program drift_and_jacobian(const model::Process& process) {
  auto outputs = process.drift;
  for (const auto& b : process.drift)
    for (const auto& name : process.variables) outputs.push_back(b.derivative(name));
  return {outputs, process.inputs()};
}

BlockNewton::BlockNewton(const formula::Program& program, std::size_t d)
    : d_(d),
      program_(program),
      workspace_(program.workspace()),
      time_(1),
      values_(d + d * d),
      delta_(d),
      matrix_(d * d),
      direction_(d) {}

void BlockNewton::solve(std::span<double* const> Y, const BlockArrays& c, double h, double t) {
  Y_ = Y, c_ = &c, h_ = h;
  std::fill_n(time_[0], width, t);
  inputs_.assign(Y.begin(), Y.end());
  inputs_.push_back(time_[0]);
  status_.fill(Status::first);
  for (int n = 0; n < most_iterations; ++n) {
    program_.evaluate_block(inputs_, values_.all(), *workspace_);
    bool busy = false;
    for (std::size_t i = 0; i < width; ++i)
      if (status_[i] != Status::done) busy = improve(i) || busy;
    if (!busy) return;
  }
  for (std::size_t i = 0; i < width; ++i)
    if (status_[i] != Status::done) fail(i);
}

/// One iteration of particle i; whether it wants another.
bool BlockNewton::improve(std::size_t i) {
  double residual = 0;
  bool solved = true;  // to the round-off of the terms that each component of F is a sum of
  for (std::size_t a = 0; a < d_; ++a) {
    const double y = Y_[a][i], hb = h_ * values_[a][i], c = (*c_)[a][i];
    direction_[a] = c + hb - y;  // -F
    residual += std::abs(direction_[a]);
    solved = solved && std::abs(direction_[a]) <= round_off * (std::abs(y) + std::abs(hb) + std::abs(c));
  }
  if (solved) {
    status_[i] = Status::done;
    return false;
  }
  if (status_[i] == Status::underway && !(residual < residual_[i])) return take_half_back(i);
  if (!std::isfinite(residual)) return fail(i);
  residual_[i] = residual;
  return newton_step(i);
}

bool BlockNewton::newton_step(std::size_t i) {
  for (std::size_t a = 0; a < d_; ++a)
    for (std::size_t b = 0; b < d_; ++b)
      matrix_[a * d_ + b] = (a == b ? 1.0 : 0.0) - h_ * values_[d_ + a * d_ + b][i];
  if (!eliminate(matrix_.data(), direction_.data(), d_)) return fail(i);
  bool converged = true;
  for (std::size_t a = 0; a < d_; ++a) {
    delta_[a][i] = direction_[a];
    Y_[a][i] += direction_[a];
    converged = converged && std::abs(direction_[a]) <= small * std::abs(Y_[a][i]);
  }
  status_[i] = converged ? Status::done : Status::underway;
  return !converged;
}

bool BlockNewton::take_half_back(std::size_t i) {
  for (std::size_t a = 0; a < d_; ++a) {
    delta_[a][i] *= 0.5;
    Y_[a][i] -= delta_[a][i];
  }
  return true;
}

bool BlockNewton::fail(std::size_t i) {
  for (std::size_t a = 0; a < d_; ++a) Y_[a][i] = std::numeric_limits<double>::quiet_NaN();
  status_[i] = Status::done;
  return false;
}

}  // namespace fpk::sde
