#include "app/sgd_studies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/sampled_study.hpp"
#include "app/sgd_expectations.hpp"
#include "app/sgd_figures.hpp"
#include "app/sgd_sampled_ladder.hpp"
#include "io/refusal.hpp"
#include "sde/sgd/gradient_chain.hpp"
#include "verification/known_errors.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using verification::changes_sign, verification::floor_in_words, verification::floor_over_error;
using verification::Value;

/// A variance off by this share is no variance.
constexpr double worth_a_note = 0.5;

model::StochasticGradient with_rate(const model::StochasticGradient& chain, double learning_rate) {
  auto other = chain;
  other.learning_rate = learning_rate;
  return other;
}

std::vector<const model::GradientModel*> models_of(const io::Case& problem) {
  std::vector<const model::GradientModel*> models;
  const bool has_velocity = model::find_gradient_model(problem.sgd->model)->has_velocity;
  const auto& asked = problem.converge.models;
  for (const auto& m : model::gradient_models()) {
    const bool wanted = asked.empty() ? m.name != "langevin" : std::ranges::count(asked, m.name) > 0;
    if (wanted && m.has_velocity == has_velocity && m.refusal(problem.sgd->chain).empty())
      models.push_back(&m);
  }
  return models;
}

class Studies {
 public:
  Studies(const io::Case& problem, const parallel::Communicator& processes, io::Progress::Style style)
      : problem_(problem),
        processes_(processes),
        rates_(problem.converge.learning_rates),
        has_ladder_(!rates_.empty()),
        figures_(problem.sgd->chain.loss.parameters, problem.observables),
        style_(style) {
    if (!has_ladder_) rates_ = {problem.sgd->chain.learning_rate};
    is_sampled_ = has_ladder_ && problem.converge.method == io::ConvergeMethod::coupled_paths;
    const std::size_t coordinates = sde::GradientChain(problem.sgd->chain).variables().size();
    const auto why = refusal_of_exact(problem.sgd->chain, figures_.functions(), coordinates);
    can_be_summed_ = why.empty();
    if (!is_sampled_ && !can_be_summed_)
      io::refuse(problem, "converge.method",
                 "the chain's expectations cannot be taken without sampling: " + why,
                 "sample them with converge.method = \"coupled\", take fewer rows, a smaller batch or smooth "
                 "observables, or leave converge.learning_rates out");
  }

  SgdStudies all() {
    const auto models = has_ladder_ ? models_of(problem_) : std::vector<const model::GradientModel*>{};
    SgdStudies found;
    found.chain.time = problem_.times.back();
    find_diffusions(models);
    if (is_sampled_)
      sample_chains(found.notes);
    else
      sum_chains();
    record_chain(found.chain);
    for (std::size_t m = 0; m < models.size(); ++m) {
      for (std::size_t k = 0; k < figures_.all().size(); ++k)
        found.studies.push_back(study(*models[m], k, diffusions_[m].figures, methods_[m], seconds_[m]));
      note_on_variance(*models[m], diffusions_[m].figures, found.notes);
      note_on_breakdown(*models[m], diffusions_[m].figures, found.notes);
    }
    return found;
  }

