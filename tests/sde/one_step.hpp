// One step of a scheme on numbers that a test chooses, for the tests of schemes.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "sde/block.hpp"
#include "sde/scheme.hpp"
#include "tests/sde/problems.hpp"

namespace fpk::sde::one_step {

/// The numbers of one particle's step.
struct Numbers {
  std::vector<double> dW = {}, signs = {}, uniforms = {};
};

inline std::unique_ptr<Scheme> make(const std::string& name, const model::Process& process) {
  const auto* facts = find_scheme(name);
  if (facts == nullptr) throw std::invalid_argument(name);
  if (const auto why = facts->refusal(process); !why.empty()) throw std::invalid_argument(why);
  return facts->make(process);
}

/// A scheme with room for a block, whose lanes take points and numbers of their own.
class Stepper {
 public:
  explicit Stepper(const Scheme& scheme, std::size_t dimension)
      : scheme_(scheme), x_(dimension), numbers_(scheme.draws()), scratch_(scheme.scratch()) {}

  void set(std::size_t lane, const std::vector<double>& x, const Numbers& numbers) {
    const auto fill = [lane](const BlockArrays& to, const std::vector<double>& from) {
      ASSERT_EQ(to.count(), from.size());
      for (std::size_t k = 0; k < from.size(); ++k) to[k][lane] = from[k];
    };
    fill(x_, x);
    fill(numbers_.dW, numbers.dW);
    fill(numbers_.signs, numbers.signs);
    fill(numbers_.uniforms, numbers.uniforms);
  }
  void step(double t, double dt) { scheme_.step(x_.all(), t, dt, numbers_.all(), *scratch_); }
  void observe(double t, double dt) {
    scheme_.observe(x_.all(), t, dt, {numbers_.dW.all_const()}, *scratch_);
  }
  void propose(double t, double dt, double* acceptance) {
    scheme_.propose(x_.all(), t, dt, {numbers_.dW.all_const(), numbers_.signs.all_const()}, acceptance,
                    *scratch_);
  }
  [[nodiscard]] std::vector<double> at(std::size_t lane) const {
    std::vector<double> x;
    for (std::size_t a = 0; a < x_.count(); ++a) x.push_back(x_[a][lane]);
    return x;
  }

 private:
  const Scheme& scheme_;
  BlockArrays x_;
  DrawBlocks numbers_;
  std::unique_ptr<Scratch> scratch_;
};

/// One particle, in every lane.
inline std::vector<double> step(const Scheme& scheme, const std::vector<double>& x, double t, double dt,
                                const Numbers& numbers) {
  Stepper stepper(scheme, x.size());
  for (std::size_t i = 0; i < formula::block_width; ++i) stepper.set(i, x, numbers);
  stepper.step(t, dt);
  return stepper.at(formula::block_width - 1);
}

/// Points, times, steps and increments without any symmetry, as many as a test wants.
inline double asymmetric(std::size_t n, std::size_t k) {
  return std::sin(1.7 * static_cast<double>(n) + 2.9 * static_cast<double>(k) + 0.4) +
         0.2 * std::cos(static_cast<double>(n * (k + 2)));
}

}  // namespace fpk::sde::one_step
