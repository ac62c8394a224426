#include "app/sgd_stationary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/run_claims.hpp"
#include "law/density.hpp"
#include "law/quadrature.hpp"
#include "model/lowest_minimum.hpp"
#include "model/sgd/stationary_covariance.hpp"
#include "sde/noise/uniform.hpp"
#include "verification/distance/distance.hpp"
#include "verification/exact_sample.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::app {
namespace {

using formula::Formula;
using law::Estimate;

/// The chains are judged by their stationary moments where they remember less than this of their start.
constexpr double forgotten = 1e-6;
constexpr int bisections = 200;
/// Numbers of exact samples from here on are not those of Comparison.
constexpr std::size_t first_sample = 1 << 20;

io::Rows rows_of(const Eigen::MatrixXd& M) {
  io::Rows rows;
  for (Eigen::Index i = 0; i < M.rows(); ++i) {
    rows.emplace_back();
    for (Eigen::Index j = 0; j < M.cols(); ++j) rows.back().push_back(M(i, j));
  }
  return rows;
}

std::vector<std::array<double, 2>> sides_of(const model::Domain& domain, std::size_t parameters) {
  std::vector<std::array<double, 2>> sides;
  for (std::size_t a = 0; a < parameters; ++a)
    sides.push_back({domain.sides[a].lower, domain.sides[a].upper});
  return sides;
}

std::vector<law::Observable> coordinates(const std::vector<std::string>& names) {
  std::vector<law::Observable> all;
  for (const auto& n : names) all.push_back({n, Formula::variable(n)});
  return all;
}

/// (x_i - m_i)(x_j - m_j), row by row.
std::vector<law::Observable> products(const std::vector<std::string>& names,
                                      const std::vector<double>& mean) {
  std::vector<law::Observable> all;
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = 0; j < names.size(); ++j)
      all.push_back({names[i] + " " + names[j], (Formula::variable(names[i]) - Formula(mean[i])) *
                                                    (Formula::variable(names[j]) - Formula(mean[j]))});
  return all;
}

std::vector<double> values_of(const std::vector<Estimate>& estimates) {
  std::vector<double> values;
  for (const auto& e : estimates) values.push_back(e.value);
  return values;
}

std::vector<double> errors_of(const std::vector<Estimate>& estimates) {
  std::vector<double> errors;
  for (const auto& e : estimates) errors.push_back(e.standard_error);
  return errors;
}

io::Rows square(const std::vector<double>& values, std::size_t d) {
  io::Rows rows;
  for (std::size_t i = 0; i < d; ++i)
    rows.emplace_back(values.begin() + static_cast<std::ptrdiff_t>(i * d),
                      values.begin() + static_cast<std::ptrdiff_t>((i + 1) * d));
  return rows;
}

io::Rows covariance_of(const law::Law& law, const std::vector<std::string>& names) {
  const auto mean = values_of(law.expectations(coordinates(names)));
  return square(values_of(law.expectations(products(names, mean))), names.size());
}

/// exp(-L/T) / Z with a mass in each cell of the part that is its value at the centre times the cell's volume.
class GibbsFamily {
 public:
  GibbsFamily(const law::GridPart& part, const Formula& L) : part_(part), loss_(law::center_values(part, L)) {
    least_ = part.processes().min(loss_.empty() ? std::numeric_limits<double>::infinity()
                                                : *std::ranges::min_element(loss_));
  }

  [[nodiscard]] std::vector<double> masses(double T) const {
    std::vector<double> m(loss_.size());
    double total = 0;
    for (std::size_t i = 0; i < m.size(); ++i) {
      m[i] = std::exp(-(loss_[i] - least_) / T) * part_.volume(i);
      total += m[i];
    }
    total = part_.processes().sum(total);
    for (double& x : m) x /= total;
    return m;
  }

  [[nodiscard]] double mean_loss(double T) const {
    const auto m = masses(T);
    double mean = 0;
    for (std::size_t i = 0; i < m.size(); ++i) mean += m[i] * loss_[i];
    return part_.processes().sum(mean);
  }

  /// The temperature of a mean loss; nothing where none of the box's has it. The mean grows with T.
  [[nodiscard]] std::optional<double> temperature_of(double mean) const {
    double low = 1e-12, high = 1e12;
    if (!(mean > mean_loss(low)) || !(mean < mean_loss(high))) return std::nullopt;
    for (int k = 0; k < bisections && high / low > 1 + 1e-12; ++k) {
      const double middle = std::sqrt(low * high);
      (mean_loss(middle) < mean ? low : high) = middle;
    }
    return std::sqrt(low * high);
  }

 private:
  const law::GridPart& part_;
  std::vector<double> loss_;
  double least_;
};

