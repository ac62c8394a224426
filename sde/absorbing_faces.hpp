// Which paths a step has led into an absorbing face, through which face, and when.
//
//     inside after the step    it was beyond the wall meanwhile with the probability of a Brownian bridge (sde/bridge.hpp) whose
//                              noise across the wall, sigma_n^2 dt, is that at the start of the step
//     beyond the wall          it crossed it
//
// A uniform number that belongs to (particle, step, face) decides. Of several faces the one reached first has the path; faces
// are independent of each other, which is exact but for a step that could have touched two of them. Only lanes near a wall
// pay: elsewhere a product is compared.
//
// The coarse path of a coupled pair is looked at on both halves of its step, its midpoint drawn with the increments of the fine
// path (the bridge's own law, (x_0 + x_2) / 2 + sigma (dW_1 - dW_2) / 2), and with the uniform numbers of the fine steps. Its
// absorption keeps its law, and the two paths of a pair part in few cases. (Giles 2008, MCQMC 2006, section on barrier options)
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/faces.hpp"
#include "sde/absorption.hpp"
#include "sde/boundary.hpp"
#include "sde/noise/counter.hpp"
#include "sde/noise_rows.hpp"
#include "sde/paths.hpp"

namespace fpk::sde {

/// The random numbers that decide on crossings of one step of one block.
struct Decisions {
  Stream stream;
  std::uint64_t first_particle, step;
};

/// The end of a path within a step.
struct Hit {
  std::size_t border;  ///< number of the face
  double share;        ///< of the step, in [0, 1]
};

class AbsorbingFaces {
 public:
  /// Throws std::invalid_argument for more than 120 faces: there are no more random numbers.
  AbsorbingFaces(const model::Process& process, const model::Domain& domain, Absorption absorption);

  [[nodiscard]] std::size_t count() const { return faces_.size(); }

  /// What a step is judged by. Of one thread.
  struct View {
    explicit View(const AbsorbingFaces& faces);
    BlockArrays before, middle;  ///< points, d each
    NoiseRows::Values noise;     ///< at `before`
  };

  /// Call before the step.
  void remember(const Paths& paths, View& view) const;
  /// Ends the paths that the step from t to t + dt led into a face, and leaves the others where they are.
  Losses apply(Paths& paths, View& view, double t, double dt, const Decisions& decisions) const;
  /// The same for the coarse path of a coupled pair: increments of its two halves, and the decisions of the first half; those of
  /// the second are those of the step after.
  Losses apply_in_halves(Paths& paths, View& view, double t, double dt, std::span<const double* const> dW_1,
                         std::span<const double* const> dW_2, const Decisions& decisions) const;

  /// Whether some lane may have been at a face between view.before and paths.x; sets the noise of the view.
  [[nodiscard]] bool any_near(const Paths& paths, View& view, double t, double dt) const;
  /// Between two points of one lane; after any_near.
  [[nodiscard]] std::optional<Hit> hit(const BlockArrays& from, const BlockArrays& to, std::size_t lane,
                                       const View& view, double dt, const Decisions& decisions) const;

 private:
  struct Wall {
    model::Face face;
    double at, sign;  ///< distance inwards is sign * (x - at)
    std::size_t row;  ///< of the noise
  };
  void end(Paths& paths, std::size_t lane, const BlockArrays& from, const BlockArrays& to,
           const Hit& hit) const;

  std::vector<model::Side> sides_;
  Absorption absorption_;
  std::vector<Wall> faces_;
  std::vector<std::size_t> axes_;  ///< of the rows of the noise
  NoiseRows rows_;
};

}  // namespace fpk::sde
