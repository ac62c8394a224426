// What the faces of the box do to paths that a step has taken outside.
//
//     reflecting    mirrored:  lower - s  ->  lower + s, and again at the other face until inside
//     periodic      wrapped:   upper + s  ->  lower + s
//     absorbing     ended there, at the wall; what happened between two steps is for sde/absorbing_faces.hpp
//
// Where noise mixes variables, a reflecting face pushes along the conormal instead: sde/conormal.hpp.
//
// All are applied at the end of a step. Mirroring there is the symmetrised Euler scheme, weak order 1 for
// observables of zero slope at the wall, whatever the scheme that led to the wall (Bossy, Gobet, Talay 2004): order_at_walls.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/domain.hpp"
#include "parallel/archive.hpp"
#include "sde/conormal.hpp"
#include "sde/paths.hpp"

namespace fpk::sde {

struct Losses {
  std::int64_t absorbed = 0;  ///< reached an absorbing face
  std::int64_t exploded = 0;  ///< position not finite
  std::int64_t mirrored = 0;  ///< no loss: how often a path was brought back at a reflecting face
  Losses& operator+=(const Losses& more) {
    absorbed += more.absorbed;
    exploded += more.exploded;
    mirrored += more.mirrored;
    return *this;
  }
};

inline void archive(parallel::Archive& archive, Losses& losses) {
  archive.all(losses.absorbed, losses.exploded, losses.mirrored);
}

class Walls {
 public:
  /// For independent noise: reflecting faces mirror.
  explicit Walls(const model::Domain& domain) : sides_(domain.sides) {}
  Walls(const model::Process& process, const model::Domain& domain);

  [[nodiscard]] std::size_t dimension() const { return sides_.size(); }

  /// Brings the living paths, at time t, back into the box, or ends them; returns how many ended or were mirrored. A path ends on one absorbing
  /// face and on no other; the end of an exploded path is NaN.
  Losses apply(Paths& paths, double t = 0) const;

 private:
  void push_back(const Paths& paths, double t) const;
  [[nodiscard]] Losses apply(Paths& paths, std::size_t lane) const;
  [[nodiscard]] std::int64_t beyond_reflecting_faces(const Paths& paths) const;
  std::vector<model::Side> sides_;
  std::shared_ptr<const Conormal> conormal_;  ///< where noise mixes variables
};

/// Where one coordinate, finite, comes to lie: inside, or on the face that absorbs it.
struct Landing {
  double x;
  bool absorbed;
};
Landing land(double x, const model::Side& side);

/// Weak order that mirroring at the end of a step allows any scheme: 1 where a face reflects, no limit where none does. It binds
/// where paths were mirrored (Losses::mirrored): a face that no path meets costs nothing.
double order_at_walls(const model::Domain& domain);
/// By how much the next power of that bias is above the leading one.
inline constexpr double gap_at_walls = 0.5;

/// x, or the next number inwards where x lies on an absorbing end of the side.
double off_absorbing_walls(double x, const model::Side& side);

/// Marks a path as ended and takes its lane to a quiet place, where nobody looks at it.
void rest(Paths& paths, std::size_t lane, const std::vector<model::Side>& sides);

}  // namespace fpk::sde
