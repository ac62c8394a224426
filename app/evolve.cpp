#include "app/evolve.hpp"

#include <algorithm>

#include "app/begin_record.hpp"
#include "app/comparison.hpp"
#include "app/observers/entropy.hpp"
#include "app/observers/exact_errors.hpp"
#include "app/observers/exits.hpp"
#include "app/observers/invariants.hpp"
#include "app/observers/particles.hpp"
#include "app/observers/series.hpp"
#include "app/observers/stationarity.hpp"
#include "app/pictures.hpp"
#include "app/references.hpp"
#include "app/roads.hpp"
#include "app/run_claims.hpp"
#include "app/run_notes.hpp"
#include "app/sgd_notes.hpp"
#include "app/sgd_stationary.hpp"
#include "app/vtk_fields.hpp"
#include "io/record_archive.hpp"
#include "sde/noise/purposes.hpp"
#include "sde/noise/uniform.hpp"

namespace fpk::app {
namespace {

/// A run in progress.
class Run {
 public:
  Run(const io::Case& problem, const parallel::Communicator& processes, const EvolveOptions& options)
      : problem_(problem),
        options_(options),
        part_(comparison_grid(problem, processes)),
        roads_(problem, part_,
               options.particle_process != nullptr ? *options.particle_process : problem.process),
        references_(find_references(problem, part_, roads_.density ? &*roads_.density : nullptr)),
        comparison_(part_,
                    {problem.particles ? problem.particles->count : 0,
                     [this](std::int64_t i, std::size_t sample) {
                       return sde::uniform(problem_.particles->seed, sde::Purpose::exact_sample,
                                           static_cast<std::uint64_t>(i), sample);
                     }},
                    {problem.sgd ? problem.sgd->replicas : 0,
                     [this](std::int64_t i, std::size_t sample) {
                       return sde::uniform(problem_.sgd->seed, sde::Purpose::exact_chain_sample,
                                           static_cast<std::uint64_t>(i), sample);
                     }}),
        drawn_(drawn_observations(problem.times.size())),
        record_(begin_record(problem)) {
    observe_stationarity(problem, roads_, references_, record_, findings_);
    record_.pictures = frame(part_, masses_of_stationary());
    for (auto& note : notes_on_process(problem.process)) record_.notes.push_back(std::move(note));
    if (options_.checkpoints != nullptr && options_.checkpoints->found())
      options_.checkpoints->restore([this](parallel::Archive& a) { archive(a); });
  }

  io::Record finish() {
    while (observed_ < problem_.times.size()) {
      const std::size_t k = observed_;
      roads_.advance(k == 0 ? 0 : problem_.times[k - 1], problem_.times[k], progress_,
                     [this] { pause(Checkpoints::Place::on_the_way); });
      observe(problem_.times[k], k);
      ++observed_;
      pause(Checkpoints::Place::observation);
    }
    progress_.finish();
    return judge();
  }

 private:
  void pause(Checkpoints::Place place) {
    if (options_.checkpoints != nullptr)
      options_.checkpoints->pause([this](parallel::Archive& a) { archive(a); }, place);
  }

  /// All that a run has which does not follow from its case.
  void archive(parallel::Archive& archive) {
    archive("observed", observed_);
    roads_.archive(archive);
    comparison_.archive(archive);
    archive("density", density_);
    archive("particles", particles_);
    archive("sgd", sgd_);
    archive("findings", findings_);
    archive("exact", record_.exact_observables);
    archive("snapshots", record_.pictures.snapshots);
    if (options_.vtk != nullptr) options_.vtk->archive(archive);
  }

  void observe(double t, std::size_t k) {
    std::vector<double> histogram, extrapolated, of_chains;
    if (roads_.particles) histogram = roads_.particles->sample().cell_masses(part_);
    if (roads_.extrapolation) extrapolated = roads_.extrapolation->observe(*roads_.coarse, *roads_.density);
    LawsAtOnce laws;
    if (roads_.density) laws.density = roads_.density->law().masses();
    laws.particles = histogram;
    if (roads_.sgd) of_chains = roads_.sgd->sample().cell_masses(part_);
    laws.chains = of_chains;
    laws.stationary = masses_of_stationary();
    laws.extrapolated = extrapolated;
    if (roads_.density) observe_density(extrapolated);
    if (roads_.particles) observe_particles(problem_, roads_, particles_, findings_);
    if (roads_.sgd) roads_.sgd->observe(sgd_);
    if (references_.exact)
      append(record_.exact_observables, problem_.observables,
             references_.exact->expectations(t, part_, problem_.observables), false);
    comparison_.observe(laws);
    draw(t, k, laws);
    progress_.update(t);
  }

