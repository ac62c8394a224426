#include "app/noise_sampling.hpp"

#include <algorithm>
#include <cmath>

#include "parallel/threads.hpp"
#include "sde/sgd/batch_gradients.hpp"
#include "verification/gaussianity/anderson_darling.hpp"
#include "verification/gaussianity/kolmogorov.hpp"
#include "verification/gaussianity/tail_index.hpp"
#include "verification/straight_line.hpp"

namespace fpk::app {
namespace {

using model::Sampling;

constexpr double no_part = 1e-10;   ///< of tr Sigma: a variance that is rounding
constexpr double covered = 0.95;    ///< share of the replicates within a band
constexpr double sigmas_95 = 1.96;  ///< half width of an interval of 95 %
constexpr double resolved = 0.05;   ///< an exact distance is known to this share of itself, to tell a rate

std::span<const double> entries(const Eigen::MatrixXd& x) {
  return {x.data(), static_cast<std::size_t>(x.size())};
}

/// The coordinates of all points, one point after another: how gradient noise is thrown together in the literature.
Eigen::MatrixXd pooled(const Eigen::MatrixXd& points) { return points.transpose(); }

std::uint64_t step_of(std::size_t index, std::uint64_t within) { return std::uint64_t{index} << 24 | within; }

io::GaussianReference band(std::vector<double> values) {
  std::ranges::sort(values);
  const auto n = static_cast<double>(values.size());
  const auto cut = static_cast<std::size_t>(n * (1 - covered) / 2);
  io::GaussianReference r{0, values[cut], values[values.size() - 1 - cut]};
  for (const double v : values) r.mean += v / n;
  return r;
}

/// Sigma = root root^T, whatever the rank.
Eigen::MatrixXd root_of(const Eigen::MatrixXd& Sigma) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(Sigma);
  return modes.eigenvectors() * modes.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
}

/// Eigenvector of the eigenvalue that is largest in size, its largest component positive.
Eigen::VectorXd leading(const Eigen::MatrixXd& A) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(A);
  Eigen::Index k = 0, largest = 0;
  modes.eigenvalues().cwiseAbs().maxCoeff(&k);
  const Eigen::VectorXd u = modes.eigenvectors().col(k);
  u.cwiseAbs().maxCoeff(&largest);
  return u[largest] < 0 ? Eigen::VectorXd(-u) : u;
}

Eigen::VectorXd direction_of(const std::string& name, const std::vector<std::string>& parameters,
                             const model::GradientNoise& noise) {
  if (name == "noise") return leading(noise.covariance);
  if (name == "hessian") return leading(noise.hessian);
  const auto k = std::ranges::find(parameters, name) - parameters.begin();
  return Eigen::VectorXd::Unit(noise.gradient.size(), k);
}

class PointSampling {
 public:
  PointSampling(const io::NoiseSettings& settings, const model::GradientNoise& noise, std::size_t index,
                io::NoisePoint& point, NoiseComparisons& comparisons)
      : settings_(settings), noise_(noise), index_(index), point_(point), comparisons_(comparisons) {}

  void find_directions(const std::vector<std::string>& parameters) {
    for (const auto& name : settings_.directions) {
      const Eigen::VectorXd u = direction_of(name, parameters, noise_);
      if (!(u.dot(noise_.covariance * u) > no_part * noise_.covariance.trace())) continue;
      const Eigen::VectorXd values = noise_.rows * u;
      io::NoiseDirection direction{.name = name,
                                   .along = {u.begin(), u.end()},
                                   .shape = verification::population_shape(entries(values))};
      direction.normal_from = normal_from(direction.shape);
      point_.directions.push_back(std::move(direction));
      values_.push_back(values);
      if (parameters.size() == 1) break;  // they are all the same
    }
  }

  void find_reference() {
    const Eigen::MatrixXd root = root_of(noise_.covariance);
    const auto n = settings_.samples;
    std::vector<double> indices;
    for (std::size_t r = 0; r < settings_.replicates; ++r)
      indices.push_back(stable(sde::normal_points(root, n, {settings_.seed, sde::Purpose::normal_points},
                                                  step_of(index_ + 1, r))));
    point_.stable_reference = band(std::move(indices));
  }

