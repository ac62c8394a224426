// Splittings of underdamped Langevin dynamics (sde/schemes/underdamped.hpp) into parts that are solved exactly,
//
//     A   q <- q + M v s                        drift
//     B   v <- v + F(q, t) s                    kick
//     O   v <- exp(-Gamma s) v + S dW / sqrt(dt)  friction and noise (sde/schemes/linear_transition.hpp)
//
// written as the letters of one step, left to right; a letter that comes n times takes s = dt / n each time. Times of kicks follow
// the drifts. Palindromes have weak order 2.
#pragma once

#include <string>

#include "formula/program.hpp"
#include "sde/scheme.hpp"
#include "sde/schemes/underdamped.hpp"

namespace fpk::sde {

class LangevinSplitting : public Scheme {
 public:
  LangevinSplitting(const model::Process& process, std::string letters);

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  /// As many increments for each O as it has sources, or velocities, whichever is more.
  [[nodiscard]] DrawCounts draws() const override { return {count('O') * sources_}; }
  void step(std::span<double* const> x, double t, double dt, const Draws& draws,
            Scratch& scratch) const override;

 private:
  struct Room;
  [[nodiscard]] std::size_t count(char letter) const;
  void drift(std::span<double* const> x, double s) const;
  void kick(std::span<double* const> x, double t, double s, Room& room) const;
  void friction_and_noise(std::span<double* const> x, double s, double dt, std::span<const double* const> dW,
                          Room& room) const;

  std::string letters_;
  Underdamped u_;
  std::size_t sources_;
  formula::Program force_;
};

/// The makers of the two, for the table.
///
/// BAOAB: positions of its invariant law are exact for a harmonic force at any dt, and of order 4 at high friction. (Leimkuhler,
/// Matthews 2013, Appl. Math. Res. Express; 2015, Molecular Dynamics, ch. 7)
std::unique_ptr<Scheme> baoab(const model::Process& process);
/// OBABO: velocity Verlet between two half steps of friction and noise. (Bussi, Parrinello 2007, Phys. Rev. E 75)
std::unique_ptr<Scheme> obabo(const model::Process& process);

}  // namespace fpk::sde
