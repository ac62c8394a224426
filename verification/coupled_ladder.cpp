#include "verification/coupled_ladder.hpp"

#include <fmt/core.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "verification/bias_design.hpp"
#include "verification/normal_quantile.hpp"

namespace fpk::verification {
namespace {

constexpr double clear_of_noise = 10;              ///< standard errors that a bias should stand off zero
constexpr double resolved = BiasFit{}.resolution;  ///< and is known by, at least
constexpr double growth = 4;    ///< of a rung in one round: where to go is itself known with noise
constexpr double margin = 1.1;  ///< on the samples, since the variance they aim at is an estimate
constexpr std::size_t most_rounds = 40;
constexpr std::size_t most_doublings = 2;
constexpr double highest =
    4;  ///< order that a hidden bias is expected to have: that of an exact scheme is infinite

/// a_l of p = sum_l a_l y_l, the rows of the design weighted by w.
Eigen::VectorXd slope_of(const Eigen::MatrixXd& design, const Eigen::VectorXd& w) {
  const Eigen::MatrixXd normal = design.transpose() * w.asDiagonal() * design;
  return (normal.inverse() * design.transpose() * w.asDiagonal()).row(1).transpose();
}

class Ladder {
 public:
  Ladder(const LadderSettings& settings, const SampleLevel& sample) : s_(settings), sample_(sample) {}

  SampledLadder run() {
    found_.rungs.resize(s_.steps.size());
    for (std::size_t l = 0; l < s_.steps.size(); ++l) add(l, s_.first_batch);
    for (std::size_t round = 0; round < most_rounds; ++round) {
      choose_fit();
      found_.verdict = order_of_biases(biases(s_.steps, found_.rungs), {resolved, next_term_, s_.gap});
      if (narrow() || !chance_matters() || !sample_more()) break;
    }
    if (!narrow() && chance_matters())
      found_.verdict.remark += fmt::format("{}{} before a half-width of {:g}",
                                           found_.verdict.remark.empty() ? "" : "; ", ending_, s_.half_width);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool narrow() const {
    const auto& order = found_.verdict.order;
    return order && order->upper - order->lower <= 2 * s_.half_width;
  }

  /// Whether more samples could change the verdict: not where pairs do not differ, or a resolved bias changes its sign.
  [[nodiscard]] bool chance_matters() const {
    return !found_.verdict.changes_sign &&
           std::any_of(found_.rungs.begin(), found_.rungs.end(),
                       [](const Level& rung) { return rung.difference.s2 > 0; });
  }

  /// |d_l|: as found where it is resolved, else as it should have fallen from the rung before.
  [[nodiscard]] std::vector<double> expected_biases() const {
    const auto found = biases(s_.steps, found_.rungs);
    std::vector<double> d;
    for (std::size_t l = 0; l < found.size(); ++l) {
      const double size = std::abs(found[l].error);
      const bool known = size >= resolved * found[l].standard_error;
      if (known || l == 0)
        d.push_back(std::max(size, found[l].standard_error));
      else
        d.push_back(d.back() * std::pow(s_.steps[l] / s_.steps[l - 1],
                                        std::min(order_of(found_.rungs, s_.promised), highest)));
    }
    return d;
  }

  /// Samples that every rung should have.
  [[nodiscard]] std::vector<double> wanted(bool next_term) const {
    const auto d = expected_biases();
    const auto n = static_cast<Eigen::Index>(d.size());
    Eigen::VectorXd r(n), w(n), c(n);
    for (Eigen::Index l = 0; l < n; ++l) {
      const Level& rung = found_.rungs[static_cast<std::size_t>(l)];
      r[l] = std::sqrt(rung.difference.variance()) / std::max(d[static_cast<std::size_t>(l)], 1e-300);
      w[l] = rung.samples() / std::max(r[l] * r[l], 1e-28);
      c[l] = rung.cost;
    }
    const Eigen::VectorXd a = slope_of(bias_design(s_.steps, next_term, s_.gap), w).cwiseAbs();
    const double sd = s_.half_width / sigmas_95;
    const double sum = (a.array() * r.array() * c.array().sqrt()).sum();
    std::vector<double> samples;
    for (Eigen::Index l = 0; l < n; ++l)
      samples.push_back(std::max(margin * a[l] * r[l] / std::sqrt(c[l]) * sum / (sd * sd),
                                 clear_of_noise * clear_of_noise * r[l] * r[l]));
    return samples;
  }

  [[nodiscard]] bool is_next_term_fitted() const {
    return s_.steps.size() >= 4 && (next_term_ == NextTerm::always || found_.verdict.pre_asymptotic);
  }

  /// With the next term as long as what is wanted for it is within the budget.
  void choose_fit() {
    if (s_.steps.size() < 4) return;
    const auto samples = wanted(true);
    double cost = 0;
    for (std::size_t l = 0; l < samples.size(); ++l)
      cost += std::max(samples[l], found_.rungs[l].samples()) * found_.rungs[l].cost;
    next_term_ = cost <= s_.budget ? NextTerm::always : NextTerm::where_it_shows;
  }

  /// Whether there was something to sample, and budget for it.
  bool sample_more() {
    const auto samples = wanted(is_next_term_fitted());
    std::vector<double> more(samples.size(), 0);
    double cost = 0;
    for (std::size_t l = 0; l < samples.size(); ++l) {
      const double have = found_.rungs[l].samples();
      more[l] = std::max(0.0, std::min(samples[l], growth * have) - have);
      cost += more[l] * found_.rungs[l].cost;
    }
    if (cost == 0) {  // as many as should do, and they do not: residuals, or a fit that has changed
      if (++doublings_ > most_doublings) {
        ending_ = "the residuals of the fit, which no number of pairs makes smaller, stand";
        return false;
      }
      for (std::size_t l = 0; l < samples.size(); ++l) {
        more[l] = found_.rungs[l].samples();
        cost += more[l] * found_.rungs[l].cost;
      }
    }
    const double left = s_.budget - found_.cost;
    if (left < 0.01 * s_.budget) {
      ending_ = fmt::format("the budget of {:.2g} steps of paths ended", s_.budget);
      return false;
    }
    const double share = std::min(1.0, left / cost);
    for (std::size_t l = 0; l < samples.size(); ++l)
      if (more[l] > 0) add(l, static_cast<std::int64_t>(share * more[l]));
    return true;
  }

  void add(std::size_t l, std::int64_t count) {
    const auto whole = (count + s_.grain - 1) / s_.grain * s_.grain;
    if (whole == 0) return;
    found_.rungs[l] += sample_(l, static_cast<std::int64_t>(found_.rungs[l].samples()), whole);
    found_.cost += static_cast<double>(whole) * found_.rungs[l].cost;
  }

  const LadderSettings& s_;
  const SampleLevel& sample_;
  SampledLadder found_;
  NextTerm next_term_ = NextTerm::where_it_shows;
  std::size_t doublings_ = 0;
  std::string ending_ = "the rounds ended";
};

}  // namespace

std::vector<Rung> biases(const std::vector<double>& steps, const std::vector<Level>& rungs) {
  std::vector<Rung> all;
  for (std::size_t l = 0; l < rungs.size(); ++l)
    all.push_back({steps[l], -rungs[l].difference.mean, rungs[l].difference.standard_error()});
  return all;
}

SampledLadder sampled_ladder(const LadderSettings& settings, const SampleLevel& sample) {
  return Ladder(settings, sample).run();
}

}  // namespace fpk::verification
