#include "sde/schemes/langevin_splitting.hpp"

#include <algorithm>
#include <cmath>

#include "sde/block.hpp"
#include "sde/schemes/transition_cache.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

std::size_t index(Eigen::Index i) { return static_cast<std::size_t>(i); }

}  // namespace

struct LangevinSplitting::Room : Scratch {
  explicit Room(const LangevinSplitting& scheme)
      : workspace(scheme.force_.workspace()),
        time(1),
        force(scheme.u_.velocities.size()),
        next(scheme.u_.velocities.size()) {}
  std::shared_ptr<formula::Program::Workspace> workspace;
  BlockArrays time, force, next;
  std::vector<const double*> inputs;
  TransitionCache transitions;
};

LangevinSplitting::LangevinSplitting(const model::Process& process, std::string letters)
    : letters_(std::move(letters)),
      u_(underdamped(process)),
      sources_(std::max(u_.velocities.size(), process.noise_sources())),
      force_(u_.force, process.inputs()) {}

std::unique_ptr<Scratch> LangevinSplitting::scratch() const { return std::make_unique<Room>(*this); }

std::size_t LangevinSplitting::count(char letter) const {
  return static_cast<std::size_t>(std::count(letters_.begin(), letters_.end(), letter));
}

void LangevinSplitting::step(std::span<double* const> x, double t, double dt, const Draws& draws,
                             Scratch& scratch) const {
  auto& room = static_cast<Room&>(scratch);
  std::size_t drifts = 0, noises = 0;
  for (const char letter : letters_) {
    const double s = dt / static_cast<double>(count(letter));
    if (letter == 'A') {
      drift(x, s);
      ++drifts;
    } else if (letter == 'B') {
      kick(x, t + dt * static_cast<double>(drifts) / static_cast<double>(count('A')), s, room);
    } else {
      friction_and_noise(x, s, dt, draws.dW.subspan(noises * sources_, sources_), room);
      ++noises;
    }
  }
}

void LangevinSplitting::drift(std::span<double* const> x, double s) const {
  for (Eigen::Index i = 0; i < u_.M.rows(); ++i)
    for (Eigen::Index j = 0; j < u_.M.cols(); ++j)
      if (u_.M(i, j) != 0)
        add_multiple(x[u_.positions[index(i)]], u_.M(i, j) * s, x[u_.velocities[index(j)]]);
}

void LangevinSplitting::kick(std::span<double* const> x, double t, double s, Room& room) const {
  room.inputs.assign(x.begin(), x.end());
  room.inputs.push_back(room.time[0]);
  std::fill_n(room.time[0], width, t);
  force_.evaluate_block(room.inputs, room.force.all(), *room.workspace);
  for (std::size_t j = 0; j < u_.velocities.size(); ++j) add_multiple(x[u_.velocities[j]], s, room.force[j]);
}

void LangevinSplitting::friction_and_noise(std::span<double* const> x, double s, double dt,
                                           std::span<const double* const> dW, Room& room) const {
  const auto& [F, g, S] = room.transitions.at(s, [&](double length) {
    return linear_transition(-u_.Gamma, Eigen::VectorXd::Zero(u_.Gamma.rows()), u_.sigma, length);
  });
  const double scale = 1 / std::sqrt(dt);  // increments have variance dt
  for (Eigen::Index i = 0; i < F.rows(); ++i) {
    double* next = room.next[index(i)];
    std::fill_n(next, width, 0.0);
    for (Eigen::Index j = 0; j < F.cols(); ++j)
      if (F(i, j) != 0) add_multiple(next, F(i, j), x[u_.velocities[index(j)]]);
    for (Eigen::Index k = 0; k < S.cols(); ++k)
      if (S(i, k) != 0) add_multiple(next, S(i, k) * scale, dW[index(k)]);
  }
  for (std::size_t j = 0; j < u_.velocities.size(); ++j)
    std::copy_n(room.next[j], width, x[u_.velocities[j]]);
}

std::unique_ptr<Scheme> baoab(const model::Process& process) {
  return std::make_unique<LangevinSplitting>(process, "BAOAB");
}

std::unique_ptr<Scheme> obabo(const model::Process& process) {
  return std::make_unique<LangevinSplitting>(process, "OBABO");
}

}  // namespace fpk::sde
