#include "solvers/passage/passage_time.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

double dot(const law::GridPart& part, std::span<const double> a, std::span<const double> b) {
  std::vector<double> terms(a.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = a[c] * b[c];
  return law::total(part, terms);
}

/// Whether whatever is absorbed is absorbed at the rates `into`.
bool is_the_only_end(const Stopped& stopped, std::span<const double> into) {
  double other = 0;
  for (std::size_t c = 0; c < into.size(); ++c) other = std::max(other, stopped.absorption[c] - into[c]);
  return stopped.generator->part().processes().max(other) == 0;
}

}  // namespace

PassageFields passage_fields(StoppedSystem& backward, const Stopped& stopped, std::span<const double> into) {
  PassageFields fields;
  if (is_the_only_end(stopped, into)) {  // reached for certain: exactly 1
    fields.probability.assign(into.size(), 0.0);
    for (std::size_t c = 0; c < into.size(); ++c) fields.probability[c] = stopped.kept(c) ? 1 : 0;
  } else {
    fields.probability = backward.solve(into);
  }
  fields.mean = backward.solve(fields.probability);
  auto twice = fields.mean;
  for (auto& v : twice) v *= 2;
  fields.second = backward.solve(twice);
  return fields;
}

PassageMoments passage_moments(const law::GridPart& part, const PassageFields& fields,
                               std::span<const double> masses, double ended) {
  PassageMoments m;
  m.probability = ended + dot(part, masses, fields.probability);
  if (!(m.probability > 0)) throw SolverError("the target is never reached from this start");
  m.mean = dot(part, masses, fields.mean) / m.probability;
  m.variance = std::max(0.0, dot(part, masses, fields.second) / m.probability - m.mean * m.mean);
  return m;
}

}  // namespace fpk::solvers
