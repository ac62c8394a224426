// Orders of the density in the cell size: of one flux, of several side by side, and of the extrapolated density.
#include <algorithm>
#include <chrono>
#include <functional>

#include "app/converge.hpp"
#include "app/density_road.hpp"
#include "app/exact_law.hpp"
#include "law/restriction.hpp"
#include "solvers/richardson.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Errors this small are rounding and propagation in time, not cells.
constexpr double floor_over_tolerance = 10;
constexpr const char* floor_in_words = "10 times density.tolerance";

double widest_cell(const law::Grid& grid) {
  double widest = 0;
  for (const auto& axis : grid.axes())
    for (std::size_t i = 0; i < axis.cells(); ++i) widest = std::max(widest, axis.width(i));
  return widest;
}

/// One grid of the ladder.
struct Level {
  law::GridPart part;
  std::vector<double> masses;
  io::ConvergenceRow row;
};

Level solve(const io::Case& problem, std::size_t factor, const parallel::Communicator& processes) {
  const law::GridPart part(law::Grid(problem.axes).refined(factor), processes, factor);
  DensityRoad road(problem, part);
  road.advance(problem.times.back());
  Level level{part, road.law().masses(), {}};
  level.row.size = widest_cell(part.grid());
  for (const auto& axis : part.grid().axes()) level.row.cells.push_back(axis.cells());
  if (!problem.observables.empty())
    level.row.expectation = road.law().expectations({chosen_observable(problem)}).front().value;
  return level;
}

using Ladder = std::vector<Level>;

/// What the masses on a rung are held against.
using Reference = std::function<std::vector<double>(std::size_t rung)>;

/// The errors of `masses(rung)` on the first `rungs` grids of a ladder, and the order seen on them.
void measure(io::ConvergenceStudy& study, const Ladder& ladder, std::size_t rungs, const Reference& masses,
             const Reference& reference, double floor) {
  std::vector<verification::Rung> errors;
  for (std::size_t r = 0; r < rungs; ++r) {
    auto row = ladder[r].row;
    row.error = row.lower = row.upper = law::l1_distance(ladder[r].part, masses(r), reference(r));
    errors.push_back({row.size, row.error, 0});
    study.rows.push_back(std::move(row));
  }
  study.verdict = verification::order_of_errors(errors, floor, floor_in_words);
}

/// Masses on the cells of a rung of a ladder, summed from those of a finer one.
std::vector<double> restricted_to(const Ladder& ladder, std::size_t rung, std::size_t from,
                                  std::vector<double> masses) {
  for (; from > rung; --from) masses = law::restricted(ladder[from].part, masses, ladder[from - 1].part);
  return masses;
}

std::vector<double> extrapolated(const Ladder& ladder, std::size_t r) {
  return solvers::richardson(ladder[r].part, ladder[r].masses, ladder[r + 1].part, ladder[r + 1].masses);
}

/// The studies in the cell size of a case.
class SpaceStudies {
 public:
  SpaceStudies(const io::Case& problem, const parallel::Communicator& processes, io::Progress::Style style)
      : problem_(problem),
        processes_(processes),
        style_(style),
        exact_(ExactLaw::of(problem, scaled_grid(problem, 1, 1, processes))),
        rungs_(problem.converge.refinements) {}

  std::vector<io::ConvergenceStudy> all() {
    if (!problem_.converge.fluxes.empty()) return side_by_side();
    // Against the next finer grid, an interval for the order takes a fourth grid; a fifth where two make one.
    const std::size_t needed = exact_ ? 0 : (problem_.density.extrapolate ? 5 : 4);
    const auto start = Clock::now();
    const Ladder ladder = climb(problem_, std::max(rungs_, needed));
    std::vector<io::ConvergenceStudy> studies = {of_flux(problem_.density.flux, "space")};
    const auto plain = [&](std::size_t r) { return ladder[r].masses; };
    const auto next_finer = [&](std::size_t r) {
      return restricted_to(ladder, r, r + 1, ladder[r + 1].masses);
    };
    measure(studies[0], ladder, ladder.size() - (exact_ ? 0 : 1), plain, exact_ ? exact(ladder) : next_finer,
            floor());
    studies[0].method = exact_ ? "exact law" : "successive refinement";
    if (problem_.density.extrapolate) studies.push_back(of_extrapolation(ladder));
    for (auto& study : studies) study.seconds = seconds_since(start);
    return studies;
  }

