// The transitions of the last few lengths of step, so that each is computed once. Of one thread.
#pragma once

#include <array>
#include <functional>
#include <utility>

#include "sde/schemes/linear_transition.hpp"

namespace fpk::sde {

class TransitionCache {
 public:
  /// The transition over dt, from `make` where it is not one of the last few.
  const LinearTransition& at(double dt, const std::function<LinearTransition(double)>& make) {
    for (const auto& [length, transition] : kept_)
      if (length == dt) return transition;
    auto& oldest = kept_[next_];
    next_ = (next_ + 1) % kept_.size();
    oldest = {dt, make(dt)};
    return oldest.second;
  }

 private:
  std::array<std::pair<double, LinearTransition>, 4> kept_{{{-1, {}}, {-1, {}}, {-1, {}}, {-1, {}}}};
  std::size_t next_ = 0;
};

}  // namespace fpk::sde
