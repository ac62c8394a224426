#include "model/quadratic.hpp"

namespace fpk::model {
namespace {

using formula::Formula;

std::optional<double> at_origin(Formula f, const std::vector<std::string>& variables) {
  for (const auto& v : variables) f = f.substitute(v, Formula(0.0));
  return f.constant();
}

}  // namespace

std::optional<Quadratic> quadratic(const Formula& f, const std::vector<std::string>& variables) {
  const auto d = static_cast<Eigen::Index>(variables.size());
  if (f.may_jump()) return std::nullopt;
  Quadratic q{0, Eigen::VectorXd::Zero(d), Eigen::MatrixXd::Zero(d, d)};
  const auto value = at_origin(f, variables);
  if (!value) return std::nullopt;
  q.value = *value;
  for (Eigen::Index i = 0; i < d; ++i) {
    const Formula along = f.derivative(variables[static_cast<std::size_t>(i)]);
    const auto slope = at_origin(along, variables);
    if (!slope) return std::nullopt;
    q.slope[i] = *slope;
    for (Eigen::Index j = 0; j < d; ++j) {
      const auto curvature = along.derivative(variables[static_cast<std::size_t>(j)]).constant();
      if (!curvature) return std::nullopt;
      q.curvature(i, j) = *curvature;
    }
  }
  return q;
}

}  // namespace fpk::model
