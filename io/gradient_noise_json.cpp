// noise.json: the noise of stochastic gradients (docs/noise-diagnostics.md has every name).
#include <numbers>

#include "io/claim_json.hpp"
#include "io/json_text.hpp"
#include "io/writers.hpp"

namespace fpk::io {
namespace {

template <class Value>
Json or_null(const std::optional<Value>& v) {
  return v ? Json(*v) : Json(nullptr);
}

Json list(const Eigen::VectorXd& v) { return std::vector<double>(v.begin(), v.end()); }

Json rows(const Eigen::MatrixXd& A) {
  Json json = Json::array();
  for (Eigen::Index i = 0; i < A.rows(); ++i) json.push_back(list(A.row(i).transpose()));
  return json;
}

Json tested(const verification::Tested& t) { return {{"statistic", t.statistic}, {"p_value", t.p_value}}; }

Json reference(const GaussianReference& r) { return {{"mean", r.mean}, {"interval", {r.lower, r.upper}}}; }

Json order(const std::optional<verification::Order>& o) {
  if (!o) return nullptr;
  return {{"value", o->value}, {"interval", {o->lower, o->upper}}};
}

Json direction(const NoiseDirection& d) {
  Json rate = {{"promised", d.promised_rate}, {"order", order(d.rate.order)}, {"remark", d.rate.remark}};
  return {{"name", d.name},
          {"direction", d.along},
          {"standard_deviation", d.shape.deviation},
          {"skewness", d.shape.skewness},
          {"excess_kurtosis", d.shape.excess_kurtosis},
          {"third_absolute_moment", d.shape.third_absolute},
          {"lattice_span", d.shape.span},
          {"normal_from_batch", d.normal_from},
          {"rate", std::move(rate)}};
}

Json projected(const std::string& name, const ProjectedNoise& p) {
  Json json = {{"name", name},
               {"skewness", p.skewness},
               {"expected_skewness", p.expected_skewness},
               {"kolmogorov", tested(p.kolmogorov)},
               {"anderson_darling", tested(p.anderson_darling)},
               {"edgeworth_distance", p.edgeworth},
               {"berry_esseen_bound", or_null(p.bound)}};
  json["exact_distance"] = p.exact ? Json(p.exact->value) : Json(nullptr);
  json["exact_distance_error"] = p.exact ? Json(p.exact->error) : Json(nullptr);
  json["hill_index"] = p.hill_index;
  return json;
}

Json batch(const NoisePoint& point, const BatchNoise& b) {
  Json json = {{"batch", b.batch},
               {"factor", b.factor},
               {"trace", b.trace},
               {"trace_standard_error", b.trace_error},
               {"expected_trace", b.expected_trace},
               {"mean_z", b.mean_z},
               {"covariance_z", b.covariance_z}};
  json["mardia_skewness"] = b.mardia ? tested(b.mardia->skewness) : Json(nullptr);
  json["mardia_kurtosis"] = b.mardia ? tested(b.mardia->kurtosis) : Json(nullptr);
  json["stable_index"] = or_null(b.stable_index);
  json["directions"] = Json::array();
  for (std::size_t k = 0; k < b.along.size(); ++k)
    json["directions"].push_back(projected(point.directions[k].name, b.along[k]));
  return json;
}

Json point_json(const NoisePoint& p) {
  Json json = {{"at", p.at},
               {"time", or_null(p.time)},
               {"path_length", p.length},
               {"loss", p.noise.loss},
               {"gradient", list(p.noise.gradient)},
               {"covariance", rows(p.noise.covariance)},
               {"hessian", rows(p.noise.hessian)},
               {"trace", p.shape.trace},
               {"rank", p.shape.rank},
               {"condition", p.shape.condition},
               {"alignment", p.shape.alignment},
               {"proportionality", p.shape.proportionality},
               {"leading_angle", p.shape.leading_angle * 180 / std::numbers::pi},
               {"temperature", or_null(p.temperature)}};
  json["directions"] = Json::array();
  for (const auto& d : p.directions) json["directions"].push_back(direction(d));
  json["stable_index_of_gaussian"] = reference(p.stable_reference);
  json["samplings"] = Json::array();
  for (const auto& s : p.samplings) {
    json["samplings"].push_back({{"sampling", s.sampling}, {"exponent", order(s.exponent)}});
    Json& batches = json["samplings"].back()["batches"] = Json::array();
    for (const auto& b : s.batches) batches.push_back(batch(p, b));
  }
  return json;
}

}  // namespace

std::string gradient_noise_json(const Record& record) {
  const GradientNoiseRecord& r = *record.noise;
  Json json = {{"case", record.name},
               {"version", record.version},
               {"parameters", r.parameters},
               {"row_loss", r.row_loss},
               {"regulariser", r.regulariser},
               {"rows", r.rows},
               {"samples", r.samples},
               {"replicates", r.replicates},
               {"seed", r.seed},
               {"rank_threshold", model::rank_threshold},
               {"stable_group", r.stable_group},
               {"hill_count", r.hill_count},
               {"hill_index_of_gaussian", reference(r.hill_reference)},
               {"resolution", r.resolution},
               {"cells", r.cells}};
  json["points"] = Json::array();
  for (const auto& p : r.points) json["points"].push_back(point_json(p));
  json["claims"] = claims_json(record.claims);
  json["notes"] = record.notes;
  json["seconds"] = r.seconds;
  return json_text(json);
}

}  // namespace fpk::io
