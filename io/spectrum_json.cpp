// spectrum.json and the table on the terminal: the leading modes of the generator (docs/result.md).
#include <fmt/format.h>

#include <cmath>

#include "io/claim_json.hpp"
#include "io/writers.hpp"

namespace fpk::io {

namespace {

/// 1 / Re lambda, the time in which a mode falls by e; nothing for the zero one.
std::optional<double> implied_time(const ModeRecord& m) {
  return m.real > 0 ? std::optional(1 / m.real) : std::nullopt;
}

Json number_or_null(const std::optional<double>& x) { return x ? Json(*x) : Json(nullptr); }

Json to_json(const ModeRecord& m) {
  return {{"real", m.real},
          {"imaginary", m.imaginary},
          {"implied_time", number_or_null(implied_time(m))},
          {"residual", m.residual}};
}

}  // namespace

std::string spectrum_json(const Record& record) {
  const SpectrumRecord& s = *record.spectrum;
  Json json = {{"case", record.name}, {"version", record.version}, {"cells", s.cells}, {"flux", s.flux}};
  json["eigenvalues"] = Json::array();
  for (const auto& m : s.modes) json["eigenvalues"].push_back(to_json(m));
  json["gap"] = number_or_null(s.gap);
  json["gap_error"] = number_or_null(s.gap_error);
  json["slowest_time"] = number_or_null(s.gap && *s.gap > 0 ? std::optional(1 / *s.gap) : std::nullopt);
  json["form"] = s.form;
  json["remark"] = s.remark;
  json["complete_below"] = s.complete_below;
  json["largest_rate"] = s.largest_rate;
  if (s.stationary_residual) json["stationary_residual"] = *s.stationary_residual;
  if (s.transport)
    json["transport"] = {{"velocity", s.transport->velocity}, {"diffusion", s.transport->diffusion}};
  json["claims"] = claims_json(record.claims);
  json["notes"] = record.notes;
  json["seconds"] = s.seconds;
  return json_text(json);
}

std::string spectrum_table(const Record& record) {
  const SpectrumRecord& s = *record.spectrum;
  std::string text = fmt::format("  {:>4} {:>16} {:>16} {:>14} {:>10}\n", "mode", "real", "imaginary",
                                 "implied time", "residual");
  for (std::size_t k = 0; k < s.modes.size(); ++k) {
    const auto& m = s.modes[k];
    const auto time = implied_time(m);
    text += fmt::format("  {:>4} {:>16.9g} {:>16} {:>14} {:>10.1e}\n", k, m.real,
                        m.imaginary == 0 ? "" : fmt::format("{:+.9g}", m.imaginary),
                        time ? fmt::format("{:.6g}", *time) : "", m.residual);
  }
  if (s.gap) {
    text += fmt::format("  gap {:.9g}", *s.gap);
    if (s.gap_error) text += fmt::format(", error of the grid about {:.2g}", *s.gap_error);
    text += fmt::format("; slowest time {:.6g}\n", 1 / *s.gap);
  }
  if (s.transport)
    for (std::size_t a = 0; a < s.transport->velocity.size(); ++a)
      if (s.transport->diffusion[a][a] != 0)
        text += fmt::format("  along {}, turns counted: velocity {:.9g}, effective diffusion {:.9g}\n",
                            a < record.variables.size() ? record.variables[a] : "", s.transport->velocity[a],
                            s.transport->diffusion[a][a]);
  return text + "  " + s.form + ": " + s.remark + "\n";
}

}  // namespace fpk::io
