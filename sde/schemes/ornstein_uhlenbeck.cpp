#include "sde/schemes/ornstein_uhlenbeck.hpp"

#include <algorithm>
#include <cmath>

#include "model/affine.hpp"
#include "sde/block.hpp"
#include "sde/schemes/noise_structure.hpp"
#include "sde/schemes/transition_cache.hpp"

namespace fpk::sde {

struct OrnsteinUhlenbeck::Room : Scratch {
  explicit Room(std::size_t dimension) : next(dimension) {}
  BlockArrays next;
  TransitionCache transitions;
};

OrnsteinUhlenbeck::OrnsteinUhlenbeck(const model::Process& process)
    : sigma_(static_cast<Eigen::Index>(process.dimension()),
             static_cast<Eigen::Index>(process.noise_sources())) {
  const auto affine = model::affine(process).value();
  B_ = affine.B;
  c_ = affine.c;
  for (Eigen::Index i = 0; i < sigma_.rows(); ++i)
    for (Eigen::Index k = 0; k < sigma_.cols(); ++k)
      sigma_(i, k) =
          process.noise[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)].constant().value();
}

std::unique_ptr<Scratch> OrnsteinUhlenbeck::scratch() const {
  return std::make_unique<Room>(static_cast<std::size_t>(B_.rows()));
}

void OrnsteinUhlenbeck::step(std::span<double* const> x, double /*t*/, double dt, const Draws& draws,
                             Scratch& scratch) const {
  auto& room = static_cast<Room&>(scratch);
  const auto& [F, g, S] =
      room.transitions.at(dt, [&](double length) { return linear_transition(B_, c_, sigma_, length); });
  const double scale = 1 / std::sqrt(dt);
  for (Eigen::Index i = 0; i < F.rows(); ++i) {
    double* next = room.next[static_cast<std::size_t>(i)];
    std::fill_n(next, formula::block_width, g[i]);
    for (Eigen::Index j = 0; j < F.cols(); ++j) add_multiple(next, F(i, j), x[static_cast<std::size_t>(j)]);
    for (Eigen::Index k = 0; k < S.cols(); ++k)
      add_multiple(next, S(i, k) * scale, draws.dW[static_cast<std::size_t>(k)]);
  }
  for (std::size_t i = 0; i < x.size(); ++i) std::copy_n(room.next[i], formula::block_width, x[i]);
}

std::string ornstein_uhlenbeck_refusal(const model::Process& process) {
  if (!has_constant_noise(process)) return "its noise is not constant";
  for (std::size_t i = 0; i < process.dimension(); ++i) {
    if (process.drift[i].depends_on(model::time_name)) return "its drift depends on the time t";
    for (const auto& name : process.variables)
      if (!process.drift[i].derivative(name).constant())
        return "its drift in " + process.variables[i] + " is not linear in " + name;
  }
  return model::affine(process) ? "" : "its drift has no value at the origin";
}

}  // namespace fpk::sde
