#include "app/evolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/comparison.hpp"
#include "app/density_notes.hpp"
#include "app/density_road.hpp"
#include "app/extrapolation.hpp"
#include "app/mean_comparison.hpp"
#include "app/particle_road.hpp"
#include "app/pictures.hpp"
#include "app/references.hpp"
#include "app/run_claims.hpp"
#include "app/stationary_gap.hpp"
#include "app/vtk_fields.hpp"
#include "sde/noise/purposes.hpp"
#include "sde/noise/uniform.hpp"
#include "solvers/entropy_balance.hpp"
#include "solvers/richardson.hpp"
#include "solvers/stationary.hpp"

namespace fpk::app {
namespace {

/// Cells of an axis where a process has more variables than a grid has axes, and only the first few are looked at.
constexpr std::size_t cells_of_many = 24;

void append(io::NamedSeries& series, const std::vector<law::Observable>& observables,
            const std::vector<law::Estimate>& estimates, bool sampled) {
  if (series.empty())
    for (const auto& o : observables) series.emplace_back(o.name, io::Series{});
  for (std::size_t k = 0; k < estimates.size(); ++k) {
    series[k].second.value.push_back(estimates[k].value);
    if (sampled) series[k].second.standard_error.push_back(estimates[k].standard_error);
  }
}

/// Below zero by no more than this is rounding.
constexpr double rounding_of_density = 1e-14;

/// A run in progress.
class Run {
 public:
  Run(const io::Case& problem, const parallel::Communicator& processes, const EvolveOptions& options)
      : problem_(problem),
        options_(options),
        part_(comparison_grid(problem, processes)),
        record_(begin_record(problem)),
        comparison_(part_, problem.particles ? problem.particles->count : 0,
                    [this](std::int64_t i, std::size_t sample) {
                      return sde::uniform(problem_.particles->seed, sde::Purpose::exact_sample,
                                          static_cast<std::uint64_t>(i), sample);
                    }) {
    if (problem.density.enabled) {
      density_.emplace(problem, part_);
      density_->keep_account_of_exits();
      coarse_.emplace(problem, scaled_grid(problem, 1, 2, processes));
      if (problem.density.extrapolate) extrapolation_.emplace(problem, processes);
    }
    if (problem.particles)
      particles_.emplace(problem,
                         options.particle_process != nullptr ? *options.particle_process : problem.process,
                         processes);
    find_references();
    if (!problem.process.stratonovich_drift.empty())
      record_.notes.emplace_back(
          "Drift and noise were given in Stratonovich's sense. Both roads run the Ito equation that they "
          "were converted "
          "to; the equations show both.");
    if (const auto* potential = problem.process.potential(); potential != nullptr && potential->may_jump())
      record_.notes.emplace_back(
          "The potential compares or takes a sign. Where it jumps, the density feels the jump and the "
          "particles do not: "
          "their drift is the derivative beside it. A smooth step such as tanh(x/width) serves both.");
  }

  io::Record finish() {
    for (std::size_t k = 0; k < problem_.times.size(); ++k) {
      advance(problem_.times[k], k);
      observe(problem_.times[k], k);
    }
    return judge();
  }

