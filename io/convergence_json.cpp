// convergence.json: the ladders of a convergence study and the orders seen on them (docs/result.md).
#include "io/claim_json.hpp"
#include "io/compared_fluxes.hpp"
#include "io/json_text.hpp"
#include "io/writers.hpp"

namespace fpk::io {

namespace {

Json to_json(const ConvergenceRow& row) {
  Json json = Json::object();
  if (row.cells.empty()) {
    json["step"] = row.size;
  } else {
    json["cells"] = row.cells;
    json["width"] = row.size;
  }
  if (row.expectation) json["expectation"] = *row.expectation;
  json["error"] = row.error;
  json["lower"] = row.lower;
  json["upper"] = row.upper;
  if (row.standard_error) json["standard_error"] = *row.standard_error;
  if (row.samples) json["samples"] = *row.samples;
  if (row.cost) json["cost"] = *row.cost;
  return json;
}

Json to_json(const std::optional<verification::Order>& order) {
  if (!order) return nullptr;
  return {{"value", order->value}, {"lower", order->lower}, {"upper", order->upper}};
}

Json to_json(const ConvergenceStudy& study) {
  Json json = {{"title", study.title},           {"scheme", study.scheme},     {"method", study.method},
               {"observable", study.observable}, {"promised", study.promised}, {"rows", Json::array()}};
  if (study.at_least) json["at_least"] = true;
  if (!study.noise.empty()) json["noise"] = study.noise;
  if (study.seed) json["seed"] = *study.seed;
  if (study.half_width) json["half_width"] = *study.half_width;
  if (study.reference)
    json["reference"] = {{"value", study.reference->value},
                         {"error", study.reference->error},
                         {"source", study.reference->source}};
  if (study.resolution > 0) {
    json["resolution"] = study.resolution;
    json["cut_off"] = study.cut_off;
  }
  for (const auto& row : study.rows) json["rows"].push_back(to_json(row));
  json["order"] = to_json(study.verdict.order);
  if (study.sampled) json["next_term_fitted"] = study.verdict.next_term_fitted;
  json["remark"] = study.verdict.remark;
  json["seconds"] = study.seconds;
  return json;
}

Json to_json(const SgdExpectations& e) {
  Json json = {
      {"time", e.time}, {"method", e.method}, {"learning_rates", e.learning_rates}, {"error", e.error}};
  json["observables"] = Json::object();
  for (const auto& [name, series] : e.observables) {
    json["observables"][name] = {{"value", series.value}};
    if (!series.standard_error.empty()) json["observables"][name]["standard_error"] = series.standard_error;
  }
  if (e.chains.empty()) return json;
  json["chains"] = e.chains;
  for (const auto& [name, left] : e.variance_left) json["observables"][name]["variance_left"] = left.value;
  return json;
}

}  // namespace

std::string convergence_json(const Record& record) {
  Json json = {{"case", record.name},
               {"title", record.title},
               {"version", record.version},
               {"fingerprint", record.fingerprint}};
  for (const auto& study : record.convergence) json[study.name] = to_json(study);
  if (record.sgd_expectations) json["sgd"] = to_json(*record.sgd_expectations);
  const auto fluxes = compared_fluxes(record);
  if (!fluxes.empty()) {
    Json& table = json["fluxes"];
    for (const auto& row : fluxes.front()->rows) {
      table["cells"].push_back(row.cells);
      table["width"].push_back(row.size);
    }
    for (const auto* study : fluxes)
      for (const auto& row : study->rows) table["error"][study->flux].push_back(row.error);
  }
  json["claims"] = claims_json(record.claims);
  json["verdict"] = verification::all_hold(record.claims) ? "holds" : "fails";
  json["notes"] = record.notes;
  return json_text(json);
}

}  // namespace fpk::io