  void observe_density(const std::vector<double>& extrapolated) {
    const auto& road = *roads_.density;
    append(density_.observables, problem_.observables, road.law().expectations(problem_.observables), false);
    observe_invariants(road, references_.of_generator, density_, findings_);
    observe_entropy(road, references_.of_generator, problem_.domain.is_closed(), density_);
    observe_exits(road, density_, findings_);
    if (references_.exact) observe_exact_errors(roads_, *references_.exact, extrapolated, findings_);
  }

  void draw(double t, std::size_t k, const LawsAtOnce& laws) {
    const auto* sample = roads_.particles ? &roads_.particles->sample() : nullptr;
    if (std::find(drawn_.begin(), drawn_.end(), k) != drawn_.end())
      record_.pictures.snapshots.push_back(snapshot(t, part_, laws, sample));
    if (options_.vtk == nullptr) return;
    const auto generator = roads_.density ? roads_.density->generator() : nullptr;
    options_.vtk->add_density(t, vtk_fields(problem_.process, part_, laws, generator.get(), t));
    if (sample == nullptr) return;
    std::vector<double> numbers;
    const auto points = some_particles(*sample, problem_.output.particles, &numbers);
    options_.vtk->add_particles(t, points, numbers);
  }

  io::Record judge() {
    if (roads_.density) {
      roads_.density->describe(density_);
      findings_.restored_mass = density_.restored_mass;
      note(note_on_negative_density(density_, roads_.density->traits()));
      if (roads_.extrapolation) {
        density_.extrapolated = roads_.extrapolation->record();
        note(note_on_negative_extrapolation(*density_.extrapolated));
      }
      record_.density = std::move(density_);
    }
    if (roads_.particles) {
      roads_.particles->describe(particles_);
      note(note_on_explosions(problem_, particles_));
      note(note_on_wide_allowance(problem_, findings_));
      record_.particles = std::move(particles_);
    }
    if (roads_.sgd) {
      roads_.sgd->describe(sgd_);
      if (!roads_.sgd->exploded())
        sgd_.stationary = sgd_stationary(problem_, *roads_.sgd, part_, references_);
      for (auto& words : notes_on_chains(problem_, sgd_)) note(std::move(words));
      record_.sgd = std::move(sgd_);
    }
    record_.distances = comparison_.pairs();
    record_.claims = run_claims(problem_, findings_);
    if (record_.sgd && record_.sgd->stationary)
      if (auto claim = sgd_stationary_claim(*record_.sgd->stationary))
        record_.claims.push_back(std::move(*claim));
    if (options_.findings != nullptr) *options_.findings = findings_;
    return std::move(record_);
  }

  void note(std::string words) {
    if (!words.empty()) record_.notes.push_back(std::move(words));
  }

  [[nodiscard]] std::span<const double> masses_of_stationary() const {
    return references_.stationary ? std::span<const double>(references_.stationary->law.masses())
                                  : std::span<const double>();
  }

  const io::Case& problem_;
  EvolveOptions options_;
  law::GridPart part_;
  Roads roads_;
  References references_;
  Comparison comparison_;
  std::vector<std::size_t> drawn_;
  io::Record record_;
  io::DensityRecord density_;
  io::ParticlesRecord particles_;
  io::SgdRecord sgd_;
  Findings findings_;
  std::size_t observed_ = 0;  ///< observation times that are done with
  io::Progress progress_{problem_.name, problem_.times.back(), options_.progress};
};

}  // namespace

io::Record evolve(const io::Case& problem, const parallel::Communicator& processes,
                  const EvolveOptions& options) {
  return Run(problem, processes, options).finish();
}

}  // namespace fpk::app
