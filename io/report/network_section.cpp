// A network: its losses along the steps, the curvatures, and the noise of its gradients.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/figures_table.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

constexpr double panel_width = 380;

std::string aside(const std::string& text) { return "<p class=\"aside\">" + text + "</p>\n"; }

Look look_of(const ChainKindRecord& c) { return c.temperature > 0 ? Look::between : Look::chains; }

std::string curves_of(const TrainingRecord& t, ChainCurve ChainKindRecord::*own,
                      ChainCurve ChainKindRecord::*held_out, Frame frame) {
  const std::vector<double> steps(t.steps.begin(), t.steps.end());
  std::vector<Curve> curves;
  for (const auto& c : t.chains)
    for (const auto& [member, dashed] : {std::pair{own, false}, {held_out, true}}) {
      const auto& v = c.*member;
      if (!v.mean.empty())
        curves.push_back({.look = look_of(c),
                          .x = steps,
                          .y = v.mean,
                          .lower = v.least,
                          .upper = v.greatest,
                          .interval = Interval::band,
                          .dashed = dashed});
    }
  return plot(frame, curves);
}

std::string training(const NetworkRecord& n) {
  std::string html = fmt::format(
      "<p>{} features, {} hidden units, {} classes: {} parameters. {} rows to train on, {} held out.</p>\n",
      n.features, n.hidden, n.classes, count(static_cast<std::int64_t>(n.parameters)), n.training_rows,
      n.held_out_rows);
  std::vector<LegendEntry> entries;
  for (const auto& c : n.training.chains) {
    entries.push_back({{.look = look_of(c)},
                       c.temperature > 0 ? "with injected noise (SGLD), D = " + number(c.temperature)
                                         : "stochastic gradient descent"});
    if (n.held_out_rows > 0)
      entries.push_back({{.look = look_of(c), .dashed = true}, "the same, rows held out"});
  }
  html += legend(entries) + "<div class=\"plots\">\n";
  html += curves_of(
      n.training, &ChainKindRecord::loss, &ChainKindRecord::held_out_loss,
      {.title = "Cross entropy", .x_label = "step", .y_label = "nats a row", .y_logarithmic = true});
  html += curves_of(n.training, &ChainKindRecord::accuracy, &ChainKindRecord::held_out_accuracy,
                    {.title = "Share of rows classified rightly", .x_label = "step", .y_label = "share"});
  return html + "</div>\n" +
         aside(fmt::format("Means over {} chains of each kind, with the least and the greatest.",
                           n.training.replicas));
}

std::string curvatures(const NetworkRecord& n) {
  Curve values{.look = Look::density, .markers = true, .line = false},
      noise{.look = Look::chains, .markers = true, .line = false};
  double mode = 1;
  for (const auto& m : n.hessian.modes) {
    for (auto* c : {&values, &noise}) c->x.push_back(mode);
    values.y.push_back(m.value);
    noise.y.push_back(m.noise);
    mode += 1;
  }
  const auto& t = n.trained;
  double held = 0;
  for (const auto& m : n.hessian.modes) held += m.noise;
  return fmt::format(
             "<p>At the trained point the loss is {}, its gradient {} long, and the trace of the covariance "
             "of the rows' "
             "gradients {}, of which these {} directions hold {} %.</p>\n",
             number(t.loss, 4), number(t.gradient_norm), number(t.noise_trace), n.hessian.modes.size(),
             number(100 * held / t.noise_trace)) +
         legend({{{.look = Look::density, .markers = true, .line = false}, "curvature, λ"},
                 {{.look = Look::chains, .markers = true, .line = false},
                  "variance of the rows' gradients, v·Σv"}}) +
         "<div class=\"plots\">\n" +
         plot({.title = "Leading directions of the Hessian",
               .x_label = "mode",
               .y_label = "",
               .y_logarithmic = true},
              {values, noise}) +
         "</div>\n";
}

