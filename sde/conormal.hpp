// Where a reflecting wall pushes a path, if noise mixes variables: along the conormal a n, a = sigma sigma^T / 2.
//
//          . x              x -> x + 2 s (a n) / (n . a n)          s: the distance beyond the wall, n: inwards
//     ----/--------- wall
//        / a n    | n       a n is along n where a has no entry off its diagonal in the row of n: a mirror.
//       o
//
// No probability crosses a wall, n . (b p - div(a p)) = 0, exactly if the push is along the conormal: what is then left of
// <u, A p> - <A^T u, p> is the integral over the wall of p (a n) . grad u. It is also the direction in which the
// symmetrised Euler scheme has weak order 1. (Bossy, Gobet, Talay 2004, J. Appl. Probab. 41)
#pragma once

#include "formula/program.hpp"
#include "model/process.hpp"
#include "sde/block.hpp"

namespace fpk::sde {

class Conormal {
 public:
  explicit Conormal(const model::Process& process);

  /// a at the points of a block, one array for each pair of variables.
  [[nodiscard]] BlockArrays tensor(const BlockArrays& points, double t) const;
  /// Takes a path in lane i on by `way` across axis `a`, and by as much along the wall as the conormal says.
  void push(const BlockArrays& x, std::size_t i, std::size_t a, double way, const BlockArrays& tensor) const;

 private:
  std::size_t dimension_;
  formula::Program program_;
};

}  // namespace fpk::sde