 private:
  void find_diffusions(const std::vector<const model::GradientModel*>& models) {
    io::Progress progress("diffusions", static_cast<double>(rates_.size() * models.size()), style_, "figure");
    double done = 0;
    for (const auto* model : models) {
      const auto start = Clock::now();
      auto& of = diffusions_.emplace_back(Diffusion{model->weak_order, {}});
      auto& method = methods_.emplace_back();
      for (const double rate : rates_) {
        const auto E = diffusion_expectations(problem_, *model, with_rate(problem_.sgd->chain, rate),
                                              figures_.functions(), processes_);
        method = E.method;
        of.figures.push_back(figures_.from(E.values));
        progress.update(++done);
      }
      seconds_.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    progress.finish();
  }

  void sum_chains() {
    io::Progress progress("learning rates", static_cast<double>(rates_.size()), style_, "figure");
    for (const double rate : rates_) {
      const auto E = chain_expectations(problem_, with_rate(problem_.sgd->chain, rate), figures_.functions());
      method_of_chain_ = E.method;
      chain_.push_back(figures_.from(E.values));
      progress.update(static_cast<double>(chain_.size()));
    }
    progress.finish();
  }

  void sample_chains(std::vector<std::string>& notes) {
    sampled_ = sampled_ladder(problem_, rates_, figures_, diffusions_, processes_, style_);
    method_of_chain_ = "coupled";
    for (const auto& at_rate : sampled_.figures) {
      auto& values = chain_.emplace_back();
      for (const auto& f : at_rate) values.push_back({f.value, f.standard_error});
    }
    if (can_be_summed_)
      notes.emplace_back(
          "the chain's expectations need no sampling here: converge.method = \"operator\" sums over all "
          "batches");
    if (sampled_.rounds_ended)
      notes.push_back(
          fmt::format("after {} rounds of sampling not every order has the half-width of {:g} that was asked "
                      "for: what is wanted of the chains "
                      "kept changing with what they said",
                      sampled_.rounds, problem_.converge.half_width));
    if (sampled_.budget_ended)
      notes.push_back(
          fmt::format("converge.budget, {:g} steps of chains, ended before every order had the "
                      "half-width of {:g} that was asked for",
                      problem_.converge.budget, problem_.converge.half_width));
  }

  void record_chain(io::SgdExpectations& r) const {
    r.learning_rates = rates_;
    r.method = method_of_chain_;
    r.chains = sampled_.chains;
    for (std::size_t k = 0; k < figures_.all().size(); ++k) {
      io::Series series;
      for (const auto& at_rate : chain_) series.value.push_back(at_rate[k].value);
      if (is_sampled_) {
        io::Series left;
        for (const auto& at_rate : sampled_.figures) {
          series.standard_error.push_back(at_rate[k].standard_error);
          left.value.push_back(at_rate[k].variance_left);
        }
        r.variance_left.emplace_back(figures_.all()[k].name, std::move(left));
      }
      r.observables.emplace_back(figures_.all()[k].name, std::move(series));
    }
    for (const auto& at_rate : chain_) {
      double most = 0;
      for (const auto& v : at_rate) most = std::max(most, v.error);
      r.error.push_back(most);
    }
  }

  [[nodiscard]] io::ConvergenceStudy study(const model::GradientModel& model, std::size_t k,
                                           const std::vector<std::vector<Value>>& diffusion,
                                           const std::string& method, double seconds) const {
    io::ConvergenceStudy s;
    s.name = fmt::format("sgd-{}-{}", model.name, figures_.all()[k].name);
    s.title = fmt::format("{} in place of stochastic gradient descent", model.title);
    s.title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(s.title.front())));
    s.scheme = model.name;
    s.method = method;
    s.observable = figures_.all()[k].name;
    s.promised = model.weak_order;
    s.of_gradients = s.at_least = true;
    s.seconds = seconds / static_cast<double>(figures_.all().size());
    if (is_sampled_) {
      judge_sampled(s, k, diffusion);
      return s;
    }
    std::vector<verification::Rung> rungs;
    for (std::size_t r = 0; r < rates_.size(); ++r) {
      const double error = diffusion[r][k].value - chain_[r][k].value;
      s.rows.push_back({rates_[r], {}, diffusion[r][k].value, error, error, error});
      rungs.push_back({rates_[r], error, 0});
      s.resolution = std::max(s.resolution, diffusion[r][k].error + chain_[r][k].error);
    }
    const double floor = floor_over_error * s.resolution;
    const bool below = std::ranges::all_of(rungs, [&](const auto& r) { return std::abs(r.error) <= floor; });
    if (below) s.verdict.remark = fmt::format("no error is above what it is known to, {:.1e}", s.resolution);
    s.is_exact = below;
    if (!below)
      s.verdict = changes_sign(rungs, floor)
                      ? verification::OrderVerdict{{},
                                                   "pre-asymptotic: the error changes sign on the ladder",
                                                   true,
                                                   true}
                      : verification::order_of_errors(rungs, floor, floor_in_words);
    return s;
  }

  /// Of the chain, to the end.
  [[nodiscard]] double steps_at(double rate) const {
    return std::round(problem_.times.back() / with_rate(problem_.sgd->chain, rate).step());
  }

  /// Errors that are known through chance, each with its interval; those that are not above what the diffusion is known to are left out.
  void judge_sampled(io::ConvergenceStudy& s, std::size_t k,
                     const std::vector<std::vector<Value>>& diffusion) const {
    s.sampled = true;
    s.seed = problem_.sgd->seed;
    s.half_width = problem_.converge.half_width;
    s.method = "sampled chains with twins; " + s.method;
    std::vector<verification::Rung> read;
    for (std::size_t r = 0; r < rates_.size(); ++r) {
      const auto& chain = sampled_.figures[r][k];
      const double error = diffusion[r][k].value - chain.value, known_to = diffusion[r][k].error;
      const verification::Rung rung{rates_[r], error, chain.standard_error};
      auto row = sampled_row(rung, sampled_.chains[r], steps_at(rates_[r]), known_to);
      row.expectation = diffusion[r][k].value;
      s.rows.push_back(std::move(row));
      s.resolution = std::max(s.resolution, known_to);
      if (std::abs(error) > floor_over_error * known_to) read.push_back(rung);
    }
    if (read.size() < 3) {
      s.verdict.remark = fmt::format(
          "the diffusion's expectation is known to {:.1e} only, and {} of {} errors are ten times that; an "
          "order wants three",
          s.resolution, read.size(), rates_.size());
      return;
    }
    s.verdict = verification::order_of_biases(read);
    if (read.size() < rates_.size())
      s.verdict.remark +=
          fmt::format("{}left out, not above what the diffusion is known to: {} of {} errors",
                      s.verdict.remark.empty() ? "" : "; ", rates_.size() - read.size(), rates_.size());
  }

  /// Expectations that are known to nothing, their error beyond their size, are in the tables all the same: said, not read.
  void note_on_breakdown(const model::GradientModel& model, const std::vector<std::vector<Value>>& diffusion,
                         std::vector<std::string>& notes) const {
    std::string where;
    for (std::size_t r = 0; r < rates_.size(); ++r) {
      const bool broken = std::ranges::any_of(diffusion[r], [&](const Value& v) {
        const auto& of_chain = chain_[r][static_cast<std::size_t>(&v - diffusion[r].data())];
        return !(v.error <= std::abs(v.value) || v.error <= std::abs(of_chain.value) ||
                 v.error <= worth_a_note);
      });
      if (broken) where += fmt::format("{}{:g}", where.empty() ? "" : ", ", rates_[r]);
    }
    if (where.empty()) return;
    notes.push_back(
        fmt::format("{}: at the learning rates {} an expectation of the diffusion is not known to its own "
                    "size. Its figures there stand "
                    "for nothing, and no order is read of them. Smaller learning rates narrow the law.",
                    model.name, where));
  }

  /// A slope of one is no evidence of noise: said where it shows.
  void note_on_variance(const model::GradientModel& model, const std::vector<std::vector<Value>>& diffusion,
                        std::vector<std::string>& notes) const {
    for (std::size_t k = 0; k < figures_.all().size(); ++k) {
      if (!figures_.all()[k].is_variance) continue;
      const double chain = chain_.back()[k].value, found = diffusion.back()[k].value,
                   known_to = chain_.back()[k].error + diffusion.back()[k].error;
      if (!(std::abs(found - chain) > std::max(worth_a_note * chain, floor_over_error * known_to))) continue;
      notes.push_back(
          fmt::format("{}: its {} is {:.3g} where the chain's is {:.3g} at the smallest learning rate, and "
                      "yet its error falls with the "
                      "learning rate as promised, because the noise itself does. A slope of 1 verifies "
                      "nothing about the noise.",
                      model.name, figures_.all()[k].name, found, chain));
    }
  }

  const io::Case& problem_;
  parallel::Communicator processes_;
  std::vector<double> rates_;
  bool has_ladder_, is_sampled_ = false, can_be_summed_ = false;
  SgdFigures figures_;
  io::Progress::Style style_;
  std::vector<Diffusion> diffusions_;  ///< and how each was found, in how many seconds
  std::vector<std::string> methods_;
  std::vector<double> seconds_;
  std::string method_of_chain_;
  std::vector<std::vector<Value>> chain_;  ///< [learning rate][figure]
  SampledLadder sampled_;                  ///< empty where the chain's expectations are summed
};

}  // namespace

std::optional<SgdStudies> sgd_studies(const io::Case& problem, const parallel::Communicator& processes,
                                      io::Progress::Style style) {
  if (!problem.sgd) return std::nullopt;
  const bool asked = !problem.converge.learning_rates.empty() ||
                     problem.converge.method == io::ConvergeMethod::step_operator;
  if (!asked) return std::nullopt;
  return Studies(problem, processes, style).all();
}

}  // namespace fpk::app
