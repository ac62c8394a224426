#include "app/observers/stationarity.hpp"

#include <cmath>

#include "app/rotation_at_walls.hpp"
#include "app/run_notes.hpp"
#include "app/stationary_gap.hpp"
#include "solvers/entropy_balance.hpp"
#include "solvers/stationary.hpp"

namespace fpk::app {
namespace {

/// Where the law is known in closed form: either the generator has it by construction, and does not change it, or the
/// generator's own differs from it by h^2, on the case's cells and on half as many an axis.
void compare_with_closed_form(const io::Case& problem, const Roads& roads, const References& references,
                              Findings& findings) {
  const auto& exact = references.stationary->law.masses();
  if (generator_keeps_it(problem)) {
    findings.stationary_change = solvers::relative_residual(*roads.density->generator(), exact);
    return;
  }
  const auto& coarse = *roads.coarse;
  findings.stationary_error = law::l1_distance(roads.density->part(), references.of_generator, exact);
  findings.coarse_stationary_error =
      law::l1_distance(coarse.part(), solvers::stationary_masses(*coarse.generator()).masses,
                       law::Density::equilibrium(coarse.cells()).masses());
}

/// What is kept going at stationarity, and how fast it is reached.
void describe(const io::Case& problem, const solvers::Generator& generator,
              const std::vector<double>& of_generator, io::Record& record) {
  const auto balance = solvers::entropy_balance(generator, of_generator, of_generator);
  if (std::isfinite(balance.production)) record.stationary->entropy_production = balance.production;
  if (const auto note = note_on_one_way_faces(generator); !note.empty()) record.notes.push_back(note);
  const auto gap = stationary_gap(problem);
  if (!gap) return;
  record.stationary->gap = gap->value;
  record.stationary->gap_remark = gap->remark;
}

}  // namespace

void observe_stationarity(const io::Case& problem, const Roads& roads, const References& references,
                          io::Record& record, Findings& findings) {
  if (references.stationary)
    record.stationary = app::record(*references.stationary, problem.observables);
  else if (roads.density && problem.domain.is_closed() && !problem.process.depends_on_time())
    record.notes.emplace_back(
        "No stationary law was found: the generator has none or several, or the linear solver failed.");
  if (!roads.density || !references.stationary) return;
  if (auto note =
          note_on_rotation_at_walls(problem, roads.density->part(), references.stationary->law.masses());
      !note.empty())
    record.notes.push_back(std::move(note));
  if (references.stationary->in_closed_form) compare_with_closed_form(problem, roads, references, findings);
  describe(problem, *roads.density->generator(), references.of_generator, record);
}

}  // namespace fpk::app
