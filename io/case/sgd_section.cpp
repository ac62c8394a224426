// [sgd]: the chain, and which diffusion stands for it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/case/sections.hpp"
#include "model/lowest_minimum.hpp"
#include "model/process.hpp"
#include "model/sgd/gradient_model.hpp"
#include "verification/coupled_ladder.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

constexpr const char* step_name = "step";
/// Times at which a formula of t is tried.
constexpr int trials = 1024;

/// Formulas of t and of the number of the step, n = t / h.
class Schedules {
 public:
  Schedules(Document& document, const Names& names)
      : document_(document), names_(names), end_(document.number_at("time.end").value_or(0)) {
    scope_ = names.scope;
    is_known_ = std::ranges::count(scope_.variables, step_name) > 0 ||
                scope_.parameters.contains(step_name) || scope_.definitions.contains(step_name);
    if (!is_known_) scope_.variables.emplace_back(step_name);
  }

  /// As written, in t and step. Nothing, and a complaint, where it depends on the state.
  std::optional<Formula> written(std::string_view path) {
    const auto f = Expressions(document_, scope_).formula(path);
    if (!f) return std::nullopt;
    for (const auto& v : names_.variables)
      if (f->depends_on(v)) {
        document_.complaints.add(document_.place(path), fmt::format("{} depends on {}", path, v),
                                 "use the time t or the number step alone");
        return std::nullopt;
      }
    return f;
  }

  [[nodiscard]] double at_start(const Formula& f) const { return value(in_time(f, 1), 0); }

  [[nodiscard]] Formula in_time(const Formula& f, double step) const {
    return is_known_ ? f : f.substitute(step_name, Formula::variable(model::time_name) / Formula(step));
  }

  /// Complains where f is not finite or is below `least` between time 0 and time.end; returns its largest value.
  double check(std::string_view path, const Formula& f, double least, bool above) {
    double largest = -std::numeric_limits<double>::infinity();
    const int count = f.depends_on(model::time_name) ? trials : 0;
    for (int k = 0; k <= count; ++k) {
      const double t = count == 0 ? 0 : end_ * k / count, v = value(f, t);
      largest = std::max(largest, v);
      if (std::isfinite(v) && (above ? v > least : v >= least)) continue;
      document_.complaints.add(
          document_.place(path), fmt::format("{} is {} at t = {}", path, v, t),
          fmt::format("keep it {} {} from 0 to time.end", above ? "above" : "at least", least));
      break;
    }
    return largest;
  }

 private:
  [[nodiscard]] static double value(const Formula& f, double t) {
    return f.substitute(model::time_name, Formula(t)).constant().value_or(std::nan(""));
  }

  Document& document_;
  const Names& names_;
  double end_;
  formula::Scope scope_;
  bool is_known_;  ///< "step" is a name of the case
};

void read_sampling(Document& document, model::StochasticGradient& chain) {
  const auto word = document.text_at("sgd.sampling");
  for (const auto s :
       {model::Sampling::with_replacement, model::Sampling::without_replacement, model::Sampling::reshuffle})
    if (word == model::name(s)) chain.sampling = s;
}

void read_adaptive(Document& document, model::StochasticGradient& chain) {
  if (document.table("sgd.adaptive") == nullptr) return;
  model::AdaptiveBatch rule;
  rule.threshold = document.number_at("sgd.adaptive.threshold").value_or(rule.threshold);
  rule.growth = document.number_at("sgd.adaptive.growth").value_or(rule.growth);
  rule.largest = static_cast<std::size_t>(document.integer_at("sgd.adaptive.largest").value_or(2));
  chain.adaptive = rule;
  chain.largest_batch = std::max(chain.largest_batch, rule.largest);
}

