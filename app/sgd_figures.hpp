// What a study of stochastic gradients looks at: the observables of the case, and means and covariances of the parameters.
//
// All are combinations of expectations of functions of the state, so that whoever can take those can take all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace fpk::app {

struct SgdFigure {
  std::string name;  ///< an observable's, or "mean_theta", "variance_theta", "covariance_a_b"
  bool is_covariance = false, is_variance = false;
  /// One; of a covariance E x_i x_j, E x_i, E x_j. Figure k has function k first.
  std::vector<std::size_t> functions;
};

class SgdFigures {
 public:
  SgdFigures(const std::vector<std::string>& parameters, const std::vector<law::Observable>& observables);

  [[nodiscard]] const std::vector<SgdFigure>& all() const { return figures_; }
  /// Whose expectations are asked for.
  [[nodiscard]] const std::vector<law::Observable>& functions() const { return functions_; }
  /// The figures, from the expectations of the functions.
  [[nodiscard]] std::vector<verification::Value> from(
      const std::vector<verification::Value>& expectations) const;

 private:
  std::vector<law::Observable> functions_;
  std::vector<SgdFigure> figures_;
};

}  // namespace fpk::app
