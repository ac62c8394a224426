#include "app/exact_law.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "model/affine.hpp"
#include "model/moments_in_time.hpp"

namespace fpk::app {
namespace {

/// Mass that the exact law on the whole space may have outside the box, where it is still taken for exact.
constexpr double most_outside = 1e-10;

}  // namespace

struct ExactLaw::Data {
  std::optional<model::Affine> process;
  std::optional<model::AffineInTime> in_time;  ///< where coefficients move
  std::vector<std::string> variables;
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
  mutable std::map<double, law::Gaussian> known;  ///< by time: those that move take an integration each

  [[nodiscard]] const law::Gaussian& at(double t) const {
    const auto found = known.find(t);
    if (found != known.end()) return found->second;
    auto law = in_time ? in_time->law_at(t, mean, covariance)
                       : model::gaussian_at(*process, variables, mean, covariance, t);
    return known.emplace(t, std::move(law)).first->second;
  }
};

std::optional<ExactLaw> ExactLaw::of(const io::Case& problem, const law::GridPart& part) {
  const auto* start = dynamic_cast<const law::Gaussian*>(problem.initial.get());
  if (start == nullptr) return std::nullopt;
  std::optional<model::Affine> process;
  std::optional<model::AffineInTime> in_time;
  if (problem.process.depends_on_time())
    in_time = model::AffineInTime::of(problem.process);
  else
    process = model::affine(problem.process);
  if (!process && !in_time) return std::nullopt;
  for (const auto& side : problem.domain.sides)
    if (side.is_periodic()) return std::nullopt;
  ExactLaw exact;
  exact.data_ = std::make_shared<Data>(
      Data{process, in_time, problem.process.variables, start->mean(), start->covariance(), {}});
  try {
    for (const double t : problem.times) {
      const double outside = std::abs(law::total(part, exact.cell_masses(t, part)) - 1);
      if (!(outside <= most_outside)) return std::nullopt;
      exact.outside_ = std::max(exact.outside_, outside);
    }
  } catch (const std::invalid_argument&) {  // a covariance beyond the range or the digits of numbers
    return std::nullopt;
  }
  return exact;
}

const law::Gaussian& ExactLaw::gaussian(double t) const { return data_->at(t); }

std::vector<double> ExactLaw::cell_masses(double t, const law::GridPart& part) const {
  return data_->at(t).cell_masses(part);
}

std::vector<law::Estimate> ExactLaw::expectations(double t, const law::GridPart& part,
                                                  const std::vector<law::Observable>& observables) const {
  const auto shape = std::make_shared<law::CellShape>(part, data_->at(t).log_density());
  return law::Density(shape, cell_masses(t, part)).expectations(observables);
}

}  // namespace fpk::app