void check_batch(Document& document, const model::StochasticGradient& chain) {
  const Place at = document.place("sgd.batch");
  const bool constant = chain.batch.constant().has_value() && !chain.adaptive;
  if (chain.sampling == model::Sampling::reshuffle && !(constant && chain.svag == 1))
    document.complaints.add(document.place("sgd.sampling"),
                            "reshuffled epochs want batches of one size, and one batch a step",
                            "give sgd.batch as a number, without sgd.adaptive and sgd.svag");
  if (chain.sampling != model::Sampling::with_replacement && chain.largest_batch > chain.rows())
    document.complaints.add(
        document.has("sgd.adaptive") ? document.place("sgd.adaptive.largest") : at,
        fmt::format("a batch of {} different rows of {}", chain.largest_batch, chain.rows()),
        fmt::format("give at most {}, or sampling = \"with-replacement\"", chain.rows()));
  if (chain.adaptive && chain.batch.constant().value_or(2) < 2)
    document.complaints.add(at, "sgd.adaptive estimates a variance from the batch, and one row has none",
                            "give a batch of at least 2");
}

/// converge.learning_rates and converge.models.
void check_orders(Document& document, const model::StochasticGradient& chain, double end) {
  const auto rates = document.numbers_at("converge.learning_rates");
  const Place at = document.place("converge.learning_rates");
  if (!rates.empty() && rates.size() < 3)
    document.complaints.add(at, fmt::format("{} learning rates tell no order", rates.size()),
                            "give at least 3");
  if (std::ranges::adjacent_find(rates, std::ranges::less_equal{}) != rates.end())
    document.complaints.add(at, "converge.learning_rates do not decrease",
                            "list them from the largest to the smallest");
  for (const double rate : rates) {
    const double steps = end * static_cast<double>(chain.svag) / rate;
    if (steps >= 0.5 && std::abs(steps - std::round(steps)) <= 1e-9 * steps) continue;
    document.complaints.add(
        at, fmt::format("time.end = {} is no whole number of steps at the learning rate {}", end, rate),
        "give rates that divide time.end");
  }
  if (document.text_at("converge.method").value_or("coupled") == "coupled" && !rates.empty()) {
    double first = 0;
    for (const double rate : rates)
      first += static_cast<double>(verification::LadderSettings{}.first_batch) * end *
               static_cast<double>(chain.svag) / rate;
    check_budget(document, document.number_at("converge.budget").value_or(ConvergeSettings{}.budget), first);
  }
  const toml::node* const models = document.find("converge.models");
  if (models == nullptr || !models->is_array()) return;
  std::vector<std::string> seen;
  for (const toml::node& entry : *models->as_array()) {
    const std::string word = entry.value_or(std::string());
    if (std::ranges::count(seen, word) > 0)
      document.complaints.add(document.place(entry), word + " is listed twice", "leave one of them out");
    seen.push_back(word);
    if (const auto* model = model::find_gradient_model(word); model != nullptr) {
      if (const auto why = model->refusal(chain); !why.empty())
        document.complaints.add(document.place(entry),
                                fmt::format("{} does not stand for this chain: {}", word, why),
                                "leave it out");
      continue;
    }
    std::string known;
    for (const auto& m : model::gradient_models())
      known += fmt::format("{}{}", known.empty() ? "" : ", ", m.name);
    document.complaints.add(document.place(entry), fmt::format("there is no model called {}", word),
                            "choose from " + known);
  }
}

/// Places in the box to look for the minimum from; the origin along a side that is not given in numbers.
std::vector<std::vector<double>> starts_in_box(const Document& document, const Names& names) {
  std::vector<std::array<double, 2>> sides;
  for (const auto& v : names.variables) {
    const auto lower = document.number_at("domain." + v + ".lower"),
               upper = document.number_at("domain." + v + ".upper");
    sides.push_back(lower && upper ? std::array{*lower, *upper} : std::array{0.0, 0.0});
  }
  return model::starts_in(sides);
}

