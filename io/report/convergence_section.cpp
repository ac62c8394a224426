// Errors against step or cell width, log-log, beside the slope that the scheme promises.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/compared_fluxes.hpp"
#include "io/pairwise_order.hpp"
#include "io/promised_order.hpp"
#include "io/report/compared_schemes.hpp"
#include "io/report/figures_table.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

bool is_spatial(const ConvergenceStudy& s) { return !s.rows.empty() && !s.rows.front().cells.empty(); }

/// Magnitudes, since a bias has a sign: the interval of |error|.
Curve errors(const ConvergenceStudy& s) {
  Curve c{
      .look = is_spatial(s) ? Look::density : Look::particles, .interval = Interval::bars, .markers = true};
  for (const auto& row : s.rows) {
    const bool straddles = row.lower * row.upper < 0;
    c.x.push_back(row.size);
    c.y.push_back(std::abs(row.error));
    c.lower.push_back(straddles ? 0 : std::min(std::abs(row.lower), std::abs(row.upper)));
    c.upper.push_back(std::max(std::abs(row.lower), std::abs(row.upper)));
  }
  return c;
}

/// The promised slope through the error of the largest step.
Curve promised_slope(const ConvergenceStudy& s, const Curve& seen) {
  Curve c{.look = Look::reference, .dashed = true};
  const auto at = std::max_element(seen.x.begin(), seen.x.end()) - seen.x.begin();
  if (seen.x.empty() || std::isinf(s.promised)) return c;
  const auto largest = static_cast<std::size_t>(at);
  for (const double h : seen.x) {
    c.x.push_back(h);
    c.y.push_back(seen.y[largest] * std::pow(h / seen.x[largest], s.promised));
  }
  return c;
}

std::string order_sentence(const ConvergenceStudy& s) {
  std::string text;
  if (s.verdict.order)
    text = fmt::format("Observed order <strong>{:.2f}</strong>, interval [{:.2f}, {:.2f}]; promised {}",
                       s.verdict.order->value, s.verdict.order->lower, s.verdict.order->upper,
                       promised_order(s));
  else
    text = fmt::format("<strong>No order can be told</strong>; promised {}", promised_order(s));
  if (s.reference)
    text += fmt::format("; errors against {:.12g} ± {}, {}; an error is known to {}", s.reference->value,
                        number(s.reference->error, 2), escaped(s.reference->source), number(s.resolution, 2));
  if (!s.verdict.remark.empty()) text.append("; ").append(escaped(s.verdict.remark));
  return fmt::format("<p>{}.</p>\n", text);
}

std::string or_dash(const std::string& text) { return text.empty() ? "–" : text; }

std::string interval(const ConvergenceRow& row) {
  return row.lower == row.upper ? "–" : fmt::format("[{}, {}]", number(row.lower), number(row.upper));
}

/// What the ladder of a study in time is one of.
std::string name_of_step(const ConvergenceStudy& s) { return s.of_gradients ? "learning rate" : "step"; }

std::string rows_table(const ConvergenceStudy& s) {
  const bool spatial = is_spatial(s);
  std::vector<std::string> heads{spatial ? "cells" : name_of_step(s), spatial ? "cell width" : "expectation",
                                 "error"};
  if (s.sampled)
    heads.insert(heads.end(), {"95 % interval", s.of_gradients ? "chains" : "pairs", "steps in all"});
  heads.emplace_back("order");
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < s.rows.size(); ++k) {
    const auto& row = s.rows[k];
    std::vector<std::string> cells{spatial ? fmt::format("{}", fmt::join(row.cells, " × ")) : plain(row.size),
                                   spatial           ? number(row.size)
                                   : row.expectation ? number(*row.expectation, 8)
                                                     : "–",
                                   number(row.error)};
    if (s.sampled)
      cells.insert(cells.end(), {interval(row), row.samples ? count(*row.samples) : "–",
                                 row.cost ? number(*row.cost) : "–"});
    cells.push_back(or_dash(pairwise_order(s, k)));
    rows.push_back(std::move(cells));
  }
  return figures_table(heads, rows);
}

/// What its errors are, and how they came about.
std::string how(const ConvergenceStudy& s) {
  auto text = fmt::format("{}; {}", escaped(s.scheme), escaped(s.method));
  if (s.seed && !s.of_gradients) text += ", each step beside half of it";
  if (!s.noise.empty()) text += fmt::format("; noise {}", escaped(s.noise));
  if (s.seed) text += fmt::format("; seed {}", *s.seed);
  return fmt::format("<p class=\"aside\">{}; {}</p>\n", text, duration(s.seconds));
}

std::string study_body(const ConvergenceStudy& s) {
  const auto seen = errors(s);
  const auto picture = plot({.title = s.observable,
                             .x_label = is_spatial(s) ? "largest cell width" : name_of_step(s),
                             .y_label = "|error|",
                             .x_logarithmic = true,
                             .y_logarithmic = true},
                            {promised_slope(s, seen), seen});
  return fmt::format("<h3>{}</h3>\n", escaped(s.title)) + how(s) + order_sentence(s) +
         legend(
             {{{.look = seen.look, .markers = true}, s.sampled ? "error, with its 95 % interval" : "error"},
              {{.look = Look::reference, .dashed = true},
               std::isinf(s.promised) ? "promised to be exact"
                                      : fmt::format("order {}, promised", promised_order(s))}}) +
         "<div class=\"plots\">\n" + picture +
         (s.sampled ? "</div>\n" + rows_table(s) : rows_table(s) + "</div>\n");  // the wide one below
}

/// The errors of several fluxes on the same grids.
std::string fluxes_side_by_side(const Record& r) {
  const auto fluxes = compared_fluxes(r);
  if (fluxes.empty()) return "";
  auto html = fmt::format(
      "<h3>Fluxes side by side</h3>\n<p class=\"aside\">{}; {}</p>\n<div class=\"wide\"><table>\n<thead><tr>"
      "<th>face weights</th>",
      escaped(fluxes.front()->observable), escaped(fluxes.front()->method));
  for (const auto& row : fluxes.front()->rows)
    html += fmt::format("<th class=\"n\">{}</th>", fmt::join(row.cells, " × "));
  html += "<th class=\"n\">order</th></tr></thead>\n<tbody>\n";
  for (const auto* study : fluxes) {
    html += fmt::format("<tr><td>{}</td>", escaped(study->flux));
    for (const auto& row : study->rows) html += fmt::format("<td class=\"n\">{}</td>", number(row.error));
    html += fmt::format("<td class=\"n\">{}</td></tr>\n",
                        study->verdict.order ? fmt::format("{:.2f}", study->verdict.order->value) : "–");
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string convergence_section(const Record& r) {
  std::string body = fluxes_side_by_side(r) + compared_schemes(r);
  for (const auto& study : r.convergence)
    if (!study.of_gradients) body += study_body(study);
  return section("convergence", "Convergence", body);
}

}  // namespace fpk::io::report
