#include "sde/schemes/theta.hpp"

#include <algorithm>
#include <cmath>

#include "sde/schemes/block_newton.hpp"
#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {
namespace {

formula::Program explicit_part(const model::Process& process, double theta) {
  const Letters s(process);
  Vector c = s.x + s.b * (Formula(1 - theta) * s.dt);
  const Formula middle = s.t + Formula(0.5) * s.dt;
  for (std::size_t k = 0; k < s.m; ++k) c += s.at(s.sigma[k], s.x, middle) * Letters::dW(k);
  return {c, s.names({s.m})};
}

}  // namespace

struct Theta::Room : Scratch {
  explicit Room(const Theta& scheme)
      : workspace(scheme.explicit_part_.workspace()),
        clock(3),
        c(scheme.dimension_),
        newton(scheme.drift_and_jacobian_, scheme.dimension_) {}
  std::shared_ptr<formula::Program::Workspace> workspace;
  BlockArrays clock;  ///< t, dt, its root
  BlockArrays c;
  std::vector<const double*> inputs;
  BlockNewton newton;
};

Theta::Theta(const model::Process& process, double theta)
    : dimension_(process.dimension()),
      sources_(process.noise_sources()),
      theta_(theta),
      explicit_part_(explicit_part(process, theta)),
      drift_and_jacobian_(drift_and_jacobian(process)) {}

std::unique_ptr<Scratch> Theta::scratch() const { return std::make_unique<Room>(*this); }

void Theta::step(std::span<double* const> x, double t, double dt, const Draws& draws,
                 Scratch& scratch) const {
  auto& room = static_cast<Room&>(scratch);
  const double clock[] = {t, dt, std::sqrt(dt)};
  room.inputs.assign(x.begin(), x.end());
  for (std::size_t k = 0; k < 3; ++k) {
    std::fill_n(room.clock[k], formula::block_width, clock[k]);
    room.inputs.push_back(room.clock[k]);
  }
  room.inputs.insert(room.inputs.end(), draws.dW.begin(), draws.dW.end());
  explicit_part_.evaluate_block(room.inputs, room.c.all(), *room.workspace);
  room.newton.solve(x, room.c, theta_ * dt, t + dt);
}

}  // namespace fpk::sde
