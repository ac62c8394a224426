#include "app/sgd_sampled_ladder.hpp"

#include <algorithm>
#include <cmath>

#include "verification/coupled_ladder.hpp"
#include "verification/known_errors.hpp"

namespace fpk::app {
namespace {

using verification::floor_over_error;
using verification::Rung;

const std::int64_t first_batch = verification::LadderSettings{}.first_batch,
                   grain = verification::LadderSettings{}.grain;
constexpr double growth = 8;     ///< of a rung in one round: where to go is itself known with noise
constexpr int most_rounds = 20;  ///< each up to `growth` times as many: no ladder that settles takes as many
constexpr double not_worth_a_round = 0.01;  ///< of the budget

class Ladder {
 public:
  Ladder(const io::Case& problem, const std::vector<double>& rates, const SgdFigures& figures,
         const std::vector<Diffusion>& diffusions, const parallel::Communicator& processes,
         io::Progress::Style style)
      : problem_(problem),
        rates_(rates),
        diffusions_(diffusions),
        progress_("learning rates", problem.converge.budget, style, "steps of chains") {
    for (std::size_t l = 0; l < rates.size(); ++l) {
      auto chain = problem.sgd->chain;
      chain.learning_rate = rates[l];
      rungs_.push_back(std::make_unique<SgdSampling>(problem, chain, figures, l, processes));
    }
  }

  SampledLadder run() {
    for (auto& rung : rungs_) add(*rung, first_batch);
    int rounds = 0;
    bool goes_on = true;
    while (goes_on && rounds < most_rounds) goes_on = sample_more(), ++rounds;
    progress_.finish();
    SampledLadder found{{}, {}, budget_ended_, goes_on, rounds};
    for (const auto& rung : rungs_) {
      found.figures.push_back(rung->figures());
      found.chains.push_back(rung->chains());
    }
    return found;
  }

 private:
  /// One for each diffusion and figure whose errors are all above what the diffusion is known to.
  [[nodiscard]] std::vector<verification::SharedStudy> studies() const {
    std::vector<std::vector<SampledFigure>> chain;
    for (const auto& rung : rungs_) chain.push_back(rung->figures());
    std::vector<verification::SharedStudy> all;
    for (const auto& diffusion : diffusions_)
      for (std::size_t k = 0; k < chain.front().size(); ++k) {
        verification::SharedStudy study{{}, diffusion.promised};
        bool is_known = true;
        for (std::size_t l = 0; l < rates_.size(); ++l) {
          const auto& of = diffusion.figures[l][k];
          const Rung rung{rates_[l], of.value - chain[l][k].value, chain[l][k].standard_error};
          study.errors.push_back(rung);
          is_known = is_known && std::abs(rung.error) + 2 * rung.standard_error > floor_over_error * of.error;
        }
        if (is_known) all.push_back(std::move(study));
      }
    return all;
  }

  bool sample_more() {
    verification::SharedLadderSettings settings{problem_.converge.half_width, problem_.converge.budget, {}};
    std::vector<double> samples;
    for (const auto& rung : rungs_) {
      samples.push_back(static_cast<double>(rung->chains()));
      settings.cost.push_back(static_cast<double>(rung->steps()));
    }
    const auto wanted = verification::wanted_samples(studies(), samples, settings);
    std::vector<double> more;
    double cost = 0;
    for (std::size_t l = 0; l < rungs_.size(); ++l) {
      more.push_back(std::max(0.0, std::min(wanted[l], growth * samples[l]) - samples[l]));
      cost += more.back() * settings.cost[l];
    }
    if (cost == 0) return false;
    const double left = problem_.converge.budget - made_;
    if (left < not_worth_a_round * problem_.converge.budget) {
      budget_ended_ = true;
      return false;
    }
    for (std::size_t l = 0; l < rungs_.size(); ++l)
      if (more[l] > 0) add(*rungs_[l], static_cast<std::int64_t>(std::min(1.0, left / cost) * more[l]));
    return true;
  }

  void add(SgdSampling& rung, std::int64_t count) {
    const auto whole = (count + grain - 1) / grain * grain;
    rung.add(whole);
    made_ += static_cast<double>(whole * rung.steps());
    progress_.update(std::min(made_, problem_.converge.budget));
  }

  const io::Case& problem_;
  const std::vector<double>& rates_;
  const std::vector<Diffusion>& diffusions_;
  io::Progress progress_;
  std::vector<std::unique_ptr<SgdSampling>> rungs_;
  double made_ = 0;  ///< steps of chains
  bool budget_ended_ = false;
};

}  // namespace

SampledLadder sampled_ladder(const io::Case& problem, const std::vector<double>& rates,
                             const SgdFigures& figures, const std::vector<Diffusion>& diffusions,
                             const parallel::Communicator& processes, io::Progress::Style style) {
  return Ladder(problem, rates, figures, diffusions, processes, style).run();
}

}  // namespace fpk::app
