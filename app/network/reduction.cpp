// The reduction of a chain in many parameters to a Fokker-Planck equation on a plane, and its error, in parts that are told apart:
//
//     chain  --- the rest held fixed --->  frozen chain  --- Gaussian noise in continuous time --->  density on the plane
//          error of the reduction,                     error of the diffusion,
//          on the same batches                         known from linear theory to first order
//
// The rest is not frozen. In the Hessian's eigenvectors it is decoupled from the plane to first order only; beyond, its fluctuations
// push along the plane by (1/2) T_iab E[x_a x_b] (model/network/linear_modes.hpp). The "relaxed" density has that force, for a rest
// that is an Ornstein-Uhlenbeck process in the leading modes.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>

#include "app/network/parts.hpp"
#include "app/network/plane_chains.hpp"
#include "app/network/plane_density.hpp"
#include "app/network/plane_moments.hpp"
#include "model/network/linear_modes.hpp"
#include "model/network/plane_surrogate.hpp"
#include "sde/noise/uniform.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Numbers that no chain of the training has.
constexpr std::uint64_t first_number = std::uint64_t{1} << 32;
/// Chains whose gradient at the end is looked at: two sums over all rows each.
constexpr std::size_t gradients = 48;
/// Samples of exact points to set a distance beside.
constexpr std::size_t references = 20;
/// Of the time between two observations.
constexpr std::size_t pieces = 4;
constexpr std::size_t most_pixels = 96;
const std::array<std::string, 2> variables{"z1", "z2"};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

class Reduction {
 public:
  Reduction(const model::SampledLoss& loss, const io::ReductionSettings& settings, std::uint64_t seed,
            const VectorXd& theta, const LeadingDirections& leading, const parallel::Communicator& processes,
            io::Progress::Style progress, io::ReductionRecord& record)
      : loss_(loss),
        s_(settings),
        seed_(seed),
        plane_{theta, leading.vectors.leftCols(2)},
        leading_(leading),
        processes_(processes),
        progress_(progress),
        r_(record) {}

  void run(double noise_trace) {
    linearise(noise_trace);
    make_surrogate();
    run_chains();
    run_densities();
    r_.force = force_error(chains_, model::mean_force(modes_, T_, r_.times.back().time));
  }

 private:
  [[nodiscard]] double eta() const { return s_.learning_rate; }
  [[nodiscard]] double b() const { return static_cast<double>(s_.batch); }

  /// Modes, their noise, and the force of their fluctuations on the plane; the rectangle follows from them.
  void linearise(double noise_trace) {
    const auto at = model::project(loss_, plane_.origin, leading_.vectors);
    modes_.lambda = leading_.values;
    modes_.g = at.gradient;
    modes_.Q = eta() / b() * at.covariance;
    modes_.Q.diagonal().array() += 2 * s_.temperature;
    T_ = model::third_derivatives(loss_, plane_.origin, leading_.vectors, 2);
    const double end = eta() * static_cast<double>(s_.steps);
    for (std::size_t k = 0; k < 2; ++k) {
      const auto i = static_cast<Index>(k);
      r_.eigenvalues[k] = modes_.lambda[i];
      r_.deviation[k] =
          std::sqrt(std::max(modes_.covariance(end)(i, i), modes_.chain_covariance(eta(), s_.steps)(i, i)));
      r_.half_width[k] = s_.half_width * r_.deviation[k] + std::abs(modes_.mean(end)[i]);
    }
    const Index rest = leading_.values.size() - 2;
    r_.rest_modes = static_cast<std::size_t>(rest);
    r_.rest_noise =
        at.covariance.diagonal().tail(rest).sum() / (noise_trace - at.covariance.diagonal().head(2).sum());
  }

  void make_surrogate() {
    const auto begin = Clock::now();
    io::Progress bar("plane", static_cast<double>(model::evaluations(s_.degree)), progress_, "evaluations");
    double done = 0;
    surrogate_ = model::plane_surrogate(
        [&](double z1, double z2) {
          return model::project(loss_, plane_.origin + plane_.V * Eigen::Vector2d(z1, z2), plane_.V);
        },
        r_.half_width, s_.degree, [&] { bar.update(done += 1); });
    bar.finish();
    r_.degree = s_.degree;
    r_.checks = surrogate_.checks;
    r_.loss_error = surrogate_.loss_error;
    r_.gradient_error = surrogate_.gradient_error;
    r_.covariance_error = surrogate_.covariance_error;
    r_.surrogate_seconds = seconds_since(begin);
  }

