// The parts of a case, each read by its own file into what the solvers take.
//
// A section complains of everything that is wrong in it and returns nothing, or a part that is not used
// further, where something is.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "io/case/expressions.hpp"
#include "io/case/names.hpp"

namespace fpk::io::reader {

/// The text of a file. Throws MissingInput.
std::string whole_text(const std::filesystem::path& file);

/// Throws CaseError where the case is one of a network, which has other sections than all others.
void refuse_network(Document& document);

/// [process] in one of its ways, and [sgd] where there is one.
struct Problem {
  model::Process process;
  std::optional<SgdSettings> sgd;
  std::optional<model::RowLoss> loss;  ///< where it is a loss on data
};
std::optional<Problem> read_process(Document& document, const Names& names);

/// [process] rotation: J, antisymmetric, a row for each variable; nothing where there is none or it is wrong.
std::optional<std::vector<std::vector<double>>> read_rotation(Document& document, const Names& names);

/// Real data: the loss of a row, the rows, and the regulariser.
std::optional<model::RowLoss> read_row_loss(Document& document, const Names& names);

/// [sgd], on that loss. Nothing where anything is wrong so far.
std::optional<SgdSettings> read_sgd(Document& document, const Names& names, const model::RowLoss& loss);
/// The diffusion that stands for the chain.
std::optional<model::Process> process_of(Document& document, const Names& names, const SgdSettings& sgd);

/// process.data.surrogate: `process` becomes one of polynomials on the domain. Nothing where it is not asked for, and nothing and a
/// complaint where it cannot be.
std::optional<model::SurrogateFacts> take_surrogate(Document& document, const model::Domain& domain,
                                                    model::Process& process);
/// [noise], on that loss; nullptr where there is none.
NoiseSettings read_noise(Document& document, const Names& names, const model::RowLoss* loss);

struct Box {
  model::Domain domain;
  std::vector<law::Axis> axes;  ///< its sides, cut into cells
};

/// A box that was found for the process, because an end of its domain is "auto".
struct FoundBox {
  std::vector<double> lower, upper;
  FoundDomain how = {};
};

/// Whether the domain, or an end of one of its sides, is "auto".
bool asks_for_box(const Document& document);

/// Finds that box. Complains, and returns nothing, where there is none.
std::optional<FoundBox> find_box(Document& document, const Names& names, const model::Process& process);

/// A side of the domain cut into cells: equal, clustered, or between edges listed. Nothing where that is wrong.
/// `found`: its ends where they are "auto".
std::optional<law::Axis> read_axis(Document& document, const Expressions& expressions,
                                   const std::string& variable, bool periodic, bool density_enabled,
                                   const std::optional<std::array<double, 2>>& found);

/// [domain]: one side for each variable, or "auto" for the box that was found.
std::optional<Box> read_domain(Document& document, const Names& names, bool density_enabled,
                               const std::optional<FoundBox>& found);

/// [initial]: one of the four laws; without a box, only what needs none is looked at.
std::shared_ptr<const law::InitialLaw> read_initial(Document& document, const Names& names, const Box* box);

/// [time]: the observation times, the first 0 and the last the end; empty where they are wrong.
std::vector<double> read_times(Document& document);

DensitySettings read_density(Document& document);
std::optional<ParticleSettings> read_particles(Document& document);
SpectrumSettings read_spectrum(Document& document);
OutputSettings read_output(Document& document);

/// Case::fingerprint, of a case without complaints.
std::uint64_t fingerprint(const Document& document);

/// [passage]: where a passage starts and ends; the sets are tried on every cell of the box.
std::optional<PassageSettings> read_passage(Document& document, const Names& names, const Box* box);

/// [observables], in the order of the file.
std::vector<law::Observable> read_observables(Document& document, const Names& names);
ConvergeSettings read_converge(Document& document);

/// [estimate]: the expectation that multilevel Monte Carlo is asked for.
EstimateSettings read_estimate(Document& document);
void check_estimate(Document& document, const std::vector<double>& times, const EstimateSettings& estimate);

/// What no section can see alone: the process and the domain together, against what is asked of them.
void check_problem(Document& document, const model::Process& process, const Box& box,
                   const DensitySettings& density);
/// Whether the scheme of the particles is made for the process.
void check_scheme(Document& document, const model::Process& process, const ParticleSettings& particles);
/// Whether the operator of the scheme can be formed, where converge.method asks for it.
void check_operator(Document& document, const model::Process& process, const model::Domain& domain,
                    const std::vector<law::Observable>& observables, const ParticleSettings& particles,
                    const ConvergeSettings& converge);
/// That the text at `path`, where there is one, names an observable.
void check_observable(Document& document, std::string_view path);
/// That converge.budget pays the first batch of every rung of a sampled ladder, in steps.
void check_budget(Document& document, double budget, double first_batches);
/// The numerics against the times and against each other.
void check_numerics(Document& document, const std::vector<double>& times, const DensitySettings& density,
                    const std::optional<ParticleSettings>& particles, const ConvergeSettings& converge);

}  // namespace fpk::io::reader
