// What the computed laws are held against on a given part: the stationary law and the exact law, where there
// are any.
#pragma once

#include <optional>

#include "app/density_road.hpp"
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
  bool in_closed_form;
};

/// The Gibbs law, the given one, or the generator's null vector; nothing where the box absorbs or the
/// coefficients depend on time. Without a generator (particles alone) only what is known in closed form.
/// Collective.
std::optional<Stationary> stationary_law(const io::Case& problem,
                                         const std::shared_ptr<const law::CellShape>& cells,
                                         const solvers::Generator* generator);

/// Whether the law in closed form is the generator's own stationary law by construction: a Gibbs law, and a flux that
/// keeps it.
bool generator_keeps_it(const io::Case& problem);

/// All that a run is held against.
struct References {
  std::optional<Stationary> stationary;
  std::vector<double>
      of_generator;               ///< masses of the density's own stationary law; empty where there is none
  std::optional<ExactLaw> exact;  ///< of X_t
};

/// `density` may be null (particles alone). Collective.
References find_references(const io::Case& problem, const law::GridPart& part, const DensityRoad* density);

io::StationaryRecord record(const Stationary& stationary, const std::vector<law::Observable>& observables);

}  // namespace fpk::app