  void run_chains() {
    const auto begin = Clock::now();
    std::vector<std::uint64_t> steps;
    for (std::size_t k = 1; k <= s_.observe; ++k) steps.push_back(s_.steps / s_.observe * k);
    const auto count = static_cast<std::size_t>(s_.replicas);
    io::Progress bar("chains", static_cast<double>(count), progress_, "chains");
    std::mutex lock;
    double done = 0;
    chains_ = plane_chains(
        loss_, plane_,
        {.learning_rate = eta(), .batch = s_.batch, .temperature = s_.temperature, .seed = seed_},
        first_number, count, steps, gradients, processes_, [&] {
          const std::scoped_lock hold(lock);
          bar.update(done += processes_.size());
        });
    bar.finish();
    for (std::size_t k = 0; k < steps.size(); ++k) r_.times.push_back(reading(k, steps[k]));
    r_.chain_seconds = seconds_since(begin);
  }

  io::ReductionTimeRecord reading(std::size_t k, std::uint64_t step) {
    io::ReductionTimeRecord t;
    t.step = step;
    t.time = eta() * static_cast<double>(step);
    const MatrixXd &free = chains_.free[k], &frozen = chains_.frozen[k];
    const MatrixXd of_free = moment_terms(free), of_frozen = moment_terms(frozen);
    set_means(of_free, t.chain, t.chain_error);
    set_means(of_frozen, t.frozen, t.frozen_error);
    set_means(of_free - of_frozen, t.difference, t.difference_error);
    t.linear = moments(modes_.mean(t.time), modes_.covariance(t.time));
    t.linear_chain = moments(modes_.chain_mean(eta(), step), modes_.chain_covariance(eta(), step));
    t.outside = share_outside(free, r_.half_width);
    t.frozen_outside = share_outside(frozen, r_.half_width);
    t.rest = std::sqrt(chains_.rest[k].squaredNorm() / static_cast<double>(free.cols()));
    return t;
  }

  void run_densities() {
    const auto begin = Clock::now();
    std::vector<double> times{0};
    for (const auto& t : r_.times) times.push_back(t.time);
    const auto problem = plane_case(process({}), r_.half_width, s_.cells, times);
    const law::GridPart part(law::Grid(problem.axes), processes_);
    r_.cells = s_.cells;
    DensityRoad road(problem, part);
    r_.propagator = road.propagator().name;
    io::Progress bar("density", times.back(), progress_);
    for (std::size_t k = 1; k < times.size(); ++k) {
      road.advance(times[k], [&](double t) { bar.update(t); });
      read_frozen(k - 1, road.law());
    }
    bar.finish();
    compare_with_coarse(problem);
    follow_relaxed(problem, part);
    r_.density_seconds = seconds_since(begin);
  }

  [[nodiscard]] model::Process process(const std::array<double, 2>& force) const {
    return model::plane_diffusion(surrogate_, eta(), b(), s_.temperature, variables, force);
  }

  /// The error of the grid is a third of what half as many cells change, where it is of second order.
  void compare_with_coarse(const io::Case& problem) {
    DensityRoad road(problem, scaled_grid(problem, 1, 2, processes_));
    for (auto& t : r_.times) {
      road.advance(t.time);
      const auto coarse = moments(road.part(), road.law().masses());
      for (std::size_t k = 0; k < coarse.size(); ++k) t.grid_change[k] = std::abs(t.density[k] - coarse[k]);
    }
  }

  /// The force stands still for a while at its value at the middle: second order in that while, and a generator that is constant.
  void follow_relaxed(const io::Case& problem, const law::GridPart& part) {
    const auto cells = std::make_shared<law::CellShape>(part);
    law::Density density(cells, problem.initial->cell_masses(part));
    io::Progress bar("relaxed", problem.times.back(), progress_);
    double from = 0;
    for (std::size_t k = 1; k < problem.times.size(); ++k) {
      const double start = from;
      for (std::size_t piece = 1; piece <= pieces; ++piece) {
        const double to = start + (problem.times[k] - start) * static_cast<double>(piece) / pieces;
        const VectorXd f = model::mean_force(modes_, T_, 0.5 * (from + to));
        advance(problem, process({f[0], f[1]}), part, to - from, density.masses());
        bar.update(from = to);
      }
      read_relaxed(k - 1, density);
    }
    bar.finish();
  }

