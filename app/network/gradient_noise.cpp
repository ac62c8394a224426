// Are batch gradients normal? Along a direction v the mean of b independent rows has, exactly, variance sigma^2/b, skewness
// gamma/sqrt(b) and excess kurtosis kappa/b, with sigma, gamma, kappa of the rows' own slopes v . grad l_r; its Kolmogorov distance
// from a normal law begins as |gamma|/(6 sqrt(2 pi b)) (Berry 1941, Esseen 1942).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include "app/network/parts.hpp"
#include "sde/network/batch_rows.hpp"
#include "verification/normality.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using verification::NormalityStatistics;

/// Chains are numbered from 0; what is drawn here is from numbers that no chain has.
constexpr std::uint64_t first_number = std::uint64_t{1} << 40;

Eigen::MatrixXd directions(const NetworkTask& task, const LeadingDirections& leading) {
  const auto random = static_cast<Eigen::Index>(task.settings.noise.random);
  Eigen::MatrixXd all(leading.vectors.rows(), 2 + random);
  all.leftCols(2) = leading.vectors.leftCols(2);
  Eigen::VectorXd v(all.rows());
  for (Eigen::Index k = 0; k < random; ++k) {
    sde::draw_normals({task.settings.seed, sde::Purpose::random_direction, 0}, static_cast<std::uint64_t>(k),
                      0, v);
    all.col(2 + k) = v.normalized();
  }
  return all;
}

/// Of the rows: central moments of the standardised slopes, up to the sixth.
struct RowMoments {
  double mean = 0, variance = 0;
  std::array<double, 7> standardised{};

  explicit RowMoments(const Eigen::RowVectorXd& slopes) : mean(slopes.mean()) {
    const Eigen::ArrayXd d = slopes.transpose().array() - mean;
    variance = d.square().mean();
    for (std::size_t k = 2; k < standardised.size(); ++k)
      standardised[k] = (d / std::sqrt(variance)).pow(static_cast<double>(k)).mean();
  }
  [[nodiscard]] double skewness() const { return standardised[3]; }
  [[nodiscard]] double kurtosis() const { return standardised[4] - 3; }
  /// Of the standardised mean of b: its sixth moment, by cumulants, which add up: that of order k falls like b^(1 - k/2).
  [[nodiscard]] double sixth(double b) const {
    const auto& m = standardised;
    const double k3 = m[3], k4 = m[4] - 3, k6 = m[6] - 15 * m[4] - 10 * m[3] * m[3] + 30;
    return k6 / (b * b) + 15 * k4 / b + 10 * k3 * k3 / b + 15;
  }
};

/// The 95 % quantile over the references of |statistic|.
double upper_quantile(const std::vector<NormalityStatistics>& references,
                      double NormalityStatistics::*statistic) {
  std::vector<double> values;
  for (const auto& r : references) values.push_back(std::abs(r.*statistic));
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, values.size() * 95 / 100)];
}

std::vector<NormalityStatistics> normal_references(const NetworkTask& task) {
  const auto& s = task.settings.noise;
  std::vector<NormalityStatistics> all;
  Eigen::VectorXd z(static_cast<Eigen::Index>(s.samples));
  for (std::size_t k = 0; k < s.references; ++k) {
    sde::draw_normals({task.settings.seed, sde::Purpose::exact_sample, 0}, k, 0, z);
    all.push_back(verification::normality_statistics({z.begin(), z.end()}));
  }
  return all;
}

/// Standardised means of batches of b, one column a batch.
Eigen::MatrixXd batch_means(const NetworkTask& task, const Eigen::MatrixXd& slopes,
                            const std::vector<RowMoments>& rows, std::size_t b, std::size_t which) {
  const std::size_t samples = task.settings.noise.samples;
  Eigen::MatrixXd z(slopes.rows(), static_cast<Eigen::Index>(samples));
  std::vector<std::uint32_t> batch(b);
  for (std::size_t n = 0; n < samples; ++n) {
    sde::draw_rows({task.settings.seed, sde::Purpose::batch, 0}, first_number + which, n, task.net.rows(),
                   batch);
    auto mean = z.col(static_cast<Eigen::Index>(n));
    mean.setZero();
    for (const auto r : batch) mean += slopes.col(r);
    mean /= static_cast<double>(b);
  }
  for (Eigen::Index k = 0; k < z.rows(); ++k) {
    const auto& m = rows[static_cast<std::size_t>(k)];
    z.row(k).array() = (z.row(k).array() - m.mean) / std::sqrt(m.variance / static_cast<double>(b));
  }
  return z;
}

