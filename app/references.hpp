// What the computed laws are held against on a given part: the stationary law and the exact law, where there
// are any.
#pragma once

#include <optional>

#include "app/exact_law.hpp"
#include "io/case_file.hpp"
#include "io/record.hpp"
#include "law/density.hpp"
#include "solvers/generator.hpp"

namespace fpk::app {

struct Stationary {
  law::Density law;
  std::string source;  ///< "gibbs", "given" or "null-vector"
  std::string remark;
};

/// The Gibbs law, the given one, or the generator's null vector; nothing where the box absorbs or the
/// coefficients depend on time. Without a generator (particles alone) only what is known in closed form.
/// Collective.
std::optional<Stationary> stationary_law(const io::Case& problem,
                                         const std::shared_ptr<const law::CellShape>& cells,
                                         const solvers::Generator* generator);

io::StationaryRecord record(const Stationary& stationary, const std::vector<law::Observable>& observables);

}  // namespace fpk::app
