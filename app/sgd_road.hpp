// The chains of a case with [sgd]: the algorithm itself, beside the diffusion that stands for it.
#pragma once

#include "io/case_file.hpp"
#include "io/sgd_record.hpp"
#include "sde/sgd/chain_ensemble.hpp"

namespace fpk::app {

class SgdRoad {
 public:
  SgdRoad(const io::Case& problem, const parallel::Communicator& processes);

  /// As many whole steps as fit into time t. `pause` as of sde::Ensemble::advance. Collective.
  void advance(double t, const std::function<void(double)>& tick = {},
               const std::function<void()>& pause = {});
  /// As sde::Ensemble::archive. Collective.
  void archive(parallel::Archive& archive);
  [[nodiscard]] const law::Sample& sample() const { return chains_.sample(); }
  [[nodiscard]] std::int64_t exploded() const { return chains_.exploded(); }
  /// Adds what is seen now to the record. Collective.
  void observe(io::SgdRecord& record) const;
  /// The numerics.
  void describe(io::SgdRecord& record) const;

 private:
  [[nodiscard]] double share_outside() const;

  const io::Case& problem_;
  double seconds_ = 0;
  sde::Ensemble chains_;
};

}  // namespace fpk::app
