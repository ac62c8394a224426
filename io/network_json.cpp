// network.json, network_curves.csv and the words on the terminal of `fpk network` (docs/network.md).
#include <fmt/format.h>

#include <cmath>

#include "io/claim_json.hpp"
#include "io/writers.hpp"

namespace fpk::io {
namespace {

constexpr std::array<const char*, 5> moment_names{"mean_1", "mean_2", "covariance_11", "covariance_12",
                                                  "covariance_22"};

Json named(const PlaneMoments& m) {
  Json json;
  for (std::size_t k = 0; k < m.size(); ++k) json[moment_names[k]] = m[k];
  return json;
}

Json to_json(const ChainCurve& c) { return {{"mean", c.mean}, {"least", c.least}, {"greatest", c.greatest}}; }

Json to_json(const TrainingRecord& t) {
  Json json = {
      {"learning_rate", t.learning_rate}, {"batch", t.batch}, {"replicas", t.replicas}, {"steps", t.steps}};
  for (const auto& c : t.chains) {
    Json chain = {
        {"temperature", c.temperature}, {"loss", to_json(c.loss)}, {"accuracy", to_json(c.accuracy)}};
    if (!c.held_out_loss.mean.empty()) {
      chain["held_out_loss"] = to_json(c.held_out_loss);
      chain["held_out_accuracy"] = to_json(c.held_out_accuracy);
    }
    json[c.name] = std::move(chain);
  }
  json["seconds"] = t.seconds;
  return json;
}

Json to_json(const TrainedPointRecord& t, bool has_held_out) {
  Json json = {{"polish", t.polish},
               {"loss", t.loss},
               {"cross_entropy", t.cross_entropy},
               {"accuracy", t.accuracy},
               {"gradient_norm", t.gradient_norm},
               {"noise_trace", t.noise_trace}};
  if (has_held_out) {
    json["held_out_cross_entropy"] = t.held_out_cross_entropy;
    json["held_out_accuracy"] = t.held_out_accuracy;
  }
  return json;
}

Json to_json(const HessianRecord& h) {
  Json modes = Json::array();
  for (const auto& m : h.modes)
    modes.push_back(
        {{"value", m.value}, {"residual", m.residual}, {"noise", m.noise}, {"gradient", m.gradient}});
  return {{"modes", modes}, {"products", h.products}, {"seconds", h.seconds}};
}

Json to_json(const NormalityRecord& b) {
  return {{"batch", b.batch},
          {"variance_ratio", b.variance_ratio},
          {"variance_deviation", b.variance_deviation},
          {"expected_skewness", b.expected_skewness},
          {"skewness", b.skewness},
          {"skewness_deviation", b.skewness_deviation},
          {"expected_kurtosis", b.expected_kurtosis},
          {"kurtosis", b.kurtosis},
          {"distance", b.distance},
          {"berry_esseen", b.berry_esseen},
          {"anderson_darling", b.anderson_darling},
          {"normal_skewness", b.normal_skewness},
          {"normal_kurtosis", b.normal_kurtosis},
          {"normal_distance", b.normal_distance},
          {"normal_anderson_darling", b.normal_anderson_darling}};
}

Json to_json(const NetworkNoiseRecord& n) {
  Json directions;
  for (const auto& d : n.directions) {
    Json batches = Json::array();
    for (const auto& b : d.batches) batches.push_back(to_json(b));
    directions[d.name] = {
        {"variance", d.variance}, {"skewness", d.skewness}, {"kurtosis", d.kurtosis}, {"batches", batches}};
  }
  return {{"samples", n.samples},
          {"references", n.references},
          {"directions", directions},
          {"seconds", n.seconds}};
}

Json to_json(const PlaneDistanceRecord& d) {
  return {{"total_variation", d.total_variation},
          {"wasserstein_1", d.wasserstein_1},
          {"exact_total_variation", d.exact_total_variation},
          {"exact_wasserstein_1", d.exact_wasserstein_1},
          {"highest_total_variation", d.highest_total_variation},
          {"highest_wasserstein_1", d.highest_wasserstein_1}};
}

Json to_json(const ReductionTimeRecord& t) {
  return {{"step", t.step},
          {"time", t.time},
          {"chain", named(t.chain)},
          {"chain_error", named(t.chain_error)},
          {"frozen", named(t.frozen)},
          {"frozen_error", named(t.frozen_error)},
          {"difference", named(t.difference)},
          {"difference_error", named(t.difference_error)},
          {"density", named(t.density)},
          {"grid_change", named(t.grid_change)},
          {"relaxed", named(t.relaxed)},
          {"linear", named(t.linear)},
          {"linear_chain", named(t.linear_chain)},
          {"chain_to_density", to_json(t.chain_to_density)},
          {"frozen_to_density", to_json(t.frozen_to_density)},
          {"chain_to_relaxed", to_json(t.chain_to_relaxed)},
          {"outside", t.outside},
          {"frozen_outside", t.frozen_outside},
          {"rest", t.rest},
          {"minimum", t.minimum},
          {"mass", t.mass}};
}

Json to_json(const ReductionRecord& r) {
  Json times = Json::array();
  for (const auto& t : r.times) times.push_back(to_json(t));
  return {{"learning_rate", r.learning_rate},
          {"batch", r.batch},
          {"temperature", r.temperature},
          {"replicas", r.replicas},
          {"eigenvalues", r.eigenvalues},
          {"deviation", r.deviation},
          {"half_width", r.half_width},
          {"cells", r.cells},
          {"propagator", r.propagator},
          {"polynomials",
           {{"degree", r.degree},
            {"checks", r.checks},
            {"loss_error", r.loss_error},
            {"gradient_error", r.gradient_error},
            {"covariance_error", r.covariance_error}}},
          {"rest_modes", r.rest_modes},
          {"rest_noise", r.rest_noise},
          {"times", times},
          {"force",
           {{"mean", r.force.mean},
            {"mean_error", r.force.mean_error},
            {"deviation", r.force.deviation},
            {"frozen_deviation", r.force.frozen_deviation},
            {"predicted", r.force.predicted}}},
          {"seconds",
           {{"chains", r.chain_seconds},
            {"densities", r.density_seconds},
            {"polynomials", r.surrogate_seconds}}}};
}

}  // namespace

std::string network_json(const Record& record) {
  const NetworkRecord& n = *record.network;
  Json json = {{"case", record.name},
               {"version", record.version},
               {"features", n.features},
               {"hidden", n.hidden},
               {"classes", n.classes},
               {"parameters", n.parameters},
               {"training_rows", n.training_rows},
               {"held_out_rows", n.held_out_rows},
               {"weight_decay", n.weight_decay},
               {"seed", n.seed}};
  json["training"] = to_json(n.training);
  json["trained"] = to_json(n.trained, n.held_out_rows > 0);
  json["hessian"] = to_json(n.hessian);
  json["noise"] = to_json(n.noise);
  json["reduction"] = to_json(n.reduction);
  json["claims"] = claims_json(record.claims);
  json["notes"] = record.notes;
  json["seconds"] = n.seconds;
  return json_text(json);
}

std::string network_csv(const Record& record) {
  const TrainingRecord& t = record.network->training;
  std::string text = "step";
  std::vector<const std::vector<double>*> columns;
  for (const auto& c : t.chains)
    for (const auto& [name, curve] : {std::pair{"loss", &c.loss},
                                      {"accuracy", &c.accuracy},
                                      {"held_out_loss", &c.held_out_loss},
                                      {"held_out_accuracy", &c.held_out_accuracy}})
      for (const auto& [end, values] :
           {std::pair{"", &curve->mean}, {"_least", &curve->least}, {"_greatest", &curve->greatest}})
        if (!values->empty()) {
          text += fmt::format(",{}_{}{}", c.name, name, end);
          columns.push_back(values);
        }
  text += '\n';
  for (std::size_t k = 0; k < t.steps.size(); ++k) {
    text += fmt::format("{}", t.steps[k]);
    for (const auto* column : columns) text += fmt::format(",{}", (*column)[k]);
    text += '\n';
  }
  return text;
}

std::string network_table(const Record& record) {
  const NetworkRecord& n = *record.network;
  std::string text =
      fmt::format("{} - {} - {} network, {} parameters, {} rows trained on, {} held out\n", n.features,
                  n.hidden, n.classes, n.parameters, n.training_rows, n.held_out_rows);
  for (const auto& c : n.training.chains) {
    text += fmt::format("  {:<5} D = {:<8g} loss {:.4f}, accuracy {:.4f}", c.name, c.temperature,
                        c.loss.mean.back(), c.accuracy.mean.back());
    if (n.held_out_rows > 0)
      text += fmt::format("; held out {:.4f}, {:.4f}", c.held_out_loss.mean.back(),
                          c.held_out_accuracy.mean.back());
    text += fmt::format("  after {} steps\n", n.training.steps.back());
  }
  text += fmt::format("  trained point: loss {:.6f}, |grad| {:.2g}, tr Sigma {:.4g}\n  leading curvatures",
                      n.trained.loss, n.trained.gradient_norm, n.trained.noise_trace);
  for (const auto& m : n.hessian.modes) text += fmt::format(" {:.4g}", m.value);
  text +=
      "\n  plane of the first two: chain, frozen chain, density, relaxed density, linear, over standard "
      "deviations\n";
  const auto& r = n.reduction;
  for (const auto& t : r.times) {
    text += fmt::format("  step {:>6}", t.step);
    for (std::size_t k = 0; k < 2; ++k) {
      text += fmt::format("   mean z{}", k + 1);
      for (const auto* m : {&t.chain, &t.frozen, &t.density, &t.relaxed, &t.linear})
        text += fmt::format(" {:+.3f}", (*m)[k] / r.deviation[k]);
    }
    for (std::size_t k : {2U, 4U}) {
      const double s = r.deviation[k / 4] * r.deviation[k / 4];
      text += fmt::format("   var z{}", k / 4 + 1);
      for (const auto* m : {&t.chain, &t.frozen, &t.density, &t.relaxed, &t.linear})
        text += fmt::format(" {:.3f}", (*m)[k] / s);
    }
    text += fmt::format("   TV {:.3f} frozen {:.3f} exact {:.3f}\n", t.chain_to_density.total_variation,
                        t.frozen_to_density.total_variation, t.chain_to_density.exact_total_variation);
  }
  return text;
}

}  // namespace fpk::io
