// What a run found out, as plain data: filled by the commands, read by the writers (result.json, series.csv, the
// report). No writer computes mathematics; no command formats text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/backward_record.hpp"
#include "io/estimate_record.hpp"
#include "io/gradient_noise_record.hpp"
#include "io/network_record.hpp"
#include "io/passage_record.hpp"
#include "io/series.hpp"
#include "io/sgd_expectations.hpp"
#include "io/sgd_record.hpp"
#include "io/spectrum_record.hpp"
#include "law/grid.hpp"
#include "model/surrogate_process.hpp"
#include "verification/claim.hpp"
#include "verification/order.hpp"

namespace fpk::io {

using NamedValues = std::vector<std::pair<std::string, double>>;

/// What an absorbing face takes, at each observation time.
struct ExitRecord {
  std::string name;              ///< "x_lower"
  std::vector<double> absorbed;  ///< probability absorbed through it so far
  std::vector<double> flux;      ///< and per unit time
};

/// The density extrapolated in the cell size, at each observation time.
struct ExtrapolatedRecord {
  struct Observable {
    std::string name;
    std::vector<double> value;
    std::vector<double> error;  ///< its own estimate
  };
  std::vector<std::size_t> cells;     ///< of the finest grid that went into it
  std::vector<double> mass, minimum;  ///< minimum is of the cell average
  std::vector<double> l1_error;       ///< its own estimate
  std::vector<Observable> observables;
};

/// The box, where it was not given but found.
struct DomainRecord {
  std::string method;  ///< "potential" or "pilot"
  std::string remark;
  double mass_outside = 0;  ///< estimated
  std::vector<std::string> variables;
  std::vector<std::array<double, 2>> ends;  ///< lower and upper of each side
};

struct DensityRecord {
  std::vector<std::size_t> cells;
  std::vector<std::array<double, 2>> widths;  ///< of the narrowest and the widest cell along each axis
  std::string propagator;                     ///< the one that ran
  std::string choice;                         ///< why it was chosen, a sentence
  std::string flux;                           ///< the face weights used
  double tolerance = 0;
  std::vector<double> mass, minimum;  ///< at each observation time; minimum is of the cell average
  std::vector<double>
      relative_entropy;  ///< of the density with respect to the stationary law; empty where none is known
  std::vector<ExitRecord> exits = {};  ///< empty where no face absorbs
  /// -sum m ln(m / |cell|); its production, not finite where mass flows one way, empty where the box absorbs; the two
  /// parts of that, empty where no stationary law is known. At each observation time.
  std::vector<double> entropy = {}, entropy_production = {}, dissipation = {}, housekeeping = {};
  NamedSeries observables;
  std::optional<ExtrapolatedRecord> extrapolated = {};
  std::int64_t applications = 0;  ///< of the generator, or linear solves for an implicit propagator
  double restored_mass = 0;       ///< rounding of the total mass that was put right, summed, over the mass
  double seconds = 0;             ///< set-up of the generator and propagation
};

/// Expectations of the particles extrapolated in the step, at each observation time.
struct StepExtrapolationRecord {
  double order = 0;       ///< that the step was extrapolated with
  double next_order = 0;  ///< of what is left
  NamedSeries observables;
  NamedSeries remainder;  ///< how far what is left may reach
};

struct ParticlesRecord {
  std::int64_t count = 0;
  std::string scheme, noise;    ///< names as in a case
  std::string absorption = {};  ///< the same; empty where no face absorbs
  double step = 0;
  std::uint64_t seed = 0;
  NamedSeries observables;
  std::optional<StepExtrapolationRecord> extrapolated = {};
  NamedSeries exits = {};              ///< share that has left through each absorbing face, "x_lower"
  std::vector<std::int64_t> escaped;   ///< absorbed at a boundary up to each observation time
  std::vector<std::int64_t> exploded;  ///< no longer finite, up to each observation time
  double seconds = 0;
};

struct StationaryRecord {
  std::string source;  ///< "given", "gibbs" or "null-vector"
  std::string remark;  ///< e.g. the residual of the null vector
  NamedValues observables;
  std::optional<double> entropy_production = {};  ///< of the generator at its own stationary law
  std::optional<double> gap = {};                 ///< spectral gap of the generator
  std::string gap_remark = {};                    ///< on which grid, a sentence
};

/// One statistic between two laws over time.
struct DistanceSeries {
  std::string name, label;  ///< "total_variation", "total variation"
  std::vector<double> value;
  std::vector<double>
      exact_sample;  ///< the same statistic of an equally large exact sample; empty where no particles
  int power = 1;     ///< of a small difference of the laws that it is proportional to
};

/// The distances between one pair of laws.
struct DistancePair {
  std::string name;   ///< "density_to_stationary", "particles_to_stationary", "particles_to_density"
  std::string label;  ///< "density to the stationary law"
  std::vector<DistanceSeries> distances;
};

/// For the pictures: laws at some of the observation times, whole on the root process and small.
struct Snapshot {
  double time = 0;
  std::vector<std::vector<double>> density_marginals;  ///< per axis: cell averages of the marginal density
  std::vector<std::vector<double>>
      particles_marginals;                       ///< the same of the particles' histogram; empty if none
  law::PlaneMarginal density_plane;              ///< axes 0 and 1 where dimension > 1; masses
  std::vector<std::array<double, 3>> particles;  ///< positions of a few hundred
};

struct Pictures {
  std::vector<std::vector<double>> axis_edges;            ///< per axis, for the marginals
  std::vector<std::vector<double>> stationary_marginals;  ///< per axis; empty if none
  law::PlaneMarginal stationary_plane;                    ///< empty if none
  std::vector<Snapshot> snapshots;
};

struct ConvergenceRow {
  double size = 0;                         ///< step, or largest cell width
  std::vector<std::size_t> cells;          ///< of the spatial study; empty otherwise
  std::optional<double> expectation;       ///< of the observable, where the study has one
  double error = 0, lower = 0, upper = 0;  ///< lower = upper = error where there is no sampling
  double standard_error = 0;  ///< of the error; 0 where there is no sampling, or only the interval is known
};

/// What the errors of a study are errors against, where that is one number.
struct StudyReference {
  double value = 0, error = 0;  ///< with its own error, as far as it is known
  std::string source;           ///< "the exact law"
  bool is_own_limit = false;    ///< where the ladder itself tends, rather than a law known from elsewhere
};

struct ConvergenceStudy {
  std::string name;        ///< "space", "space-FLUX", "space-extrapolated", "weak", "invariant" or "strong"
  std::string title;       ///< for people
  std::string flux = {};   ///< of the spatial studies
  std::string scheme;      ///< face weights, or the particle scheme
  std::string method;      ///< "exact law", "successive refinement", "coupled paths", "operator"
  std::string observable;  ///< name, or "density (L1)"
  double promised = 0;     ///< the order in the table of the scheme; infinite where it is exact at any step
  bool of_gradients = false;  ///< in the learning rate of stochastic gradients
  bool is_exact = false;      ///< no error is above what it is known to
  bool at_least = false;      ///< the order promised is a lower bound: a higher one keeps the promise, too
  bool sampled = false;       ///< whether the errors are known through chance
  std::optional<StudyReference> reference = {};
  double resolution = 0;  ///< what an error is known to; 0 where that is not stated
  double cut_off = 0;     ///< probability that a path leaves the box of the operator
  std::vector<ConvergenceRow> rows;
  verification::OrderVerdict verdict;
  double seconds = 0;
};

struct Record {
  // The case.
  std::string name;  ///< of the case file, without extension
  std::string file, text, title, reference, version;
  std::string fingerprint;  ///< of the case, io::Case::fingerprint, 16 hexadecimal digits
  std::vector<std::string> variables;
  std::vector<std::string> equations;  ///< the SDE, a line for each variable, for people
  // What was found.
  std::vector<double> times;
  std::optional<DomainRecord> domain;              ///< where it was found
  std::optional<model::SurrogateFacts> surrogate;  ///< where the process is made of polynomials
  std::optional<DensityRecord> density;
  std::optional<ParticlesRecord> particles;
  std::optional<SgdRecord> sgd;
  std::optional<StationaryRecord> stationary;
  NamedSeries exact_observables;  ///< from the exact law of X_t where it is known
  std::vector<DistancePair> distances;
  std::vector<verification::Claim> claims;
  std::vector<ConvergenceStudy> convergence;        ///< by `fpk converge`
  std::optional<SgdExpectations> sgd_expectations;  ///< by `fpk converge`
  std::optional<SpectrumRecord> spectrum;           ///< by `fpk spectrum`
  std::optional<PassageRecord> passage;             ///< by `fpk passage`
  std::optional<BackwardRecord> backward;           ///< by `fpk backward`
  std::optional<EstimateRecord> estimate;           ///< by `fpk estimate`
  std::optional<GradientNoiseRecord> noise;         ///< by `fpk noise`
  std::optional<NetworkRecord> network;             ///< by `fpk network`
  std::vector<std::string> notes;  ///< anything the reader must know (cells outside, explosions, ...)
  Pictures pictures;
};

}  // namespace fpk::io
