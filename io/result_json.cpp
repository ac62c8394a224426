// result.json: what a run found out, for other programs. Every name is explained in docs/result.md.
#include "io/claim_json.hpp"
#include "io/json_text.hpp"
#include "io/writers.hpp"

namespace fpk::io {

namespace {

/// {NAME: [value at each time]}
Json values_by_name(const NamedSeries& all) {
  Json json = Json::object();
  for (const auto& [name, series] : all) json[name] = series.value;
  return json;
}

/// {NAME: {value: [...], standard_error: [...]}}
Json estimates_by_name(const NamedSeries& all) {
  Json json = Json::object();
  for (const auto& [name, series] : all)
    json[name] = {{"value", series.value}, {"standard_error", series.standard_error}};
  return json;
}

Json to_json(const ExtrapolatedRecord& e) {
  Json json = {{"cells", e.cells}, {"mass", e.mass}, {"minimum", e.minimum}, {"l1_error", e.l1_error}};
  json["observables"] = Json::object();
  for (const auto& o : e.observables) json["observables"][o.name] = {{"value", o.value}, {"error", o.error}};
  return json;
}

Json to_json(const DomainRecord& d) {
  Json sides = Json::object();
  for (std::size_t a = 0; a < d.variables.size(); ++a)
    sides[d.variables[a]] = {{"lower", d.ends[a][0]}, {"upper", d.ends[a][1]}};
  return {{"method", d.method}, {"remark", d.remark}, {"mass_outside", d.mass_outside}, {"sides", sides}};
}

Json to_json(const DensityRecord& d) {
  Json json = {{"cells", d.cells},    {"propagator", d.propagator}, {"choice", d.choice},
               {"flux", d.flux},      {"tolerance", d.tolerance},   {"mass", d.mass},
               {"minimum", d.minimum}};
  json["widths"] = d.widths;
  if (!d.relative_entropy.empty()) json["relative_entropy"] = d.relative_entropy;
  for (const auto& exit : d.exits) {
    json["absorbed"][exit.name] = exit.absorbed;
    json["exit_flux"][exit.name] = exit.flux;
  }
  if (!d.entropy.empty()) json["entropy"] = d.entropy;
  if (!d.entropy_production.empty()) json["entropy_production"] = d.entropy_production;
  if (!d.dissipation.empty()) json["dissipation"] = d.dissipation;
  if (!d.housekeeping.empty()) json["housekeeping"] = d.housekeeping;
  json["observables"] = values_by_name(d.observables);
  if (d.extrapolated) json["extrapolated"] = to_json(*d.extrapolated);
  json["applications"] = d.applications;
  json["restored_mass"] = d.restored_mass;
  json["seconds"] = d.seconds;
  return json;
}

Json to_json(const StepExtrapolationRecord& e) {
  Json json = {
      {"order", e.order}, {"next_order", e.next_order}, {"observables", estimates_by_name(e.observables)}};
  for (const auto& [name, series] : e.remainder) json["observables"][name]["remainder"] = series.value;
  return json;
}

Json to_json(const ParticlesRecord& p) {
  Json json = {{"count", p.count}, {"scheme", p.scheme}, {"noise", p.noise},
               {"step", p.step},   {"seed", p.seed},     {"observables", estimates_by_name(p.observables)}};
  if (p.extrapolated) json["extrapolated"] = to_json(*p.extrapolated);
  json["escaped"] = p.escaped;
  json["exploded"] = p.exploded;
  json["seconds"] = p.seconds;
  if (!p.absorption.empty()) json["absorption"] = p.absorption;
  if (!p.exits.empty()) json["absorbed"] = estimates_by_name(p.exits);
  return json;
}

Json to_json(const GibbsComparison& g) {
  return {{"temperature", g.temperature},
          {"covariance", g.covariance},
          {"total_variation", g.total_variation},
          {"wasserstein_1", g.wasserstein_1},
          {"exact_sample_total_variation", g.exact_sample_total_variation}};
}

Json to_json(const SgdStationaryRecord& s) {
  Json json = {{"minimum", s.minimum}, {"loss", s.loss}, {"hessian", s.hessian}, {"noise", s.noise}};
  json["forgetting"] = s.forgetting;
  json["covariance"] = {
      {"chains", s.chains}, {"chains_standard_error", s.chains_error}, {"lyapunov", s.lyapunov}};
  if (!s.finite_step.empty()) json["covariance"]["finite_step"] = s.finite_step;
  json["finite_step_is_exact"] = s.finite_step_is_exact;
  if (!s.diffusion.empty()) json["covariance"]["diffusion"] = s.diffusion;
  json["mean"] = {{"chains", s.chains_mean}, {"chains_standard_error", s.chains_mean_error}};
  if (!s.finite_step_mean.empty()) json["mean"]["finite_step"] = s.finite_step_mean;
  if (s.best_gibbs) {
    json["best_gibbs"] = to_json(*s.best_gibbs);
    json["best_gibbs"]["temperature_standard_error"] = s.best_temperature_error;
  }
  if (s.matched_gibbs) json["matched_gibbs"] = to_json(*s.matched_gibbs);
  return json;
}

Json to_json(const SgdRecord& s) {
  Json json = {{"model", s.model},
               {"learning_rate", s.learning_rate},
               {"step", s.step},
               {"rows", s.rows},
               {"batch", s.batch},
               {"sampling", s.sampling},
               {"momentum", s.momentum},
               {"nesterov", s.nesterov},
               {"temperature", s.temperature},
               {"svag", s.svag},
               {"replicas", s.replicas},
               {"seed", s.seed}};
  json["times"] = s.times;
  json["steps"] = s.steps;
  json["observables"] = estimates_by_name(s.observables);
  json["exploded"] = s.exploded;
  json["outside"] = s.outside;
  if (s.stationary) json["stationary"] = to_json(*s.stationary);
  json["seconds"] = s.seconds;
  return json;
}

Json to_json(const StationaryRecord& s) {
  Json json = {{"source", s.source}, {"remark", s.remark}};
  if (s.entropy_production) json["entropy_production"] = *s.entropy_production;
  if (s.gap) json["gap"] = *s.gap;
  if (!s.gap_remark.empty()) json["gap_remark"] = s.gap_remark;
  json["observables"] = Json::object();
  for (const auto& [name, value] : s.observables) json["observables"][name] = value;
  return json;
}

Json to_json(const DistancePair& pair) {
  Json json = Json::object(), exact_sample = Json::object();
  for (const auto& d : pair.distances) {
    json[d.name] = d.value;
    if (!d.exact_sample.empty()) exact_sample[d.name] = d.exact_sample;
  }
  if (!exact_sample.empty()) json["exact_sample"] = std::move(exact_sample);
  return json;
}

}  // namespace

std::string result_json(const Record& record) {
  Json json = {{"case", record.name},
               {"version", record.version},
               {"fingerprint", record.fingerprint},
               {"times", record.times}};
  if (record.domain) json["domain"] = to_json(*record.domain);
  if (const auto& s = record.surrogate)
    json["surrogate"] = {{"tolerance", s->tolerance},
                         {"drift_degree", s->drift_degree},
                         {"drift_error", s->drift_error},
                         {"noise_degree", s->noise_degree},
                         {"noise_error", s->noise_error}};
  if (record.density) json["density"] = to_json(*record.density);
  if (record.particles) json["particles"] = to_json(*record.particles);
  if (record.sgd) json["sgd"] = to_json(*record.sgd);
  if (record.stationary) json["stationary"] = to_json(*record.stationary);
  if (!record.exact_observables.empty())
    json["exact"] = {{"observables", values_by_name(record.exact_observables)}};
  for (const auto& pair : record.distances) json["distances"][pair.name] = to_json(pair);
  json["claims"] = claims_json(record.claims);
  json["verdict"] = verification::all_hold(record.claims) ? "holds" : "fails";
  json["notes"] = record.notes;
  return json_text(json);
}

}  // namespace fpk::io