 private:
  void find_references() {
    const auto cells = density_
                           ? density_->cells()
                           : std::make_shared<const law::CellShape>(part_, problem_.process.log_stationary());
    const auto generator = density_ ? density_->generator() : nullptr;
    if (problem_.process.dimension() <= law::max_dimension) {
      stationary_ = stationary_law(problem_, cells, generator.get());
      exact_ = ExactLaw::of(problem_, part_);
    }
    if (stationary_)
      record_.stationary = record(*stationary_, problem_.observables);
    else if (density_ && problem_.domain.is_closed() && !problem_.process.depends_on_time())
      record_.notes.emplace_back(
          "No stationary law was found: the generator has none or several, or the linear solver failed.");
    record_.pictures = frame(
        part_, stationary_ ? std::span<const double>(stationary_->law.masses()) : std::span<const double>());
    if (!density_ || !stationary_) return;
    generator_stationary_ = stationary_->law.masses();
    const bool gibbs = problem_.process.potential() != nullptr;
    if (gibbs && solvers::flux_of(problem_.process, problem_.density.flux).keeps_gibbs)
      findings_.stationary_change = solvers::relative_residual(*generator, stationary_->law.masses());
    else if (gibbs || problem_.process.stationary) {
      generator_stationary_ = solvers::stationary_masses(*generator).masses;
      findings_.stationary_error = law::l1_distance(part_, generator_stationary_, stationary_->law.masses());
      findings_.coarse_stationary_error = stationary_error(*coarse_);
    }
    describe_stationarity(*generator);
  }

  /// What is kept going at stationarity, and how fast it is reached.
  void describe_stationarity(const solvers::Generator& generator) {
    const auto balance = solvers::entropy_balance(generator, generator_stationary_, generator_stationary_);
    if (std::isfinite(balance.production)) record_.stationary->entropy_production = balance.production;
    if (solvers::has_one_way_faces(generator))
      record_.notes.emplace_back(
          "Entropy production is infinite (null in result.json): through some faces of the grid mass moves "
          "one way "
          "only, as where a variable has no noise and its drift is taken upwind.");
    const auto gap = stationary_gap(problem_);
    if (!gap) return;
    record_.stationary->gap = gap->value;
    record_.stationary->gap_remark = gap->remark;
  }

  /// L1 distance of the generator's own stationary law to the exact one.
  static double stationary_error(const DensityRoad& road) {
    const auto exact = law::Density::equilibrium(road.cells());
    return law::l1_distance(road.part(), solvers::stationary_masses(*road.generator()).masses,
                            exact.masses());
  }

  void advance(double t, std::size_t k) {
    const double from = k == 0 ? 0 : problem_.times[k - 1];
    if (density_) {
      density_->advance(t, [&](double now) { progress_.update(share(from, now, t, 0), "density"); });
      coarse_->advance(t);
      if (extrapolation_) extrapolation_->advance(t);
    }
    if (particles_)
      particles_->advance(t, [&](double done) {
        progress_.update(share(from, from + done * (t - from), t, 1), "particles");
      });
  }

  /// Time reached when two roads of equal weight go from `from` to `to` one after the other.
  [[nodiscard]] double share(double from, double now, double to, int road) const {
    const bool both = density_ && particles_;
    return both ? from + ((now - from) + road * (to - from)) / 2 : now;
  }

  void observe(double t, std::size_t k) {
    const std::vector<double> histogram =
        particles_ ? particles_->sample().cell_masses(part_) : std::vector<double>{};
    LawsAtOnce laws;
    const auto extrapolated =
        extrapolation_ ? extrapolation_->observe(*coarse_, *density_) : std::vector<double>{};
    laws.extrapolated = extrapolated;
    if (density_) laws.density = density_->law().masses();
    if (stationary_) laws.stationary = stationary_->law.masses();
    laws.particles = histogram;
    if (density_) observe_density(t);
    if (extrapolation_ && exact_) observe_exact_extrapolation(t, extrapolated);
    if (particles_) observe_particles();
    if (exact_)
      append(record_.exact_observables, problem_.observables,
             exact_->expectations(t, part_, problem_.observables), false);
    comparison_.observe(laws);
    const auto drawn = drawn_observations(problem_.times.size());
    if (std::find(drawn.begin(), drawn.end(), k) != drawn.end())
      record_.pictures.snapshots.push_back(
          snapshot(t, part_, laws, particles_ ? &particles_->sample() : nullptr));
    if (options_.vtk != nullptr) write_vtk(t, laws);
    progress_.update(t);
  }