std::string against_batch(const NetworkNoiseRecord& noise, Frame frame, double NormalityRecord::*measured,
                          double NormalityRecord::*expected, double NormalityRecord::*normal) {
  frame.x_logarithmic = frame.y_logarithmic = true;
  frame.x_label = "rows of a batch";
  frame.width = panel_width;
  std::vector<Curve> curves;
  for (const auto& d : noise.directions) {
    const Look look = d.name.starts_with("hessian") ? Look::density : Look::chains;
    Curve m{.look = look, .markers = true, .line = false}, e{.look = look},
        floor{.look = Look::reference, .dashed = true};
    for (const auto& b : d.batches) {
      for (auto* c : {&m, &e, &floor}) c->x.push_back(static_cast<double>(b.batch));
      m.y.push_back(std::abs(b.*measured));
      e.y.push_back(std::abs(b.*expected));
      floor.y.push_back(b.*normal);
    }
    curves.push_back(std::move(e));
    curves.push_back(std::move(m));
    if (&d == &noise.directions.front()) curves.push_back(std::move(floor));
  }
  return plot(frame, curves);
}

std::string gaussianity(const NetworkNoiseRecord& noise) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& d : noise.directions)
    for (const auto& b : d.batches)
      rows.push_back(
          {escaped(d.name), std::to_string(b.batch), number(b.variance_ratio), number(b.expected_skewness),
           number(b.skewness), number(b.expected_kurtosis), number(b.kurtosis), number(b.distance),
           number(b.anderson_darling),
           b.anderson_darling > b.normal_anderson_darling ? "not normal" : "not told from normal"});
  Curve normal{.look = Look::reference};
  for (int i = -40; i <= 40; ++i) {
    normal.x.push_back(0.1 * i);
    normal.y.push_back(std::exp(-0.005 * i * i) / std::sqrt(2 * 3.141592653589793));
  }
  std::string panels;
  for (std::size_t k = 0; k < noise.histogram_density.size(); ++k)
    panels += plot(
        {.title = fmt::format("batches of {}", noise.directions[0].batches[k].batch),
         .x_label = "gradient along direction 1, standardised",
         .y_label = "density",
         .width = 300,
         .height = 220},
        {{.look = Look::chains, .x = noise.histogram_edges, .y = noise.histogram_density[k], .steps = true},
         normal});
  return aside(fmt::format(
             "{} batches of each size. Lines: what the rows' own moments demand, exactly (for the distance: "
             "the first "
             "term of its expansion). Dashed: what 95 % of {} samples of as many normal numbers stay below.",
             count(static_cast<std::int64_t>(noise.samples)), noise.references)) +
         legend({{{.look = Look::density, .markers = true}, "leading directions"},
                 {{.look = Look::chains, .markers = true}, "random directions"},
                 {{.look = Look::reference, .dashed = true}, "normal numbers, 95 %"}}) +
         "<div class=\"panels\">\n" +
         against_batch(noise, {.title = "Skewness", .x_label = "", .y_label = "modulus"},
                       &NormalityRecord::skewness, &NormalityRecord::expected_skewness,
                       &NormalityRecord::normal_skewness) +
         against_batch(noise, {.title = "Excess kurtosis", .x_label = "", .y_label = "modulus"},
                       &NormalityRecord::kurtosis, &NormalityRecord::expected_kurtosis,
                       &NormalityRecord::normal_kurtosis) +
         against_batch(
             noise, {.title = "Kolmogorov distance from a normal law", .x_label = "", .y_label = "distance"},
             &NormalityRecord::distance, &NormalityRecord::berry_esseen, &NormalityRecord::normal_distance) +
         panels + "</div>\n<details><summary>All figures</summary>\n" +
         figures_table({"direction", "b", "variance, times b", "skewness expected", "found",
                        "kurtosis expected", "found", "distance", "Anderson-Darling", "at 5 %"},
                       rows) +
         "</details>\n";
}

}  // namespace

std::string network_section(const Record& r) {
  if (!r.network) return "";
  const NetworkRecord& n = *r.network;
  return section("training", "Training", training(n)) +
         section("curvature", "Curvature and noise", curvatures(n)) +
         section("gaussianity", "Are batch gradients normal?", gaussianity(n.noise));
}

}  // namespace fpk::io::report
