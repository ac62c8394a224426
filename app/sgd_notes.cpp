#include "app/sgd_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fpk::app {
namespace {

/// Share of the chains outside of the box that is worth a word.
constexpr double worth_saying = 1e-3;

}  // namespace

std::vector<std::string> notes_on_chains(const io::Case& problem, const io::SgdRecord& r) {
  std::vector<std::string> notes;
  const auto& chain = problem.sgd->chain;
  if (!r.exploded.empty() && r.exploded.back() > 0)
    notes.push_back(
        fmt::format("{} of {} chains exploded: their parameters ceased to be finite. They are counted as "
                    "lost, so the means of the "
                    "chains lack them. A smaller sgd.learning_rate than {} may keep them.",
                    r.exploded.back(), r.replicas, r.learning_rate));
  if (!r.outside.empty()) {
    const double most = *std::ranges::max_element(r.outside);
    if (most > worth_saying)
      notes.push_back(
          fmt::format("Up to {:.2g} of the chains were outside of the domain. It binds the diffusion alone: "
                      "the chains know no walls.",
                      most));
  }
  if (!r.times.empty() && problem.times.back() - r.times.back() > 1e-9 * problem.times.back())
    notes.push_back(
        fmt::format("The chains end at time {}: time.end is no whole number of steps of {}. At each "
                    "observation time they are seen "
                    "after the last step before it (sgd.times in result.json).",
                    r.times.back(), r.step));
  if (chain.sampling == model::Sampling::reshuffle)
    notes.push_back(
        "Epochs are reshuffled: successive batches are not independent, and over a whole epoch their noise "
        "nearly cancels. The "
        "diffusion has the noise of one batch as if batches were independent, so it is too noisy for such "
        "chains.");
  if (r.model == "flow")
    notes.push_back(
        "The gradient flow has no noise, and yet it is as near to the chains in the learning rate's order as "
        "the first-order "
        "modified equation: agreement of means says nothing about the noise. Look at variances.");
  return notes;
}

}  // namespace fpk::app
