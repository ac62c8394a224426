#include "solvers/transposed.hpp"

#include <utility>

namespace fpk::solvers {

std::shared_ptr<const Generator> transposed(const Generator& given) {
  const Generator& generator = given.linear();
  Rates rates = generator.rates();
  std::vector<double> lost = generator.outflow();  // less what the exchanged rates hand on
  const auto size = static_cast<std::ptrdiff_t>(lost.size());
  for (auto& f : rates.families) {
    std::swap(f.forward, f.backward);
    const double *forward = f.forward.data(), *backward = f.backward.data();
    for (std::ptrdiff_t c = 0; c < size; ++c)
      lost[static_cast<std::size_t>(c)] -= forward[c] + backward[c - f.shift];
  }
  for (auto& l : rates.links) {
    std::swap(l.forward, l.backward);
    if (l.from >= 0 && l.from < size) lost[static_cast<std::size_t>(l.from)] -= l.forward;
    if (l.to >= 0 && l.to < size) lost[static_cast<std::size_t>(l.to)] -= l.backward;
  }
  rates.log_weights.reset();
  Exit exit{law::max_dimension, true};  // no face of the box
  for (std::size_t c = 0; c < lost.size(); ++c) exit.cells.push_back(c);
  exit.rates = std::move(lost);
  rates.exits = {std::move(exit)};
  return std::make_shared<Generator>(std::move(rates));
}

}  // namespace fpk::solvers
