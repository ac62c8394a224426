// Every distance between the laws of a run, at every observation time.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "io/record.hpp"
#include "law/grid.hpp"
#include "parallel/archive.hpp"

namespace fpk::app {

/// The laws at one time, as cell masses on one part; empty where there is none.
struct LawsAtOnce {
  std::span<const double> density, particles, stationary, extrapolated = {};
};

class Comparison {
 public:
  /// `count` particles (0: none); `uniform(i, k)` are the numbers that exact sample k is drawn with.
  Comparison(law::GridPart part, std::int64_t count,
             std::function<double(std::int64_t, std::size_t)> uniform);

  /// Collective.
  void observe(const LawsAtOnce& laws);
  [[nodiscard]] std::vector<io::DistancePair> pairs() const;
  void archive(parallel::Archive& archive);

 private:
  void measure(const char* name, const char* label, std::span<const double> p, std::span<const double> q,
               std::span<const double> exact_sample);
  /// Sample number k of law q.
  std::vector<double> exact_sample(std::span<const double> q, std::size_t k);

  law::GridPart part_;
  std::int64_t count_;
  std::function<double(std::int64_t, std::size_t)> uniform_;
  std::size_t observations_ = 0;
  std::vector<double> stationary_sample_;  ///< number 0, drawn once: the stationary law stays the same
  std::vector<io::DistancePair> pairs_;
};

}  // namespace fpk::app
