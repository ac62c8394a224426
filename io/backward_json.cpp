// backward.json: expectations as functions of the start, and their duality with the forward road (docs/result.md).
#include "io/claim_json.hpp"
#include "io/json_text.hpp"
#include "io/writers.hpp"

namespace fpk::io {

std::string backward_json(const Record& record) {
  const BackwardRecord& b = *record.backward;
  Json json = {{"case", record.name}, {"version", record.version}, {"cells", b.cells}, {"times", b.times}};
  if (!b.propagator.empty()) json["propagator"] = b.propagator;
  json["observables"] = Json::object();
  for (const auto& o : b.observables)
    json["observables"][o.name] = {{"minimum", o.minimum},
                                   {"maximum", o.maximum},
                                   {"at_initial", o.at_initial},
                                   {"forward", o.forward},
                                   {"duality_error", o.duality_error}};
  json["claims"] = claims_json(record.claims);
  json["notes"] = record.notes;
  json["seconds"] = b.seconds;
  return json_text(json);
}

}  // namespace fpk::io
