// The exact law of X_t, for the cases where it is known in closed form.
#pragma once

#include <optional>

#include "io/case_file.hpp"
#include "law/density.hpp"
#include "law/exact/gaussian.hpp"

namespace fpk::app {

/// Affine process, Gaussian start, and walls that the law never feels up to the last observation.
class ExactLaw {
 public:
  /// Nothing where the case has no such law. Collective.
  static std::optional<ExactLaw> of(const io::Case& problem, const law::GridPart& part);

  /// The law itself at time t, on the whole space.
  [[nodiscard]] const law::Gaussian& gaussian(double t) const;
  /// Mass that it has outside the box at most, at any observation.
  [[nodiscard]] double outside() const { return outside_; }
  /// Cell masses at time t.
  [[nodiscard]] std::vector<double> cell_masses(double t, const law::GridPart& part) const;
  /// Expectations at time t, by quadrature on the cells of the part: exact for smooth observables, and for
  /// sets whose border runs along the grid. Collective.
  [[nodiscard]] std::vector<law::Estimate> expectations(
      double t, const law::GridPart& part, const std::vector<law::Observable>& observables) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
  double outside_ = 0;
};

}  // namespace fpk::app