 private:
  /// Each flux against the exact law, or else against the extrapolation of the density's own from two more grids.
  std::vector<io::ConvergenceStudy> side_by_side() {
    Ladder own;
    std::vector<double> best;
    if (!exact_) {
      own = climb(problem_, rungs_ + 1);
      best = extrapolated(own, rungs_ - 1);
    }
    std::vector<io::ConvergenceStudy> studies;
    for (const auto& flux : problem_.converge.fluxes) {
      const auto start = Clock::now();
      io::Case variant = problem_;
      variant.density.flux = flux;
      const Ladder ladder = climb(variant, rungs_);
      auto study = of_flux(flux, "space-" + flux);
      study.method = exact_ ? "exact law" : "extrapolated reference";
      const auto plain = [&](std::size_t r) { return ladder[r].masses; };
      const auto reference = [&](std::size_t r) { return restricted_to(own, r, rungs_ - 1, best); };
      measure(study, ladder, rungs_, plain, exact_ ? exact(ladder) : reference, floor());
      study.seconds = seconds_since(start);
      studies.push_back(std::move(study));
    }
    return studies;
  }

  io::ConvergenceStudy of_extrapolation(const Ladder& ladder) {
    auto study = of_flux(problem_.density.flux, "space-extrapolated");
    study.title = "Order of the extrapolated density in the cell size";
    study.scheme = "extrapolated " + study.scheme;
    study.method = exact_ ? "exact law" : "successive refinement";
    study.promised *= 2;
    const auto pairs = [&](std::size_t r) { return extrapolated(ladder, r); };
    const auto next_finer = [&](std::size_t r) {
      return restricted_to(ladder, r, r + 1, extrapolated(ladder, r + 1));
    };
    measure(study, ladder, ladder.size() - (exact_ ? 1 : 2), pairs, exact_ ? exact(ladder) : next_finer,
            floor());
    return study;
  }

  [[nodiscard]] io::ConvergenceStudy of_flux(const std::string& flux, const std::string& name) const {
    io::ConvergenceStudy study;
    study.name = name;
    study.title = "Order of the density in the cell size";
    study.flux = solvers::flux_name(problem_.process, flux);
    study.scheme = study.flux + " face weights";
    study.observable = "density (L1)";
    study.promised = solvers::order_in_space(problem_.process, flux);
    return study;
  }

  Ladder climb(const io::Case& problem, std::size_t levels) {
    io::Progress progress("grids", static_cast<double>(levels), style_, "grid");
    Ladder ladder;
    for (std::size_t r = 0; r < levels; ++r) {
      ladder.push_back(solve(problem, std::size_t{1} << r, processes_));
      progress.update(static_cast<double>(r + 1));
    }
    progress.finish();
    return ladder;
  }

  [[nodiscard]] Reference exact(const Ladder& ladder) const {
    return
        [this, &ladder](std::size_t r) { return exact_->cell_masses(problem_.times.back(), ladder[r].part); };
  }
  [[nodiscard]] double floor() const { return floor_over_tolerance * problem_.density.tolerance; }

  const io::Case& problem_;
  const parallel::Communicator& processes_;
  io::Progress::Style style_;
  std::optional<ExactLaw> exact_;
  std::size_t rungs_;
};

}  // namespace

std::vector<io::ConvergenceStudy> space_studies(const io::Case& problem,
                                                const parallel::Communicator& processes,
                                                io::Progress::Style style) {
  return SpaceStudies(problem, processes, style).all();
}

}  // namespace fpk::app
