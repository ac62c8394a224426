#include "sde/sgd/chain_outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "law/gauss.hpp"

namespace fpk::sde {
namespace {

constexpr double most_batches = 20'000;
constexpr std::size_t width = formula::block_width;

double binomial(double n, double k) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
}

double count_of_batches(const model::StochasticGradient& chain) {
  const auto N = static_cast<double>(chain.rows()), b = static_cast<double>(chain.largest_batch);
  const double one =
      chain.sampling == model::Sampling::with_replacement ? binomial(N + b - 1, b) : binomial(N, b);
  return chain.svag > 1 ? one * one : one;
}

/// ln of the probability of a multiset, given in ascending order.
double multinomial(const std::vector<std::uint32_t>& rows, double N) {
  double log_p =
      std::lgamma(static_cast<double>(rows.size()) + 1) - static_cast<double>(rows.size()) * std::log(N);
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t j = i;
    while (j < rows.size() && rows[j] == rows[i]) ++j;
    log_p -= std::lgamma(static_cast<double>(j - i) + 1);
    i = j;
  }
  return std::exp(log_p);
}

/// All ascending lists of b rows of N, strictly so where they must differ.
std::vector<std::vector<std::uint32_t>> ascending_lists(std::size_t N, std::size_t b, bool differ) {
  std::vector<std::vector<std::uint32_t>> all;
  std::vector<std::uint32_t> list;
  const auto extend = [&](const auto& self, std::size_t from) -> void {
    if (list.size() == b) return all.push_back(list);
    for (std::size_t row = from; row < N; ++row) {
      list.push_back(static_cast<std::uint32_t>(row));
      self(self, differ ? row + 1 : row);
      list.pop_back();
    }
  };
  extend(extend, 0);
  return all;
}

std::size_t size_at(const model::StochasticGradient& chain, double t) {
  const double b = chain.batch.substitute(model::time_name, formula::Formula(t)).constant().value_or(1);
  return chain.rows_of_batch(b);
}

}  // namespace

std::string ChainOutcomes::refusal(const model::StochasticGradient& chain) {
  if (chain.sampling == model::Sampling::reshuffle)
    return "the batches of a reshuffled epoch depend on each other";
  if (chain.adaptive) return "the batch grows by chance";
  if (const double count = count_of_batches(chain); !(count <= most_batches))
    return fmt::format("there are {:.3g} different batches, and {} at most are summed", count, most_batches);
  return "";
}

ChainOutcomes::ChainOutcomes(const model::StochasticGradient& chain) : chain_(chain) {
  if (const auto why = refusal(chain); !why.empty()) throw std::invalid_argument("no finite sum: " + why);
  for (std::size_t size = 1; size <= chain.largest_batch; ++size) {
    const bool is_constant = chain.batch.constant().has_value();
    if (is_constant && size != chain.largest_batch) continue;
    const bool differ = chain.sampling != model::Sampling::with_replacement;
    std::vector<Batch> one;
    const auto lists = ascending_lists(chain.rows(), size, differ);
    for (const auto& rows : lists)
      one.push_back({rows, differ ? 1.0 / static_cast<double>(lists.size())
                                  : multinomial(rows, static_cast<double>(chain.rows()))});
    if (chain.svag == 1) {
      batches_[size] = std::move(one);
      continue;
    }
    for (const auto& first : one)
      for (const auto& second : one) {
        auto rows = first.rows;
        rows.resize(chain.largest_batch);  // a batch has room for the largest
        rows.insert(rows.end(), second.rows.begin(), second.rows.end());
        batches_[size].push_back({rows, first.probability * second.probability});
      }
  }
}

const std::vector<ChainOutcomes::Batch>& ChainOutcomes::batches(std::size_t size) const {
  return batches_.at(size);
}

namespace {

/// Lanes of a block, each a point with a batch and injected numbers, moved together.
class Outcomes {
 public:
  Outcomes(const GradientChain& chain, std::int64_t n, const Reach& reach)
      : chain_(chain),
        n_(static_cast<double>(n)),
        reach_(reach),
        x_(chain.variables().size()),
        injected_(chain.draws().increments),
        rows_(chain.draws().rows.batches * chain.draws().rows.batch, std::vector<std::uint32_t>(width)),
        scratch_(chain.scratch()) {
    for (const auto& r : rows_) row_pointers_.push_back(r.data());
  }

  void add(std::size_t from, const law::Point& x, const std::vector<std::uint32_t>& rows,
           std::span<const double> injected, double probability) {
    for (std::size_t a = 0; a < x_.count(); ++a) x_[a][used_] = x[a];
    for (std::size_t k = 0; k < rows.size(); ++k) rows_[k][used_] = rows[k];
    for (std::size_t k = 0; k < injected.size(); ++k) injected_[k][used_] = injected[k];
    from_[used_] = from;
    probability_[used_] = probability;
    if (++used_ == width) flush();
  }

  void flush() {
    if (used_ == 0) return;
    for (std::size_t a = 0; a < x_.count(); ++a) std::fill(x_[a] + used_, x_[a] + width, x_[a][0]);
    for (std::size_t k = 0; k < injected_.count(); ++k)
      std::fill(injected_[k] + used_, injected_[k] + width, 0.0);
    Draws draws{injected_.all_const()};
    draws.rows = row_pointers_;
    chain_.step(x_.all(), n_, 1, draws, *scratch_);
    for (std::size_t lane = 0; lane < used_; ++lane) {
      law::Point y{};
      for (std::size_t a = 0; a < x_.count(); ++a) y[a] = x_[a][lane];
      reach_(from_[lane], y, probability_[lane]);
    }
    used_ = 0;
  }

 private:
  const GradientChain& chain_;
  double n_;
  const Reach& reach_;
  BlockArrays x_, injected_;
  std::vector<std::vector<std::uint32_t>> rows_;
  std::vector<const std::uint32_t*> row_pointers_;
  std::unique_ptr<Scratch> scratch_;
  std::array<std::size_t, width> from_{};
  std::array<double, width> probability_{};
  std::size_t used_ = 0;
};

/// Tensor products of Gauss and Hermite's nodes: numbers of mean 0 and variance 1.
struct Injection {
  std::vector<double> numbers;
  double probability;
};

std::vector<Injection> injections(std::size_t count, std::size_t nodes) {
  std::vector<Injection> all{{{}, 1}};
  if (count == 0) return all;
  const auto rule = law::gauss_hermite(nodes);
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<Injection> longer;
    for (const auto& i : all)
      for (const auto& node : rule) {
        auto numbers = i.numbers;
        numbers.push_back(node.value);
        longer.push_back({std::move(numbers), i.probability * node.weight});
      }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

void ChainOutcomes::step(std::span<const law::Point> from, std::int64_t n, std::size_t nodes,
                         const Reach& reach) const {
  const auto& settings = chain_.chain();
  const auto injected = injections(chain_.draws().increments, nodes);
  Outcomes outcomes(chain_, n, reach);
  for (std::size_t i = 0; i < from.size(); ++i)
    for (const auto& batch : batches(size_at(settings, static_cast<double>(n) * settings.step())))
      for (const auto& noise : injected)
        outcomes.add(i, from[i], batch.rows, noise.numbers, batch.probability * noise.probability);
  outcomes.flush();
}

}  // namespace fpk::sde
