// [process]: dX = b dt + sigma dW, given in one of four ways:
//   potential and temperature           b = -grad L,  sigma = sqrt(2 D) I; with rotation b = -(I + J) grad L
//   drift and noise                     b, sigma, in Ito's sense or that of noise_convention
//   data, loss, regulariser, temperature   L = mean over rows of loss + regulariser, then as the first
//   data, loss, regulariser beside [sgd]   the diffusion that stands for stochastic gradient descent on that loss
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/case/sections.hpp"
#include "model/noise_convention.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

constexpr TimeUse constant_potential{false, "give drift and noise instead, which may use t"};

enum class Way { potential, drift, data, sgd };

struct WayKeys {
  Way way;
  std::vector<std::string_view> needed, possible;
};

const std::vector<WayKeys>& ways() {
  static const std::vector<WayKeys> all{
      {Way::potential, {"potential", "temperature"}, {"rotation"}},
      {Way::drift, {"drift", "noise"}, {"noise_convention", "stationary"}},
      {Way::data, {"data", "loss", "temperature"}, {"regulariser", "rotation"}},
      {Way::sgd, {"data", "loss"}, {"regulariser"}}};
  return all;
}

constexpr std::string_view ways_text =
    "give potential and temperature, or drift and noise, or data, loss and temperature";

bool says(const Document& document, std::string_view key) {
  return document.has(fmt::format("process.{}", key));
}

Place place(const Document& document, std::string_view key) { return document.place_of_key("process", key); }

/// The way that the first of these keys belongs to.
std::optional<Way> chosen_way(const Document& document) {
  if (document.has("sgd")) return Way::sgd;
  for (const auto& [key, way] : {std::pair{"potential", Way::potential},
                                 {"drift", Way::drift},
                                 {"noise", Way::drift},
                                 {"data", Way::data},
                                 {"loss", Way::data}})
    if (says(document, key)) return way;
  return std::nullopt;
}

bool keys_agree(Document& document, const WayKeys& chosen) {
  bool agree = true;
  for (const std::string_view key : chosen.needed)
    if (!says(document, key)) {
      document.complaints.add(
          document.place("process"),
          fmt::format("process has {} but no {}",
                      says(document, chosen.needed.front()) ? chosen.needed.front() : chosen.needed[1], key),
          std::string(ways_text));
      agree = false;
    }
  for (const std::string_view key : {"potential", "temperature", "rotation", "drift", "noise",
                                     "noise_convention", "stationary", "data", "loss", "regulariser"}) {
    const bool belongs =
        std::ranges::count(chosen.needed, key) + std::ranges::count(chosen.possible, key) > 0;
    if (!belongs && says(document, key)) {
      document.complaints.add(
          place(document, key),
          fmt::format("process.{} does not go with process.{}", key, chosen.needed.front()),
          key == "stationary"      ? "leave it out: the stationary density is exp(-L/D)"
          : chosen.way == Way::sgd ? "leave it out beside [sgd]; injected noise is sgd.temperature"
                                   : std::string(ways_text));
      agree = false;
    }
  }
  return agree;
}

/// D: a constant, or a formula of t that is positive from 0 to time.end.
std::optional<Formula> read_temperature(Document& document, const Names& names) {
  constexpr std::string_view path = "process.temperature";
  const Expressions expressions(document, names.scope);
  const auto f = expressions.formula(path);
  if (!f) return std::nullopt;
  for (const auto& name : names.variables)
    if (f->depends_on(name)) {
      document.complaints.add(
          document.place(path),
          fmt::format("{} must be constant or a formula of t, and depends on {}", path, name),
          "give drift and noise in place of a potential where the noise varies in space");
      return std::nullopt;
    }
  if (!f->depends_on(model::time_name)) {
    const auto constant = expressions.constant(path, find_key(path)->range);
    return constant ? std::optional(Formula(*constant)) : std::nullopt;
  }
  const double end = document.number_at("time.end").value_or(0);
  constexpr int trials = 256;
  for (int k = 0; k <= trials; ++k) {
    const double t = end * k / trials, D = f->substitute(model::time_name, Formula(t)).constant().value_or(0);
    if (std::isfinite(D) && D > 0) continue;
    document.complaints.add(document.place(path), fmt::format("{} is {} at t = {}", path, D, t),
                            "keep it above 0 from 0 to time.end");
    return std::nullopt;
  }
  return f;
}

