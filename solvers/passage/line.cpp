#include "solvers/passage/line.hpp"

#include "solvers/solver_error.hpp"

namespace fpk::solvers {

bool LineElimination::fits(const Generator& generator) {
  return generator.part().grid().dimension() == 1 && generator.rates().families.size() == 1 &&
         generator.rates().links.empty() && !generator.rates().periodic;
}

LineElimination::LineElimination(const Generator& generator, Direction direction)
    : part_(generator.part()), direction_(direction) {
  const auto& processes = part_.processes();
  const Family& family = generator.rates().families.front();
  up_ = processes.concatenate(family.forward.own());
  const auto backward = processes.concatenate(family.backward.own());
  down_.assign(up_.size(), 0.0);
  for (std::size_t i = 1; i < down_.size(); ++i) down_[i] = backward[i - 1];
  lost_ = processes.concatenate(generator.rates().absorption());
  for (std::size_t i = 1; i < lost_.size(); ++i) {
    const double below = up_[i - 1] + lost_[i - 1];
    if (below > 0) lost_[i] += down_[i] * (lost_[i - 1] / below);
  }
  for (std::size_t i = 0; i < lost_.size(); ++i)
    if (!(up_[i] + lost_[i] > 0))
      throw SolverError("there are states from which no end is ever reached; the passage has no mean");
}

std::vector<double> LineElimination::solve(std::span<const double> y) const {
  std::vector<double> x = part_.processes().concatenate(y);
  const bool backward = direction_ == Direction::backward;
  for (std::size_t i = 1; i < x.size(); ++i)
    x[i] += (backward ? down_[i] : up_[i - 1]) / (up_[i - 1] + lost_[i - 1]) * x[i - 1];
  for (std::size_t i = x.size(); i-- > 0;) {
    if (i + 1 < x.size()) x[i] += (backward ? up_[i] : down_[i + 1]) * x[i + 1];
    x[i] /= up_[i] + lost_[i];
  }
  const auto first = x.begin() + static_cast<std::ptrdiff_t>(part_.first());
  return {first, first + static_cast<std::ptrdiff_t>(part_.size())};
}

}  // namespace fpk::solvers
