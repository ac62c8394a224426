// estimate.json: an expectation by multilevel Monte Carlo, its levels and what they say (docs/result.md).
#include "io/claim_json.hpp"
#include "io/json_text.hpp"
#include "io/writers.hpp"

namespace fpk::io {
namespace {

Json order_json(const std::optional<verification::Order>& order) {
  if (!order) return nullptr;
  return {{"value", order->value}, {"interval", {order->lower, order->upper}}};
}

Json level_json(const EstimateLevel& l) {
  return {{"step", l.step},
          {"samples", l.samples},
          {"mean", l.mean},
          {"standard_error", l.standard_error},
          {"variance", l.variance},
          {"kurtosis", l.kurtosis},
          {"relative_error_of_variance", l.relative_error_of_variance},
          {"fine_mean", l.fine_mean},
          {"fine_variance", l.fine_variance},
          {"cost", l.cost},
          {"telescoping", l.telescoping},
          {"seconds", l.seconds}};
}

}  // namespace

std::string estimate_json(const Record& record) {
  const EstimateRecord& e = *record.estimate;
  Json json = {{"case", record.name},
               {"version", record.version},
               {"observable", e.observable},
               {"scheme", e.scheme},
               {"time", e.time},
               {"tolerance", e.tolerance},
               {"value", e.value},
               {"standard_error", e.standard_error},
               {"bias", e.bias},
               {"bias_standard_error", e.bias_standard_error},
               {"total_error", e.total_error},
               {"cost", e.cost}};
  json["plain_cost"] = e.plain_cost > 0 ? Json(e.plain_cost) : Json(nullptr);
  json["rates"] = {{"promised_alpha", e.promised_alpha},
                   {"alpha", order_json(e.alpha)},
                   {"beta", order_json(e.beta)},
                   {"gamma", e.gamma}};
  json["levels"] = Json::array();
  for (const auto& l : e.levels) json["levels"].push_back(level_json(l));
  json["costs"] = Json::array();
  for (const auto& c : e.costs)
    json["costs"].push_back({{"tolerance", c.tolerance}, {"multilevel", c.multilevel}, {"plain", c.plain}});
  if (e.reference)
    json["reference"] = {{"value", e.reference->value},
                         {"error", e.reference->error},
                         {"source", e.reference->source},
                         {"seconds", e.reference->seconds}};
  json["claims"] = claims_json(record.claims);
  json["notes"] = record.notes;
  json["seconds"] = e.seconds;
  return json_text(json);
}

}  // namespace fpk::io