io::NormalityRecord normality(const Eigen::RowVectorXd& z, const RowMoments& rows, std::size_t batch,
                              const std::vector<NormalityStatistics>& references) {
  const auto b = static_cast<double>(batch), n = static_cast<double>(z.size());
  const auto s = verification::normality_statistics({z.begin(), z.end()});
  io::NormalityRecord r;
  r.batch = batch;
  r.expected_skewness = rows.skewness() / std::sqrt(b);
  r.expected_kurtosis = rows.kurtosis() / b;
  r.skewness = s.skewness;
  r.kurtosis = s.kurtosis;
  r.distance = s.distance;
  r.anderson_darling = s.anderson_darling;
  r.berry_esseen = std::abs(r.expected_skewness) / (6 * std::sqrt(2 * std::numbers::pi));
  r.normal_skewness = upper_quantile(references, &NormalityStatistics::skewness);
  r.normal_kurtosis = upper_quantile(references, &NormalityStatistics::kurtosis);
  r.normal_distance = upper_quantile(references, &NormalityStatistics::distance);
  r.normal_anderson_darling = upper_quantile(references, &NormalityStatistics::anderson_darling);
  // Against the rows' own moments, in standard errors: E z^2 = 1 with Var z^2 = 2 + kappa/b, E z^3 = gamma/sqrt(b).
  r.variance_ratio = z.array().square().mean();
  r.variance_deviation = (r.variance_ratio - 1) / std::sqrt((2 + r.expected_kurtosis) / n);
  r.skewness_deviation = (z.array().cube().mean() - r.expected_skewness) /
                         std::sqrt((rows.sixth(b) - r.expected_skewness * r.expected_skewness) / n);
  return r;
}

std::string direction_name(Eigen::Index k) {
  return k < 2 ? "hessian-" + std::to_string(k + 1) : "random-" + std::to_string(k - 1);
}

/// Of standardised numbers between -4 and 4.
std::vector<double> histogram(const Eigen::RowVectorXd& z, const std::vector<double>& edges) {
  std::vector<double> density(edges.size() - 1, 0);
  const double width = edges[1] - edges[0];
  for (const double x : z) {
    const double place = std::floor((x - edges.front()) / width);
    if (place >= 0 && place < static_cast<double>(density.size()))
      density[static_cast<std::size_t>(place)] += 1 / (width * static_cast<double>(z.size()));
  }
  return density;
}

}  // namespace

void look_at_noise(const NetworkTask& task, const Eigen::VectorXd& theta, const LeadingDirections& leading,
                   io::NetworkNoiseRecord& record) {
  const auto begin = Clock::now();
  const auto& s = task.settings.noise;
  const Eigen::MatrixXd slopes = model::all_slopes(task.net, theta, directions(task, leading));
  const auto references = normal_references(task);
  record.samples = s.samples;
  record.references = s.references;
  constexpr int bins = 32;
  for (int i = 0; i <= bins; ++i) record.histogram_edges.push_back(-4 + 8.0 * i / bins);
  std::vector<RowMoments> rows;
  for (Eigen::Index k = 0; k < slopes.rows(); ++k) {
    rows.emplace_back(slopes.row(k));
    record.directions.push_back(
        {direction_name(k), rows.back().variance, rows.back().skewness(), rows.back().kurtosis(), {}});
  }
  io::Progress progress("noise", static_cast<double>(s.batches.size()), task.progress, "batch sizes");
  for (std::size_t which = 0; which < s.batches.size(); ++which) {
    const auto z = batch_means(task, slopes, rows, s.batches[which], which);
    for (std::size_t k = 0; k < rows.size(); ++k)
      record.directions[k].batches.push_back(
          normality(z.row(static_cast<Eigen::Index>(k)), rows[k], s.batches[which], references));
    record.histogram_density.push_back(histogram(z.row(0), record.histogram_edges));
    progress.update(static_cast<double>(which + 1));
  }
  progress.finish();
  record.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace fpk::app