  [[nodiscard]] io::PlaneDistanceRecord distance(const law::Density& density, const MatrixXd& points,
                                                 std::size_t k) const {
    return plane_distance(
        density.part(), density.masses(), points, references, [&](std::int64_t i, std::size_t sample) {
          return sde::uniform(seed_, sde::Purpose::exact_sample, static_cast<std::uint64_t>(i),
                              (std::uint64_t{1} << 40) + k * references + sample);
        });
  }

  void read_frozen(std::size_t k, const law::Density& density) {
    auto& t = r_.times[k];
    t.density = moments(density.part(), density.masses());
    t.mass = density.total_mass();
    t.minimum = density.minimum();
    t.chain_to_density = distance(density, chains_.free[k], k);
    t.frozen_to_density = distance(density, chains_.frozen[k], k);
    if (k + 1 < r_.times.size()) return;
    draw(density.part(), density.masses(), r_.density_marginal);
    draw(density.part(), histogram(density.part(), chains_.free[k]), r_.chain_marginal);
    draw(density.part(), histogram(density.part(), chains_.frozen[k]), r_.frozen_marginal);
    for (std::size_t a = 0; a < 2; ++a) r_.edges[a] = density.part().grid().axis(a).edges();
    r_.density_plane = law::plane_marginal(density.part(), density.masses(), 0, 1, most_pixels);
    std::vector<double> loss(density.part().size());
    for (std::size_t c = 0; c < loss.size(); ++c) {
      const auto z = density.part().grid().center(density.part().index(c));
      loss[c] =
          (surrogate_.loss[0].value(z[0], z[1]) - surrogate_.loss[0].value(0, 0)) * density.part().volume(c);
    }
    r_.loss_plane = law::plane_marginal(density.part(), loss, 0, 1, most_pixels);
    for (Index n = 0; n < chains_.free[k].cols(); ++n) {
      r_.chain_points.push_back({chains_.free[k](0, n), chains_.free[k](1, n), 0});
      r_.frozen_points.push_back({chains_.frozen[k](0, n), chains_.frozen[k](1, n), 0});
    }
  }

  void read_relaxed(std::size_t k, const law::Density& density) {
    auto& t = r_.times[k];
    t.relaxed = moments(density.part(), density.masses());
    t.chain_to_relaxed = distance(density, chains_.free[k], k);
    if (k + 1 == r_.times.size()) draw(density.part(), density.masses(), r_.relaxed_marginal);
  }

  static void draw(const law::GridPart& part, std::span<const double> masses,
                   std::array<std::vector<double>, 2>& to) {
    for (std::size_t a = 0; a < 2; ++a) {
      to[a] = law::marginal(part, masses, a);
      for (std::size_t i = 0; i < to[a].size(); ++i) to[a][i] /= part.grid().axis(a).width(i);
    }
  }

  const model::SampledLoss& loss_;
  const io::ReductionSettings& s_;
  std::uint64_t seed_;
  sde::Plane plane_;
  const LeadingDirections& leading_;
  const parallel::Communicator& processes_;
  io::Progress::Style progress_;
  io::ReductionRecord& r_;
  model::LinearModes modes_;
  std::vector<MatrixXd> T_;
  model::PlaneSurrogate surrogate_;
  PlaneChains chains_;
};

}  // namespace

void reduce(const model::SampledLoss& loss, const io::ReductionSettings& settings, std::uint64_t seed,
            const VectorXd& theta, const LeadingDirections& leading, double noise_trace,
            const parallel::Communicator& processes, io::Progress::Style progress,
            io::ReductionRecord& record) {
  record.learning_rate = settings.learning_rate;
  record.temperature = settings.temperature;
  record.batch = settings.batch;
  record.replicas = settings.replicas;
  Reduction(loss, settings, seed, theta, leading, processes, progress, record).run(noise_trace);
}

}  // namespace fpk::app