std::optional<model::Process> langevin(Document& document, const Names& names,
                                       const std::optional<Formula>& potential) {
  const auto temperature = read_temperature(document, names);
  auto J = read_rotation(document, names);
  if (!potential || !temperature || (document.has("process.rotation") && !J)) return std::nullopt;
  const auto D = temperature->constant();
  if (!D)
    return model::annealed_langevin(names.variables, *potential, *temperature,
                                    J.value_or(std::vector<std::vector<double>>{}));
  return J ? model::rotating_langevin(names.variables, *potential, *D, *J)
           : model::overdamped_langevin(names.variables, *potential, *D);
}

/// One formula for each variable.
std::vector<Formula> read_drift(Document& document, const Expressions& expressions, std::size_t dimension) {
  const toml::node* list = document.find("process.drift");
  if (list == nullptr) return {};
  const auto drift = expressions.formulas(*list, "process.drift");
  if (drift && drift->size() == dimension) return *drift;
  if (drift)
    document.complaints.add(
        document.place(*list),
        fmt::format("process.drift has {} formulas for {} variables", drift->size(), dimension),
        "give one formula for each variable");
  return {};
}

/// One row for each variable, all equally long.
std::vector<std::vector<Formula>> read_noise(Document& document, const Expressions& expressions,
                                             std::size_t dimension) {
  const toml::node* list = document.find("process.noise");
  if (list == nullptr) return {};
  const toml::array& rows = *list->as_array();
  const std::string hint = fmt::format("give {} rows of one formula for each source of noise: {}", dimension,
                                       R"([["1", "0"], ["0", "1"]] is independent noise in two variables)");
  if (rows.size() != dimension) {
    document.complaints.add(document.place(*list),
                            fmt::format("process.noise has {} rows for {} variables", rows.size(), dimension),
                            hint);
    return {};
  }
  std::vector<std::vector<Formula>> noise;
  for (std::size_t i = 0; i < dimension; ++i) {
    const toml::node& row = *rows.get(i);
    const std::string what = fmt::format("row {} of process.noise", i + 1);
    if (row.as_array()->size() != rows.get(0)->as_array()->size())
      document.complaints.add(document.place(row), what + " is not as long as the first", hint);
    else if (const auto formulas = expressions.formulas(row, what))
      noise.push_back(*formulas);
  }
  return noise.size() == dimension ? noise : std::vector<std::vector<Formula>>{};
}

std::optional<model::Process> general(Document& document, const Names& names) {
  const Expressions expressions(document, names.scope);
  model::Process process;
  process.variables = names.variables;
  process.drift = read_drift(document, expressions, names.variables.size());
  process.noise = read_noise(document, expressions, names.variables.size());
  process.stationary = expressions.formula("process.stationary",
                                           {false, "a stationary density is one that time does not change"});
  const bool complete = !process.drift.empty() && !process.noise.empty();
  if (!complete) return std::nullopt;
  const auto sense = document.text_at("process.noise_convention");
  const auto* convention = sense ? model::find_noise_convention(*sense) : nullptr;
  return convention != nullptr ? model::in_ito_sense(std::move(process), *convention) : process;
}

}  // namespace

std::optional<Problem> read_process(Document& document, const Names& names) {
  if (document.table("process") == nullptr) return std::nullopt;
  const auto way = chosen_way(document);
  if (!way) {
    document.complaints.add(document.place("process"), "process says neither what drives it nor its noise",
                            std::string(ways_text));
    return std::nullopt;
  }
  const bool agree = keys_agree(document, *std::ranges::find(ways(), *way, &WayKeys::way));
  std::optional<model::Process> process;
  std::optional<SgdSettings> sgd;
  std::optional<model::RowLoss> loss;
  switch (*way) {
    case Way::potential:
      process = langevin(document, names,
                         Expressions(document, names.scope).formula("process.potential", constant_potential));
      break;
    case Way::drift:
      process = general(document, names);
      break;
    case Way::data: {
      loss = read_row_loss(document, names);
      process = langevin(document, names, loss ? std::optional(loss->mean()) : std::nullopt);
      break;
    }
    case Way::sgd: {
      loss = read_row_loss(document, names);
      if (loss) sgd = read_sgd(document, names, *loss);
      if (sgd) process = process_of(document, names, *sgd);
      break;
    }
  }
  if (!agree || !process) return std::nullopt;
  return Problem{std::move(*process), std::move(sgd), std::move(loss)};
}

}  // namespace fpk::io::reader