/// In the symbols of model/sgd/gradient_model.hpp, with their values.
std::vector<std::string> written(const model::GradientModel& model, const model::StochasticGradient& chain) {
  std::vector<std::string> lines{std::string(model.equation)};
  const auto& loss = chain.loss;
  const std::string plus = loss.regulariser.constant() == 0.0 ? "" : " + " + loss.regulariser.text();
  lines.push_back(fmt::format("L = mean over {} rows of {}{}", chain.rows(), loss.row.text(), plus));
  lines.push_back("Sigma = covariance of the gradient of a row, H = Hessian of L");
  std::string symbols = fmt::format("eta = {}, h = {}, b = {}, c = {}", chain.learning_rate, chain.step(),
                                    chain.batch.text(), chain.finite_population_factor().text());
  symbols += fmt::format(", u = {}, D = {}", chain.schedule.text(), chain.temperature.text());
  if (chain.has_momentum()) symbols += fmt::format(", mu = {}", chain.momentum);
  lines.push_back(symbols);
  return lines;
}

}  // namespace

std::optional<SgdSettings> read_sgd(Document& document, const Names& names, const model::RowLoss& loss) {
  Schedules schedules(document, names);
  const auto rate = schedules.written("sgd.learning_rate");
  const auto batch = schedules.written("sgd.batch"), temperature = schedules.written("sgd.temperature");
  SgdSettings sgd;
  auto& chain = sgd.chain;
  chain.loss = loss;
  chain.svag = static_cast<std::size_t>(document.integer_at("sgd.svag").value_or(1));
  chain.momentum = document.number_at("sgd.momentum").value_or(chain.momentum);
  chain.nesterov = document.boolean_at("sgd.nesterov").value_or(chain.nesterov);
  read_sampling(document, chain);
  sgd.model = document.text_at("sgd.model").value_or(sgd.model);
  sgd.replicas = document.integer_at("sgd.replicas").value_or(sgd.replicas);
  sgd.seed = static_cast<std::uint64_t>(document.integer_at("sgd.seed").value_or(1));
  if (!rate || !document.complaints.none()) return std::nullopt;

  chain.learning_rate = schedules.at_start(*rate);
  if (!(chain.learning_rate > 0) || !std::isfinite(chain.learning_rate)) {
    document.complaints.add(document.place("sgd.learning_rate"),
                            fmt::format("sgd.learning_rate is {} at time 0", chain.learning_rate),
                            "give a number above 0");
    return std::nullopt;
  }
  const double end = document.number_at("time.end").value_or(0);
  if (chain.step() > end * (1 + 1e-9))
    document.complaints.add(
        document.place("sgd.learning_rate"),
        fmt::format("a step of {} is longer than the run, time.end = {}", chain.step(), end),
        "time runs by the learning rate a step: raise time.end");
  const Formula eta = schedules.in_time(*rate, chain.step());
  schedules.check("sgd.learning_rate", eta, 0, true);
  chain.schedule = eta / Formula(chain.learning_rate);
  if (batch) {
    chain.batch = schedules.in_time(*batch, chain.step());
    const double largest = schedules.check("sgd.batch", chain.batch, 1, false);
    if (std::isfinite(largest)) chain.largest_batch = static_cast<std::size_t>(std::llround(largest));
    if (const auto b = chain.batch.constant(); b && *b != std::round(*b))
      document.complaints.add(document.place("sgd.batch"), fmt::format("{} rows are no batch", *b),
                              "give a whole number");
  }
  if (temperature) {
    chain.temperature = schedules.in_time(*temperature, chain.step());
    schedules.check("sgd.temperature", chain.temperature, 0, false);
  }
  check_orders(document, chain, end);
  read_adaptive(document, chain);
  check_batch(document, chain);
  return sgd;
}

std::optional<model::Process> process_of(Document& document, const Names& names, const SgdSettings& sgd) {
  const auto* model = model::find_gradient_model(sgd.model);
  if (model == nullptr) return std::nullopt;  // complained of already
  const Place at = document.place("sgd.model");
  if (const auto why = model->refusal(sgd.chain); !why.empty()) {
    document.complaints.add(at, fmt::format("{} does not stand for this chain", sgd.model), why);
    return std::nullopt;
  }
  try {
    auto process = model->make(sgd.chain, starts_in_box(document, names));
    if (process.potential() == nullptr) process.written = written(*model, sgd.chain);
    return process;
  } catch (const std::invalid_argument& e) {
    document.complaints.add(at, e.what(), "take sme1 or sme2");
    return std::nullopt;
  }
}

}  // namespace fpk::io::reader
