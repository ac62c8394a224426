#include "io/report/compared_schemes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/promised_order.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"

namespace fpk::io::report {
namespace {

using Studies = std::vector<const ConvergenceStudy*>;

/// "weak-SCHEME" for the kind "weak".
Studies of_kind(const Record& record, const std::string& kind) {
  Studies found;
  for (const auto& study : record.convergence)
    if (study.name == kind + "-" + study.scheme) found.push_back(&study);
  return found;
}

constexpr std::array looks{Look::particles, Look::density, Look::exact, Look::between, Look::stationary};

/// Magnitudes above what they are known to: below that there is nothing to draw.
Curve errors(const ConvergenceStudy& study, std::size_t number) {
  Curve curve{.look = looks[number % looks.size()], .markers = true, .dashed = number >= looks.size()};
  for (const auto& row : study.rows)
    if (std::abs(row.error) > study.resolution) {
      curve.x.push_back(row.size);
      curve.y.push_back(std::abs(row.error));
      if (!study.sampled) continue;
      curve.interval = Interval::bars;
      curve.lower.push_back(row.lower * row.upper < 0 ? 0
                                                      : std::min(std::abs(row.lower), std::abs(row.upper)));
      curve.upper.push_back(std::max(std::abs(row.lower), std::abs(row.upper)));
    }
  return curve;
}

std::string table(const Studies& studies, const std::string& subject) {
  std::string html = fmt::format("<div class=\"wide\"><table>\n<thead><tr><th>{}</th>", subject);
  for (const auto& row : studies.front()->rows)
    html += fmt::format("<th class=\"n\">{}</th>", plain(row.size));
  html += "<th class=\"n\">order</th><th class=\"n\">promised</th></tr></thead>\n<tbody>\n";
  for (const auto* study : studies) {
    html += fmt::format("<tr><td>{}</td>", escaped(study->scheme));
    for (const auto& row : study->rows) html += fmt::format("<td class=\"n\">{}</td>", number(row.error));
    html += fmt::format("<td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                        study->verdict.order ? fmt::format("{:.2f}", study->verdict.order->value) : "–",
                        promised_order(*study));
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string side_by_side(const Studies& studies, const std::string& heading, const std::string& size,
                         const std::string& subject) {
  if (studies.empty()) return "";
  std::vector<Curve> curves;
  std::vector<LegendEntry> entries;
  for (std::size_t k = 0; k < studies.size(); ++k) {
    curves.push_back(errors(*studies[k], k));
    entries.push_back({{.look = curves.back().look, .markers = true, .dashed = curves.back().dashed},
                       escaped(studies[k]->scheme)});
  }
  const Frame frame{.title = studies.front()->observable,
                    .x_label = size,
                    .y_label = "|error|",
                    .x_logarithmic = true,
                    .y_logarithmic = true};
  return fmt::format("<h3>{}</h3>\n<p class=\"aside\">{}; {}</p>\n", heading,
                     escaped(studies.front()->observable), escaped(studies.front()->method)) +
         legend(entries) + "<div class=\"plots\">\n" + plot(frame, curves) + "</div>\n" +
         table(studies, subject);
}

namespace {

std::string schemes_of_kind(const Record& record, const std::string& kind, const std::string& heading) {
  const auto studies = of_kind(record, kind);
  return studies.size() < 2 ? "" : side_by_side(studies, heading, "step", "scheme");
}

}  // namespace

std::string compared_schemes(const Record& record) {
  return schemes_of_kind(record, "weak", "Schemes side by side: expectation at the end") +
         schemes_of_kind(record, "invariant", "Schemes side by side: invariant law");
}

}  // namespace fpk::io::report