  void observe_density(double t) {
    const auto& law = density_->law();
    // Entropy falls towards the generator's own stationary law, which a law given in the case differs from by
    // h^2.
    const auto invariants = verification::invariants(part_, t, law.masses(), generator_stationary_);
    densities_.mass.push_back(invariants.total_mass);
    densities_.minimum.push_back(invariants.smallest_density);
    if (invariants.relative_entropy) densities_.relative_entropy.push_back(*invariants.relative_entropy);
    append(densities_.observables, problem_.observables, law.expectations(problem_.observables), false);
    findings_.history.push_back(invariants);
    observe_entropy();
    observe_exits();
    if (!exact_) return;
    findings_.exact_error = std::max(findings_.exact_error.value_or(0),
                                     law::l1_distance(part_, law.masses(), exact_->cell_masses(t, part_)));
    findings_.coarse_exact_error = std::max(
        findings_.coarse_exact_error.value_or(0),
        law::l1_distance(coarse_->part(), coarse_->law().masses(), exact_->cell_masses(t, coarse_->part())));
  }

  void observe_entropy() {
    const auto balance =
        solvers::entropy_balance(*density_->generator(), density_->law().masses(), generator_stationary_);
    densities_.entropy.push_back(balance.entropy);
    if (problem_.domain.is_closed()) densities_.entropy_production.push_back(balance.production);
    if (balance.dissipation) densities_.dissipation.push_back(*balance.dissipation);
    if (balance.housekeeping) densities_.housekeeping.push_back(*balance.housekeeping);
  }

  void observe_exact_extrapolation(double t, const std::vector<double>& extrapolated) {
    const auto& coarse = coarse_->part();
    const auto coarse_extrapolated =
        solvers::richardson(coarse, coarse_->law().masses(), part_, density_->law().masses());
    findings_.extrapolated_error =
        std::max(findings_.extrapolated_error.value_or(0),
                 law::l1_distance(part_, extrapolated, exact_->cell_masses(t, part_)));
    findings_.coarse_extrapolated_error =
        std::max(findings_.coarse_extrapolated_error.value_or(0),
                 law::l1_distance(coarse, coarse_extrapolated, exact_->cell_masses(t, coarse)));
  }

  void observe_exits() {
    const auto generator = density_->generator();
    const auto& exits = generator->rates().exits;
    const auto& absorbed = density_->exits()->absorbed();
    const auto fluxes = solvers::exit_fluxes(*generator, density_->law().masses());
    double sum = findings_.history.back().total_mass;
    for (std::size_t f = 0; f < exits.size(); ++f) {
      if (densities_.exits.size() == f)
        densities_.exits.push_back({solvers::exit_name(part_.grid(), exits[f]), {}, {}});
      densities_.exits[f].absorbed.push_back(absorbed[f]);
      densities_.exits[f].flux.push_back(fluxes[f]);
      sum += absorbed[f];
    }
    if (exits.size() > 1)
      findings_.balance =
          std::max(findings_.balance.value_or(0), std::abs(sum - findings_.history.front().total_mass));
  }

  void observe_particles() {
    const auto estimates = particles_->sample().expectations(problem_.observables);
    append(sampled_.observables, problem_.observables, estimates, true);
    sampled_.escaped.push_back(particles_->ensemble().absorbed());
    sampled_.exploded.push_back(particles_->ensemble().exploded());
    findings_.exploded = particles_->ensemble().exploded();
    if (density_ && *findings_.exploded == 0)
      compare_means(problem_, *density_, *coarse_, *particles_, estimates, findings_);
  }

  void write_vtk(double t, const LawsAtOnce& laws) {
    const auto generator = density_ ? density_->generator() : nullptr;
    options_.vtk->add_density(t, vtk_fields(problem_.process, part_, laws, generator.get(), t));
    if (!particles_) return;
    std::vector<double> numbers;
    const auto points = some_particles(particles_->sample(), problem_.output.particles, &numbers);
    options_.vtk->add_particles(t, points, numbers);
  }

