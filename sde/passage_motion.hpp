// How a block of paths moves until each has ended, in the target or at a face: sde/first_passage.hpp.
#pragma once

#include <array>
#include <optional>

#include "sde/first_passage.hpp"
#include "sde/motion.hpp"
#include "sde/target.hpp"

namespace fpk::sde {

class PassageMotion {
 public:
  PassageMotion(const PassageProblem& problem, const EnsembleSettings& settings);
  [[nodiscard]] const Motion& motion() const { return motion_; }

  /// A block of paths on its way. Of one thread.
  struct Flight {
    explicit Flight(const PassageMotion& of);
    sde::Flight paths;
    AbsorbingFaces::View view;
    NoiseRows::Values noise;
    std::optional<Target::Values> target;
    BlockArrays landed;    ///< the points after the step, inside the box
    BlockArrays distance;  ///< h before the step, at its middle, after it
    std::array<double, formula::block_width> time{};
    std::array<PassageEnd, formula::block_width> end{};
    [[nodiscard]] bool any_alive() const { return paths.paths.any_alive(); }
  };

  /// Where the paths were just placed: those that start beyond a face or in the target have ended at time 0.
  void begin(Flight& flight) const;
  void step(Flight& flight, double t, double dt, const Draws& draws, const Decisions& decisions) const;
  /// Of the coarse path of a pair.
  void step_in_halves(Flight& flight, double t, double dt, const Draws& draws, const Draws& first,
                      const Draws& second, const Decisions& decisions) const;

 private:
  enum Point : std::size_t { before, middle, after };
  bool move(Flight& flight, double t, double dt, const Draws& draws) const;
  void set_distance(Flight& flight, const BlockArrays& x, Point point) const;
  void judge(Flight& flight, const BlockArrays& from, Point h0, const BlockArrays& to, Point h1, double t,
             double dt, const Decisions& decisions) const;
  [[nodiscard]] std::optional<double> share_in_target(const Flight& flight, std::size_t lane, Point h0,
                                                      Point h1, double dt, const Decisions& decisions) const;
  void finish(Flight& flight, std::size_t lane, double time, PassageEnd end) const;
  void land_all(Flight& flight, double t) const;

  std::vector<model::Side> sides_;
  Motion motion_;
  bool bridge_;
  AbsorbingFaces faces_;  ///< none, where none absorbs
  NoiseRows rows_;        ///< of all variables
  std::optional<Target> target_;
};

}  // namespace fpk::sde
