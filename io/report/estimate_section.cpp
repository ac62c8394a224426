// Multilevel Monte Carlo: the figures of the estimate, the plots that Giles (2008) made customary, and the levels.
#include <fmt/format.h>

#include <cmath>

#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"
#include "verification/normal_quantile.hpp"

namespace fpk::io::report {
namespace {

using verification::sigmas_95;

/// value(level) over the levels from `first` on.
template <class Value>
Curve over_levels(Look look, bool dashed, const EstimateRecord& e, std::size_t first, Value value) {
  Curve c{.look = look, .markers = true, .dashed = dashed};
  for (std::size_t l = first; l < e.levels.size(); ++l) {
    c.x.push_back(static_cast<double>(l));
    c.y.push_back(value(e.levels[l]));
  }
  return c;
}

Frame by_level(std::string title, std::string y_label) {
  return {
      .title = std::move(title), .x_label = "level", .y_label = std::move(y_label), .y_logarithmic = true};
}

std::string variances(const EstimateRecord& e) {
  return plot(by_level("Variance", "variance"),
              {over_levels(Look::density, true, e, 0, [](const auto& l) { return l.fine_variance; }),
               over_levels(Look::particles, false, e, 1, [](const auto& l) { return l.variance; })});
}

std::string means(const EstimateRecord& e) {
  auto differences =
      over_levels(Look::particles, false, e, 1, [](const auto& l) { return std::abs(l.mean); });
  differences.interval = Interval::bars;
  for (std::size_t l = 1; l < e.levels.size(); ++l) {
    const double m = std::abs(e.levels[l].mean), half = sigmas_95 * e.levels[l].standard_error;
    differences.lower.push_back(std::max(0.0, m - half));
    differences.upper.push_back(m + half);
  }
  return plot(by_level("Mean", "|mean|"),
              {over_levels(Look::density, true, e, 0, [](const auto& l) { return std::abs(l.fine_mean); }),
               differences});
}

std::string samples(const EstimateRecord& e) {
  return plot(by_level("Samples", "samples"), {over_levels(Look::particles, false, e, 0, [](const auto& l) {
                return static_cast<double>(l.samples);
              })});
}

std::string costs(const EstimateRecord& e) {
  Curve multilevel{.look = Look::particles, .markers = true},
      single{.look = Look::density, .markers = true, .dashed = true};
  for (const auto& c : e.costs) {
    const double square = c.tolerance * c.tolerance;
    multilevel.x.push_back(c.tolerance), multilevel.y.push_back(c.multilevel * square);
    single.x.push_back(c.tolerance), single.y.push_back(c.plain * square);
  }
  return plot({.title = "Cost × ε², predicted",
               .x_label = "tolerance ε",
               .y_label = "steps × ε²",
               .x_logarithmic = true,
               .y_logarithmic = true},
              {single, multilevel});
}

std::string rate(const std::optional<verification::Order>& r) {
  return r ? fmt::format("{:.2f}, interval [{:.2f}, {:.2f}]", r->value, r->lower, r->upper)
           : std::string("not resolved");
}

constexpr const char* symbols = R"html(<ul class="notes">
<li>P<sub>l</sub> is the observable on a path with the step of level l, half of that of level l − 1; a sample of level l is
P<sub>l</sub> − P<sub>l−1</sub> of two paths on the same noise, one of level 0 is P<sub>0</sub>.</li>
<li>V<sub>l</sub>, the variance of a level, is that of one of its samples.</li>
<li>α is the weak order seen on the levels: their means fall like 2<sup>−αl</sup>.</li>
<li>β is the order of their variances: V<sub>l</sub> falls like 2<sup>−βl</sup>; twice the strong order where the observable is smooth.</li>
<li>γ is the growth of the cost: a sample of level l takes a number of steps that grows like 2<sup>γl</sup>. The cost of an error ε is
of order ε<sup>−2</sup> where β &gt; γ, and grows faster where β &lt; γ.</li>
<li>The kurtosis of a level, E (Y − E Y)<sup>4</sup> / V<sub>l</sub><sup>2</sup> of a sample Y, is 3 for normal numbers; where it is large
few samples carry the variance, which is then poorly known.</li>
<li>The telescoping z of level l is the mean of its coarse paths less that of the fine paths of level l − 1, in standard errors: the two
have the same law, so that a large |z| means a mistake.</li>
</ul>
)html";

std::string sentences(const EstimateRecord& e) {
  auto html = fmt::format(
      "<p>E[{}] at t = {} is <strong>{}</strong>, standard error {}, estimated bias {}, together {}; asked "
      "for {}.</p>\n",
      escaped(e.observable), plain(e.time), number(e.value, 8), number(e.standard_error), number(e.bias),
      number(e.total_error), number(e.tolerance));
  html += fmt::format("<p>α = {} (promised {:g}); β = {}; γ = {:.2f}.</p>\n", rate(e.alpha), e.promised_alpha,
                      rate(e.beta), e.gamma);
  html += fmt::format("<p>Cost: {} steps of paths, {}", count(static_cast<std::int64_t>(e.cost)),
                      duration(e.seconds));
  if (e.plain_cost > 0)
    html +=
        fmt::format("; plain Monte Carlo at the same tolerance would take {} (predicted), {} times as many",
                    number(e.plain_cost), number(e.plain_cost / e.cost));
  html += ".</p>\n";
  if (e.reference)
    html += fmt::format("<p>By the {} it is {}, with an error of {}, in {}.</p>\n",
                        escaped(e.reference->source), number(e.reference->value, 8),
                        number(e.reference->error), duration(e.reference->seconds));
  return html;
}

std::string table(const EstimateRecord& e) {
  std::string html =
      "<div class=\"wide\"><table>\n<thead><tr><th>level</th><th class=\"n\">step</th><th "
      "class=\"n\">samples</th>"
      "<th class=\"n\">mean</th><th class=\"n\">standard error</th><th class=\"n\">variance "
      "V<sub>l</sub></th>"
      "<th class=\"n\">kurtosis</th><th class=\"n\">telescoping z</th><th class=\"n\">steps "
      "each</th></tr></thead>"
      "\n<tbody>\n";
  for (std::size_t l = 0; l < e.levels.size(); ++l) {
    const auto& v = e.levels[l];
    html += fmt::format(
        "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td>"
        "<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
        l, plain(v.step), count(v.samples), number(v.mean, 4), number(v.standard_error), number(v.variance),
        number(v.kurtosis), l == 0 ? std::string("–") : fmt::format("{:.2f}", v.telescoping), plain(v.cost));
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string estimate_section(const Record& r) {
  if (!r.estimate) return "";
  const auto& e = *r.estimate;
  const auto key =
      legend({{{.look = Look::particles, .markers = true}, "levels: difference P_l − P_(l−1)"},
              {{.look = Look::density, .markers = true, .dashed = true}, "P_l alone: plain Monte Carlo"}});
  return section("estimate", "Multilevel Monte Carlo",
                 sentences(e) + key + "<div class=\"plots\">\n" + variances(e) + means(e) + samples(e) +
                     costs(e) + "</div>\n" + table(e) + "<h3>What the symbols mean</h3>\n" + symbols);
}

}  // namespace fpk::io::report