  io::Record judge() {
    progress_.finish();
    if (density_) {
      auto numerics = density_->record();
      densities_.cells = numerics.cells;
      densities_.widths = numerics.widths;
      densities_.propagator = numerics.propagator;
      densities_.choice = numerics.choice;
      densities_.flux = numerics.flux;
      densities_.tolerance = numerics.tolerance;
      densities_.applications = numerics.applications;
      densities_.restored_mass = findings_.restored_mass = numerics.restored_mass;
      densities_.seconds = numerics.seconds;
      if (auto note = note_on_negative_density(densities_, density_->traits()); !note.empty())
        record_.notes.push_back(std::move(note));
      if (extrapolation_) {
        densities_.extrapolated = extrapolation_->record();
        note_negative_extrapolation();
      }
      record_.density = std::move(densities_);
    }
    if (particles_) {
      const auto numerics = particles_->record();
      sampled_.count = numerics.count;
      sampled_.scheme = numerics.scheme;
      sampled_.noise = numerics.noise;
      sampled_.step = numerics.step;
      sampled_.seed = numerics.seed;
      sampled_.seconds = numerics.seconds;
      record_.particles = std::move(sampled_);
    }
    record_.distances = comparison_.pairs();
    record_.claims = run_claims(problem_, findings_);
    return std::move(record_);
  }

  void note_negative_extrapolation() {
    const auto& minimum = densities_.extrapolated->minimum;
    const double least = *std::min_element(minimum.begin(), minimum.end());
    if (least >= -rounding_of_density) return;
    record_.notes.push_back(fmt::format(
        "The extrapolated density goes below zero, down to {:.1e}: a difference of two densities is "
        "not positive by construction. The density itself is.",
        least));
  }

  const io::Case& problem_;
  EvolveOptions options_;
  law::GridPart part_;
  io::Record record_;
  Comparison comparison_;
  std::optional<DensityRoad> density_, coarse_;
  std::optional<Extrapolation> extrapolation_;
  std::optional<ParticleRoad> particles_;
  std::optional<Stationary> stationary_;
  std::vector<double> generator_stationary_;  ///< empty where there is none
  std::optional<ExactLaw> exact_;
  io::DensityRecord densities_;
  io::ParticlesRecord sampled_;
  Findings findings_;
  io::Progress progress_{problem_.name, problem_.times.back(), options_.progress};
};

}  // namespace

io::Record begin_record(const io::Case& problem) {
  io::Record r;
  r.name = problem.name;
  r.file = problem.file.filename().string();
  r.text = problem.text;
  r.title = problem.title;
  r.reference = problem.reference;
  r.version = FPK_VERSION;
  r.variables = problem.process.variables;
  if (const auto& found = problem.found_domain) {
    r.domain = io::DomainRecord{found->method, found->remark, found->mass_outside, {}, {}};
    std::string text;
    for (const auto& side : problem.domain.sides) {
      r.domain->variables.push_back(side.variable);
      r.domain->ends.push_back({side.lower, side.upper});
      text += fmt::format("{}{} in [{:.4g}, {:.4g}]", text.empty() ? "" : ", ", side.variable, side.lower,
                          side.upper);
    }
    r.notes.push_back(fmt::format("The domain was found: {}, {}.", text, found->remark));
  }
  r.equations = problem.process.equations();
  r.times = problem.times;
  return r;
}

law::GridPart comparison_grid(const io::Case& problem, const parallel::Communicator& processes) {
  std::vector<law::Axis> seen;
  for (const auto& axis : problem.axes)
    if (seen.size() < law::max_dimension)
      seen.push_back(problem.axes.size() > law::max_dimension ? axis.recut(cells_of_many) : axis);
  return {law::Grid(std::move(seen)), processes, planes_together(problem)};
}

io::Record evolve(const io::Case& problem, const parallel::Communicator& processes,
                  const EvolveOptions& options) {
  return Run(problem, processes, options).finish();
}

}  // namespace fpk::app
