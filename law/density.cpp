#include "law/density.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "law/quadrature.hpp"

namespace fpk::law {

CellShape::CellShape(GridPart part, std::optional<formula::Formula> log_shape)
    : part_(std::move(part)), log_shape_(std::move(log_shape)) {}

const std::vector<double>& CellShape::averages(const Observable& observable) const {
  const std::string key = observable.formula.text();
  if (const auto known = averages_.find(key); known != averages_.end()) return known->second;
  auto values = log_shape_ ? weighted_cell_averages(part_, observable.formula, *log_shape_)
                           : cell_averages(part_, observable.formula);
  return averages_.emplace(key, std::move(values)).first->second;
}

Density::Density(std::shared_ptr<const CellShape> cells, std::vector<double> masses)
    : cells_(std::move(cells)), masses_(std::move(masses)) {
  if (masses_.size() != part().size())
    throw std::invalid_argument("a density needs a mass for each cell of its part");
}

Density Density::equilibrium(std::shared_ptr<const CellShape> cells) {
  if (!cells->log_shape()) throw std::invalid_argument("no shape to take the equilibrium of");
  const GridPart& part = cells->part();
  auto masses = log_cell_averages(part, *cells->log_shape());
  double largest = -std::numeric_limits<double>::infinity();
  for (const double m : masses) largest = std::max(largest, m);
  largest = part.processes().max(largest);
  for (std::size_t c = 0; c < masses.size(); ++c) masses[c] = std::exp(masses[c] - largest) * part.volume(c);
  const double sum = total(part, masses);
  for (auto& m : masses) m /= sum;
  return {std::move(cells), std::move(masses)};
}

double Density::minimum() const {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < masses_.size(); ++c) least = std::min(least, masses_[c] / part().volume(c));
  return part().processes().min(least);
}

std::vector<double> Density::cell_masses(const GridPart& on) const {
  if (on.grid().size() != part().grid().size() || on.first() != part().first())
    throw std::invalid_argument("a density knows the masses of its own grid only");
  return masses_;
}

std::vector<Estimate> Density::expectations(const std::vector<Observable>& observables) const {
  std::vector<Estimate> estimates;
  std::vector<double> terms(masses_.size());
  for (const auto& o : observables) {
    const auto& averages = cells_->averages(o);
    // A cell without mass contributes nothing, even where the observable is not finite.
    for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = masses_[c] == 0 ? 0 : masses_[c] * averages[c];
    estimates.push_back({total(part(), terms), 0});
  }
  return estimates;
}

double Density::range(const Observable& observable, double mass) const {
  const auto& averages = cells_->averages(observable);
  double least = std::numeric_limits<double>::infinity(), largest = -least;
  for (std::size_t c = 0; c < masses_.size(); ++c) {
    if (masses_[c] <= mass) continue;
    least = std::min(least, averages[c]);
    largest = std::max(largest, averages[c]);
  }
  return std::max(0.0, part().processes().max(largest) - part().processes().min(least));
}

double Density::total_mass() const { return total(part(), masses_); }

}  // namespace fpk::law