double distance(std::string_view name, const law::GridPart& part, std::span<const double> p,
                std::span<const double> q) {
  for (const auto& d : verification::distances())
    if (d.name == name) return d.evaluate(part, p, q);
  return std::nan("");
}

io::GibbsComparison compare_with_gibbs(const io::Case& problem, const GibbsFamily& family, double T,
                                       const law::GridPart& part, std::span<const double> histogram,
                                       std::size_t sample) {
  io::GibbsComparison c;
  c.temperature = T;
  const auto masses = family.masses(T);
  const law::Density gibbs(std::make_shared<const law::CellShape>(part), masses);
  c.covariance = covariance_of(gibbs, problem.sgd->chain.loss.parameters);
  c.total_variation = distance("total_variation", part, histogram, masses);
  c.wasserstein_1 = distance("wasserstein_1", part, histogram, masses);
  const auto exact =
      verification::exact_sample_masses(part, masses, problem.sgd->replicas, [&](std::int64_t i) {
        return sde::uniform(problem.sgd->seed, sde::Purpose::exact_chain_sample,
                            static_cast<std::uint64_t>(i), first_sample + sample);
      });
  c.exact_sample_total_variation = distance("total_variation", part, exact, masses);
  return c;
}

void compare_with_gibbs_laws(const io::Case& problem, const law::Sample& sample, const law::GridPart& part,
                             double matched, io::SgdStationaryRecord& r) {
  const Formula L = problem.sgd->chain.loss.mean();
  const GibbsFamily family(part, L);
  auto histogram = sample.cell_masses(part);
  const auto loss = sample.expectations({{"loss", L}}).front();
  if (const auto T = family.temperature_of(loss.value)) {
    r.best_gibbs = compare_with_gibbs(problem, family, *T, part, histogram, 0);
    // dT = d(mean loss) / (d mean / dT), the slope by a central difference.
    const double step = 1e-4 * *T,
                 slope = (family.mean_loss(*T + step) - family.mean_loss(*T - step)) / (2 * step);
    r.best_temperature_error = loss.standard_error / slope;
  }
  if (matched > 0) r.matched_gibbs = compare_with_gibbs(problem, family, matched, part, histogram, 1);
}

}  // namespace

std::optional<io::SgdStationaryRecord> sgd_stationary(const io::Case& problem, const SgdRoad& chains,
                                                      const law::GridPart& part,
                                                      const References& references) {
  const auto& chain = problem.sgd->chain;
  const auto& names = chain.loss.parameters;
  const auto theory =
      model::stationary_covariance(chain, model::starts_in(sides_of(problem.domain, names.size())));
  if (!theory) return std::nullopt;
  io::SgdStationaryRecord r;
  r.minimum.assign(theory->minimum.begin(), theory->minimum.end());
  r.loss = theory->loss;
  r.hessian = rows_of(theory->hessian), r.noise = rows_of(theory->noise),
  r.lyapunov = rows_of(theory->lyapunov);
  if (theory->finite_step) {
    r.finite_step = rows_of(theory->finite_step->covariance());
    r.finite_step_mean.assign(theory->finite_step->mean.begin(), theory->finite_step->mean.end());
  }
  r.finite_step_is_exact = theory->finite_step_is_exact;
  r.forgetting = std::pow(theory->memory, problem.times.back() / chain.step());
  const auto mean = chains.sample().expectations(coordinates(names));
  r.chains_mean = values_of(mean), r.chains_mean_error = errors_of(mean);
  const auto spread = chains.sample().expectations(products(names, r.chains_mean));
  r.chains = square(values_of(spread), names.size()),
  r.chains_error = square(errors_of(spread), names.size());
  if (references.stationary && problem.process.dimension() == names.size())
    r.diffusion = covariance_of(references.stationary->law, names);
  if (names.size() <= law::max_dimension && problem.process.dimension() == names.size())
    compare_with_gibbs_laws(problem, chains.sample(), part, theory->matched_temperature, r);
  return r;
}

std::optional<verification::Claim> sgd_stationary_claim(const io::SgdStationaryRecord& r) {
  if (!r.finite_step_is_exact || r.finite_step.empty() || !(r.forgetting < forgotten)) return std::nullopt;
  std::vector<verification::MeanComparison> comparisons;
  for (std::size_t i = 0; i < r.chains.size(); ++i) {
    comparisons.push_back({r.chains_mean[i], r.chains_mean_error[i], r.finite_step_mean[i]});
    for (std::size_t j = 0; j <= i; ++j)
      comparisons.push_back({r.chains[i][j], r.chains_error[i][j], r.finite_step[i][j], 0, 0});
  }
  return verification::means_agree(comparisons, false_alarm_budget, "chains-have-stationary-moments",
                                   "The chains' mean and covariance are the exact ones of their finite step.")
      .claim;
}

}  // namespace fpk::app
