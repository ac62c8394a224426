// Orders in the learning rate of the diffusions that stand for stochastic gradient descent, a picture for each figure.
#include <fmt/format.h>

#include "io/report/compared_schemes.hpp"
#include "io/report/html.hpp"
#include "io/report/sections.hpp"
#include "io/sgd_orders.hpp"

namespace fpk::io::report {

namespace {

std::string expectations_table(const SgdExpectations& e) {
  std::string html = fmt::format(
      "<div class=\"wide\"><table>\n<caption>Expectations of the chain at t = {}, {} ({})</caption>\n"
      "<thead><tr><th>learning rate</th>{}",
      plain(e.time), e.chains.empty() ? "exact" : "sampled, with standard errors", escaped(e.method),
      e.chains.empty() ? "" : "<th class=\"n\">chains</th>");
  for (const auto& o : e.observables) html += fmt::format("<th class=\"n\">{}</th>", escaped(o.first));
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t r = 0; r < e.learning_rates.size(); ++r) {
    html += fmt::format("<tr><td>{}</td>", plain(e.learning_rates[r]));
    if (!e.chains.empty()) html += fmt::format("<td class=\"n\">{}</td>", e.chains[r]);
    for (const auto& o : e.observables) {
      const auto& se = o.second.standard_error;
      html += fmt::format("<td class=\"n\">{}{}</td>", number(o.second.value[r], 8),
                          se.empty() ? "" : " ± " + number(se[r], 2));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

constexpr const char* how_to_read =
    "<p>Errors are those of each diffusion's expectation, computed without sampling, against the chain's "
    "own. "
    "The noise of a chain is itself of the order of the learning rate, so that even the gradient flow, which "
    "has none, "
    "comes near it with order 1: <strong>a slope of 1 verifies nothing about the noise</strong>. What does "
    "is order 2, of "
    "means and of variances.</p>\n";

}  // namespace

std::string sgd_orders_section(const Record& r) {
  if (!r.sgd_expectations) return "";
  std::string body;
  const auto figures = sgd_figures(r);
  if (!figures.empty()) body += how_to_read;
  for (const auto& [name, studies] : figures)
    body += side_by_side(studies, escaped(name), "learning rate", "model");
  return section("sgd-orders", "Stochastic gradients against their diffusions",
                 body + expectations_table(*r.sgd_expectations));
}

}  // namespace fpk::io::report
