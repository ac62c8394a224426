// The long run of stochastic gradient descent in a table: its covariance by three theories, by the chains, and in Gibbs laws.
#include <fmt/format.h>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

std::string matrix(const Rows& rows, const Rows& errors = {}) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = i; j < rows.size(); ++j)
      text += fmt::format("<td class=\"n\">{}{}</td>", number(rows[i][j], 4),
                          errors.empty() ? "" : " ± " + number(errors[i][j], 2));
  return text;
}

std::string row(const std::string& what, const Rows& rows, const Rows& errors = {}) {
  return rows.empty() ? "" : fmt::format("<tr><td>{}</td>{}</tr>\n", what, matrix(rows, errors));
}

std::string gibbs_words(const char* which, const GibbsComparison& g, double error) {
  return fmt::format(
      "<p>{} T = {}{}: the chains' total variation from exp(-L/T) is {}, where as many points of that law "
      "itself show {}; "
      "Wasserstein distance {}.</p>\n",
      which, number(g.temperature, 4), error > 0 ? " ± " + number(error, 2) : "",
      number(g.total_variation, 3), number(g.exact_sample_total_variation, 3), number(g.wasserstein_1, 3));
}

}  // namespace

std::string sgd_stationary_section(const Record& r) {
  if (!r.sgd || !r.sgd->stationary) return "";
  const auto& s = *r.sgd->stationary;
  std::string head;
  for (std::size_t i = 0; i < s.chains.size(); ++i)
    for (std::size_t j = i; j < s.chains.size(); ++j)
      head += fmt::format("<th class=\"n\">C<sub>{}{}</sub></th>", i + 1, j + 1);
  std::string body = fmt::format(
      "<p>At t = {}, about the lowest minimum of the loss. By the theory of their finite step the chains "
      "still remember {} of "
      "their start.</p>\n<div class=\"wide\"><table>\n<caption>Covariance of the parameters; ± one standard "
      "error</caption>\n<thead><tr><th></th>{}</tr></thead>\n<tbody>\n",
      plain(r.sgd->times.back()), number(s.forgetting, 2), head);
  body += row("chains", s.chains, s.chains_error);
  body += row(s.finite_step_is_exact ? "finite step, exact" : "finite step, linearised", s.finite_step);
  body += row("Lyapunov equation (small steps)", s.lyapunov);
  body += row("stationary law of the diffusion", s.diffusion);
  if (s.best_gibbs) body += row("exp(-L/T) of the chains' mean loss", s.best_gibbs->covariance);
  if (s.matched_gibbs) body += row("exp(-L/T) of the noise's trace", s.matched_gibbs->covariance);
  body += "</tbody></table></div>\n";
  if (s.best_gibbs) body += gibbs_words("Best matched temperature,", *s.best_gibbs, s.best_temperature_error);
  if (s.matched_gibbs)
    body += gibbs_words("Temperature of the noise's trace at the minimum,", *s.matched_gibbs, 0);
  if (r.stationary && r.stationary->entropy_production)
    body += fmt::format("<p>The diffusion's stationary law produces entropy at the rate {}: {}.</p>\n",
                        number(*r.stationary->entropy_production, 4),
                        *r.stationary->entropy_production > 1e-9
                            ? "it carries a current, as no law exp(-L/T) does"
                            : "detailed balance");
  return section("sgd-stationary", "The long run of stochastic gradient descent", body);
}

}  // namespace fpk::io::report