  void sample(Sampling sampling) {
    io::SampledNoise sampled{std::string(name(sampling)), {}, {}};
    const auto exact = exact_distances(sampling == Sampling::with_replacement);
    for (std::size_t k = 0; k < settings_.batches.size(); ++k)
      sampled.batches.push_back(batch(sampling, settings_.batches[k], exact[k]));
    sampled.exponent = exponent(sampled.batches);
    if (sampling == Sampling::with_replacement) find_rates(sampled.batches);
    point_.samplings.push_back(std::move(sampled));
  }

 private:
  using Exact = std::vector<std::optional<verification::KnownDistance>>;  ///< of each direction

  [[nodiscard]] double stable(const Eigen::MatrixXd& points) const {
    const auto d = static_cast<std::size_t>(points.cols());
    const Eigen::MatrixXd x = pooled(points);
    return verification::stable_index(entries(x), stable_group(settings_.samples, d));
  }

  [[nodiscard]] double normal_from(const verification::PopulationShape& shape) const {
    const double one = verification::edgeworth_distance(shape, 1, true);
    const double ratio = one / verification::kolmogorov_critical(1 - covered, settings_.samples);
    return std::max(1.0, std::ceil(ratio * ratio));
  }

  /// [batch][direction]
  [[nodiscard]] std::vector<Exact> exact_distances(bool with_replacement) const {
    const std::size_t D = values_.size();
    std::vector<Exact> exact(settings_.batches.size(), Exact(D));
    parallel::for_each_chunk(exact.size() * D, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t i = begin; i < end; ++i)
        exact[i / D][i % D] = verification::distance_of_mean(entries(values_[i % D]),
                                                             settings_.batches[i / D], with_replacement);
    });
    return exact;
  }

  io::BatchNoise batch(Sampling sampling, std::size_t b, const Exact& exact) {
    const auto N = static_cast<std::size_t>(noise_.rows.rows());
    const double c = model::finite_population_factor(sampling, N, static_cast<double>(b))
                         .constant()
                         .value_or(std::nan(""));
    const bool with_replacement = sampling == Sampling::with_replacement;
    const auto draws = sde::batch_gradients(noise_.rows, b, sampling, settings_.samples,
                                            {settings_.seed, sde::Purpose::gradient_noise},
                                            step_of(2 * index_ + (with_replacement ? 0 : 1), b));
    io::BatchNoise r{.batch = b, .factor = c / static_cast<double>(b)};
    judge(draws, r);
    if (!(r.factor > 0) || !(noise_.covariance.trace() > 0)) return r;
    const Eigen::MatrixXd x = draws.rowwise() - noise_.gradient.transpose();
    r.stable_index = stable(x);
    if (point_.shape.rank == static_cast<std::size_t>(x.cols())) r.mardia = verification::mardia_tests(x);
    for (std::size_t k = 0; k < values_.size(); ++k) {
      const Eigen::VectorXd u =
          Eigen::Map<const Eigen::VectorXd>(point_.directions[k].along.data(), x.cols());
      const auto& shape = point_.directions[k].shape;
      r.along.push_back(projected(x * u / (shape.deviation * std::sqrt(r.factor))));
      auto& p = r.along.back();
      p.expected_skewness = verification::skewness_of_mean(shape, b, with_replacement);
      p.edgeworth = verification::edgeworth_distance(shape, b, with_replacement);
      if (with_replacement) p.bound = verification::berry_esseen_bound(shape, b);
      p.exact = exact[k];
      if (p.exact) comparisons_.distances.push_back({p.kolmogorov.statistic, *p.exact});
    }
    return r;
  }

  void judge(const Eigen::MatrixXd& draws, io::BatchNoise& r) {
    const auto a = verification::covariance_agreement(draws, noise_.gradient, noise_.covariance, r.factor);
    r.trace = a.trace, r.trace_error = a.trace_error, r.expected_trace = a.expected_trace;
    for (const double z : a.mean_z) r.mean_z = std::max(r.mean_z, z);
    for (const double z : a.covariance_z) r.covariance_z = std::max(r.covariance_z, z);
    comparisons_.mean_z.insert(comparisons_.mean_z.end(), a.mean_z.begin(), a.mean_z.end());
    comparisons_.covariance_z.insert(comparisons_.covariance_z.end(), a.covariance_z.begin(),
                                     a.covariance_z.end());
  }

  [[nodiscard]] io::ProjectedNoise projected(Eigen::VectorXd z) const {
    io::ProjectedNoise p;
    p.skewness = z.array().cube().mean();
    p.hill_index = verification::hill_index(entries(z), hill_count(settings_.samples));
    std::ranges::sort(z);
    p.kolmogorov = verification::kolmogorov_test(entries(z));
    p.anderson_darling = verification::anderson_darling_test(entries(z));
    return p;
  }

  /// Slope of ln(trace / c) in ln b.
  [[nodiscard]] static std::optional<verification::Order> exponent(
      const std::vector<io::BatchNoise>& batches) {
    std::vector<verification::LinePoint> points;
    for (const auto& r : batches) {
      if (!(r.trace_error > 0)) continue;
      const double b = static_cast<double>(r.batch), relative = r.trace_error / r.trace;
      points.push_back({std::log(b), std::log(r.trace / (r.factor * b)), 1 / (relative * relative)});
    }
    if (points.size() < 2) return std::nullopt;
    const auto line = verification::fit_line(points);
    const double half = sigmas_95 * std::sqrt(line.slope_variance);
    return verification::Order{line.slope, line.slope - half, line.slope + half};
  }

  /// The rate of the exact distances in 1/b, from where the expansion has settled.
  void find_rates(const std::vector<io::BatchNoise>& batches) {
    for (std::size_t k = 0; k < point_.directions.size(); ++k) {
      auto& direction = point_.directions[k];
      direction.promised_rate = verification::rate_of_distance(direction.shape);
      std::vector<verification::Rung> rungs;
      for (const auto& r : batches) {
        const auto& exact = r.along[k].exact;
        if (exact && exact->error <= resolved * exact->value &&
            verification::is_settled(direction.shape, r.batch))
          rungs.push_back({1 / static_cast<double>(r.batch), exact->value, 0});
      }
      direction.rate = verification::order_of_errors(rungs, 0);
    }
  }

  const io::NoiseSettings& settings_;
  const model::GradientNoise& noise_;
  std::size_t index_;
  io::NoisePoint& point_;
  NoiseComparisons& comparisons_;
  std::vector<Eigen::MatrixXd> values_;  ///< rows' gradients along each direction
};

}  // namespace

std::size_t stable_group(std::size_t n, std::size_t d) {
  return std::max<std::size_t>(2, static_cast<std::size_t>(std::sqrt(static_cast<double>(n * d))));
}

std::size_t hill_count(std::size_t n) { return std::max<std::size_t>(10, n / 100); }

io::GaussianReference hill_reference(const io::NoiseSettings& settings) {
  std::vector<double> indices;
  for (std::size_t r = 0; r < settings.replicates; ++r) {
    const auto z = sde::normal_points(Eigen::MatrixXd::Identity(1, 1), settings.samples,
                                      {settings.seed, sde::Purpose::normal_points}, step_of(0, r));
    indices.push_back(verification::hill_index(entries(z), hill_count(settings.samples)));
  }
  return band(std::move(indices));
}

void sample_noise(const io::NoiseSettings& settings, const std::vector<std::string>& parameters,
                  const model::GradientNoise& noise, std::size_t index, io::NoisePoint& point,
                  NoiseComparisons& comparisons) {
  PointSampling sampling(settings, noise, index, point, comparisons);
  sampling.find_directions(parameters);
  sampling.find_reference();
  sampling.sample(Sampling::with_replacement);
  sampling.sample(Sampling::without_replacement);
}

}  // namespace fpk::app
