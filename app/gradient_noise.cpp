#include "app/gradient_noise.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/begin_record.hpp"
#include "app/gradient_noise_fields.hpp"
#include "app/noise_claims.hpp"
#include "app/noise_path.hpp"
#include "app/noise_sampling.hpp"
#include "io/refusal.hpp"
#include "verification/gaussianity/kolmogorov.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t largest_preset = 256;

void check(const io::Case& problem) {
  if (!problem.loss)
    io::refuse(problem, "process", "the process does not come from a loss on data",
               "give process.data and process.loss");
}

/// Where the case lists none: powers of two, and that of [sgd].
std::vector<std::size_t> batches_of(const io::Case& problem) {
  auto batches = problem.noise.batches;
  if (!batches.empty()) return batches;
  const std::size_t N = problem.loss->rows->rows();
  for (std::size_t b = 1; b <= std::min(largest_preset, std::max<std::size_t>(N / 2, 1)); b *= 2)
    batches.push_back(b);
  if (problem.sgd)
    if (const auto b = problem.sgd->chain.batch.constant(); b && *b <= static_cast<double>(N))
      batches.push_back(static_cast<std::size_t>(*b));
  std::ranges::sort(batches);
  batches.erase(std::ranges::unique(batches).begin(), batches.end());
  return batches;
}

/// eta c tr Sigma / (2 b d): the temperature of isotropic noise of the same trace as the case's chain has.
std::optional<double> temperature(const io::Case& problem, const model::GradientNoise& noise) {
  if (!problem.sgd) return std::nullopt;
  const auto& chain = problem.sgd->chain;
  const auto b = chain.batch.constant(), c = chain.finite_population_factor().constant();
  if (!b || !c) return std::nullopt;
  const auto d = static_cast<double>(noise.gradient.size());
  return chain.learning_rate * *c * noise.covariance.trace() / (2 * *b * d);
}

/// The largest difference of the compiled covariance from that of the rows, over its largest entry.
double formula_error(const formula::Program& covariance, const std::vector<double>& at,
                     const Eigen::MatrixXd& Sigma) {
  const auto values = covariance(at);
  const Eigen::MatrixXd compiled =
      Eigen::Map<const Eigen::MatrixXd>(values.data(), Sigma.rows(), Sigma.cols());
  const double size = Sigma.cwiseAbs().maxCoeff(), difference = (compiled - Sigma).cwiseAbs().maxCoeff();
  return difference == 0 ? 0 : difference / size;
}

formula::Program covariance_program(const model::RowLoss& loss) {
  std::vector<formula::Formula> entries;
  for (const auto& row : model::gradient_covariance(loss))
    entries.insert(entries.end(), row.begin(), row.end());
  return {entries, loss.parameters};
}

/// Whether the cells of the case are cells of the parameters: not where the diffusion has velocities.
bool has_grid_of_parameters(const io::Case& problem) {
  return problem.process.dimension() == problem.loss->dimension() &&
         problem.axes.size() == problem.loss->dimension() && problem.axes.size() <= law::max_dimension;
}

void make_fields(const io::Case& problem, const parallel::Communicator& processes, const io::TakeFields& take,
                 io::Record& record) {
  if (!has_grid_of_parameters(problem)) {
    record.notes.emplace_back("There are no fields: the axes of the case are more than its parameters.");
    return;
  }
  const law::GridPart part(law::Grid(problem.axes), processes);
  auto made = gradient_noise_fields(*problem.loss, part);
  for (const auto& axis : problem.axes) record.noise->cells.push_back(axis.cells());
  record.noise->pictures = std::move(made.pictures);
  if (take) take(part, made.fields);
}

/// What a reader must know beside the numbers.
void add_notes(const io::NoiseSettings& settings, io::Record& record) {
  for (const auto& p : record.noise->points)
    if (!(p.shape.trace > 0)) {
      record.notes.emplace_back(
          "At some points all rows have the same gradient: there is no noise to look at.");
      break;
    }
  for (const auto& p : record.noise->points)
    if (p.directions.size() < settings.directions.size() && p.at.size() > 1) {
      record.notes.emplace_back(
          "At some points no gradient varies along one of the directions; it is left out there.");
      break;
    }
}

}  // namespace

io::Record gradient_noise(const io::Case& problem, const parallel::Communicator& processes,
                          const io::TakeFields& take) {
  check(problem);
  const auto start = Clock::now();
  io::Record record = begin_record(problem);
  record.times.clear();
  record.equations.clear();  // of a diffusion, which nothing here is about
  record.noise.emplace();
  auto& r = *record.noise;
  auto settings = problem.noise;
  settings.batches = batches_of(problem);
  r.parameters = problem.loss->parameters;
  r.rows = problem.loss->rows->rows();
  r.row_loss = problem.loss->row.text(), r.regulariser = problem.loss->regulariser.text();
  r.samples = settings.samples, r.replicates = settings.replicates, r.seed = settings.seed;
  r.stable_group = stable_group(r.samples, r.parameters.size());
  r.hill_count = hill_count(r.samples);
  r.hill_reference = hill_reference(settings);
  r.resolution = verification::kolmogorov_critical(0.05, r.samples);

  const model::GradientNoiseProgram program(*problem.loss);
  const auto compiled = covariance_program(*problem.loss);
  NoiseComparisons comparisons;
  double error = 0;
  for (const auto& place : noise_path(problem)) {
    io::NoisePoint point{.at = place.at, .length = place.length, .noise = program(place.at)};
    if (!std::isnan(place.time)) point.time = place.time;
    error = std::max(error, formula_error(compiled, place.at, point.noise.covariance));
    point.shape = model::noise_shape(point.noise.covariance, point.noise.hessian);
    point.temperature = temperature(problem, point.noise);
    sample_noise(settings, r.parameters, point.noise, r.points.size(), point, comparisons);
    point.noise.rows.resize(0, 0);
    r.points.push_back(std::move(point));
  }
  record.claims = noise_claims(r, comparisons, error);
  make_fields(problem, processes, take, record);
  add_notes(settings, record);
  r.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return record;
}

}  // namespace fpk::app
