// A case: one TOML file that states the problem, the numerics and the questions. Strict: what is not known is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "io/noise_settings.hpp"
#include "io/sgd_settings.hpp"
#include "law/law.hpp"
#include "model/domain.hpp"
#include "model/process.hpp"
#include "model/surrogate_process.hpp"
#include "sde/absorption.hpp"
#include "sde/draws.hpp"

namespace fpk::io {

struct DensitySettings {
  bool enabled = true;
  std::string flux = "auto";  ///< a name of solvers/flux/flux.hpp
  std::string propagator = "auto";
  double tolerance = 1e-8;   ///< bound on the L1 error in time at the end
  bool extrapolate = false;  ///< solve on twice as many cells, too, and extrapolate in the cell size
};

struct ParticleSettings {
  std::int64_t count = 100'000;
  std::string scheme = "euler-maruyama";
  double step = 0.01;
  std::uint64_t seed = 1;
  sde::NoiseKind noise = sde::NoiseKind::normal;  ///< law of the increments
  bool extrapolate = false;                       ///< expectations in the step, too
  sde::Absorption absorption = sde::Absorption::bridge;
};

/// How `fpk converge` measures the order of the particle scheme.
enum class ConvergeMethod : std::uint8_t {
  coupled_paths,  ///< pairs of paths with a step and with half of it
  step_operator   ///< quadrature in place of random numbers
};

struct ConvergeSettings {
  ConvergeMethod method = ConvergeMethod::coupled_paths;
  bool strong = false;               ///< whether the strong order is studied, too
  std::size_t refinements = 4;       ///< grids: cells, twice, four times, ... as many
  std::vector<std::string> fluxes;   ///< to be compared in the cell size; empty: the density's own alone
  std::vector<std::string> schemes;  ///< to be compared by the operator; empty: that of the particles alone
  std::vector<double> steps;         ///< of the particles, decreasing; empty: no weak study
  std::vector<double>
      learning_rates;  ///< of stochastic gradients, decreasing; empty: their order is not studied
  std::vector<std::string> models;  ///< diffusions that are to stand for them; empty: all that do
  std::string observable;           ///< name of one; the first where not said
  double half_width = 0.05;         ///< of the 95 % interval of a weak order from coupled paths
  double budget = 1e10;             ///< most steps of paths for it
};

struct EstimateSettings {
  std::string observable;            ///< name of one; the first where not said
  std::optional<double> tolerance;   ///< root-mean-square error asked for
  std::optional<double> first_step;  ///< of level 0; found where not said
  std::size_t levels = 12;           ///< number of the finest that may be used
  double budget = 1e11;              ///< most steps of paths
};

struct SpectrumSettings {
  std::size_t modes = 6;  ///< the zero one counts
};

struct OutputSettings {
  bool vtk = true;
  std::size_t particles = 2000;  ///< written to particles.pvd
  double checkpoint = 60;        ///< seconds between checkpoints; 0: at each observation time
};

/// Where a passage starts.
enum class PassageStart {
  initial,  ///< from the initial law
  point,
  set  ///< from a set, weighted by the stationary law
};

struct PassageSettings {
  PassageStart start = PassageStart::initial;
  std::vector<double> point;                       ///< for PassageStart::point
  std::optional<formula::Formula> start_set;       ///< for PassageStart::set
  std::optional<formula::Formula> target, source;  ///< sets: 1 inside, 0 outside
  std::size_t observations = 101;                  ///< equally spaced, from 0 to five mean times
  std::vector<double> times;                       ///< or these, increasing
  std::optional<double> horizon;                   ///< up to which particles are followed
};

/// How the box of a domain that asked for one was found.
struct FoundDomain {
  std::string method;       ///< "potential" or "pilot"
  double mass_outside = 0;  ///< estimated mass that the box cuts off
  std::string remark;       ///< of what, and by which estimate
};

struct Case {
  std::filesystem::path file;
  std::string name;  ///< file name without extension
  std::string text;  ///< of the file
  std::string title, reference;
  model::Process process;
  std::optional<SgdSettings> sgd;                  ///< then `process` is the diffusion that stands for it
  std::optional<model::SurrogateFacts> surrogate;  ///< where `process` is made of polynomials
  std::optional<model::RowLoss> loss;              ///< where the process comes from a loss on data
  NoiseSettings noise;
  model::Domain domain;
  std::vector<law::Axis> axes;              ///< the sides of the domain, cut into cells
  std::optional<FoundDomain> found_domain;  ///< where domain = "auto"
  std::shared_ptr<const law::InitialLaw> initial;
  std::vector<double> times;  ///< observation times, increasing, the first 0
  DensitySettings density;
  std::optional<ParticleSettings> particles;
  std::vector<law::Observable> observables;
  ConvergeSettings converge;
  EstimateSettings estimate;
  SpectrumSettings spectrum;
  std::optional<PassageSettings> passage;
  OutputSettings output;
  /// Of all that a run depends on: keys and values with the overrides, and the data file (io/case/fingerprint.cpp). Neither
  /// of comments and layout, nor of what other commands read.
  std::uint64_t fingerprint = 0;
};

/// One thing that is wrong with a case.
struct Complaint {
  std::string file;
  std::size_t line = 0, column = 0;  ///< from 1; 0 where it came from the command line
  std::string what, try_instead;
  [[nodiscard]] std::string text() const;  ///< "file:line:column: what; try"
};

/// A case is refused; all that was found wrong, in the order of the file (exit status 65).
class CaseError : public std::runtime_error {
 public:
  explicit CaseError(std::vector<Complaint> complaints);
  [[nodiscard]] const std::vector<Complaint>& complaints() const { return complaints_; }

 private:
  std::vector<Complaint> complaints_;
};

/// There is no such file, or it cannot be read (exit status 66).
class MissingInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads and validates. `overrides` are "key.path=value" (value in TOML; a bare word is a string), applied on top of the
/// file. Throws CaseError or MissingInput.
Case read_case(const std::filesystem::path& file, const std::vector<std::string>& overrides = {});

/// Every key with type, default and meaning, as text for a terminal, from the table that validates.
std::string schema_text();
/// The same as a Markdown table, for docs/case.md.
std::string schema_markdown();

}  // namespace fpk::io
