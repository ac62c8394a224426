#include "app/exact_law.hpp"

#include <cmath>
#include <stdexcept>

#include "model/affine.hpp"

namespace fpk::app {
namespace {

/// Mass that the exact law on the whole space may have outside the box, where it is still taken for exact.
constexpr double outside = 1e-10;

}  // namespace

struct ExactLaw::Data {
  model::Affine process;
  std::vector<std::string> variables;
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
  [[nodiscard]] law::Gaussian at(double t) const {
    return model::gaussian_at(process, variables, mean, covariance, t);
  }
};

std::optional<ExactLaw> ExactLaw::of(const io::Case& problem, const law::GridPart& part) {
  const auto* start = dynamic_cast<const law::Gaussian*>(problem.initial.get());
  const auto process = model::affine(problem.process);
  if (start == nullptr || !process || problem.process.depends_on_time()) return std::nullopt;
  for (const auto& side : problem.domain.sides)
    if (side.is_periodic()) return std::nullopt;
  ExactLaw exact;
  exact.data_ =
      std::make_shared<Data>(Data{*process, problem.process.variables, start->mean(), start->covariance()});
  try {
    for (const double t : problem.times)
      if (!(std::abs(law::total(part, exact.cell_masses(t, part)) - 1) <= outside)) return std::nullopt;
  } catch (const std::invalid_argument&) {  // a covariance beyond the range or the digits of numbers
    return std::nullopt;
  }
  return exact;
}

std::vector<double> ExactLaw::cell_masses(double t, const law::GridPart& part) const {
  return data_->at(t).cell_masses(part);
}

std::vector<law::Estimate> ExactLaw::expectations(double t, const law::GridPart& part,
                                                  const std::vector<law::Observable>& observables) const {
  const auto shape = std::make_shared<law::CellShape>(part, data_->at(t).log_density());
  return law::Density(shape, cell_masses(t, part)).expectations(observables);
}

}  // namespace fpk::app
