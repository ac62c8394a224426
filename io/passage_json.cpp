// passage.json: first-passage times, rates and committors, for other programs (docs/result.md).
#include "io/claim_json.hpp"
#include "io/csv_field.hpp"
#include "io/json_text.hpp"
#include "io/writers.hpp"

namespace fpk::io {
namespace {

Json survival_json(const SurvivalRecord& s, bool has_faces) {
  Json json = {{"times", s.times}, {"probability", s.survival}, {"density", s.density}};
  if (has_faces) json["density_at_faces"] = s.density_at_faces;
  if (s.settled) json["quasi_stationary_from"] = *s.settled;
  json["propagator"] = s.propagator;
  json["negative"] = s.negative;
  return json;
}

Json estimate_json(const law::Estimate& e) {
  return {{"value", e.value}, {"standard_error", e.standard_error}};
}

Json particles_json(const PassageParticlesRecord& p) {
  Json json = {
      {"count", p.count},
      {"scheme", p.scheme},
      {"noise", p.noise},
      {"absorption", p.absorption},
      {"step", p.step},
      {"seed", p.seed},
      {"horizon", p.horizon},
      {"survival", {{"times", p.times}, {"value", p.survival}, {"standard_error", p.survival_error}}},
      {"restricted_mean", estimate_json(p.restricted_mean)},
      {"restricted_variance", estimate_json(p.restricted_variance)},
      {"in_target", estimate_json(p.in_target)},
      {"at_faces", estimate_json(p.at_faces)},
      {"censored", p.censored},
      {"exploded", p.exploded},
      {"seconds", p.seconds}};
  if (p.density_restricted_mean) json["density_restricted_mean"] = *p.density_restricted_mean;
  return json;
}

/// Columns of the particles in row k of the table; empty beyond their horizon.
std::string particles_fields(const PassageParticlesRecord& p, std::size_t k, double time) {
  if (k >= p.times.size() || p.times[k] != time) return ",,";
  return ',' + csv_field(p.survival[k]) + ',' + csv_field(p.survival_error[k]);
}

}  // namespace

std::string passage_json(const Record& record) {
  const PassageRecord& p = *record.passage;
  Json json = {{"case", record.name}, {"version", record.version}, {"cells", p.cells}, {"flux", p.flux}};
  json["start"] = p.start;
  if (!p.target.empty()) json["target"] = p.target;
  if (!p.source.empty()) json["source"] = p.source;
  json["mean"] = p.time.mean;
  json["variance"] = p.time.variance;
  json["probability"] = p.time.probability;
  if (p.time.mean_error) json["mean_error"] = *p.time.mean_error;
  if (p.exit) json["exit"] = {{"mean", p.exit->mean}, {"variance", p.exit->variance}};
  if (p.quasi_stationary) {
    json["quasi_stationary_rate"] = p.quasi_stationary->rate;
    json["quasi_stationary_residual"] = p.quasi_stationary->residual;
  }
  if (p.committor_at_start) json["committor_at_start"] = *p.committor_at_start;
  if (p.reaction) {
    json["reactive_rate"] = p.reaction->rate;
    json["reactive_rate_into_target"] = p.reaction->rate_into_target;
    json["rate_forward"] = p.reaction->rate_forward;
    json["rate_backward"] = p.reaction->rate_backward;
  }
  if (!p.survival.times.empty()) json["survival"] = survival_json(p.survival, p.exit.has_value());
  if (p.particles) json["particles"] = particles_json(*p.particles);
  json["correction"] = p.correction;
  json["claims"] = claims_json(record.claims);
  json["notes"] = record.notes;
  json["seconds"] = p.seconds;
  return json_text(json);
}

std::string passage_csv(const Record& record) {
  const SurvivalRecord& s = record.passage->survival;
  const bool has_faces = record.passage->exit.has_value();
  const auto& particles = record.passage->particles;
  std::string text = std::string("time,survival,density") + (has_faces ? ",density_at_faces" : "") +
                     (particles ? ",particles.survival,particles.survival.standard_error\n" : "\n");
  for (std::size_t k = 0; k < s.times.size(); ++k) {
    text += csv_field(s.times[k]) + ',' + csv_field(s.survival[k]) + ',' + csv_field(s.density[k]);
    if (has_faces) text += ',' + csv_field(s.density_at_faces[k]);
    if (particles) text += particles_fields(*particles, k, s.times[k]);
    text += '\n';
  }
  return text;
}

}  // namespace fpk::io
