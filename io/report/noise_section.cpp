// The noise of stochastic gradients: fields, the 1/b law, and how far batches are from a normal law.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "io/report/field_picture.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {
namespace {

constexpr double sigmas_95 = 1.96;
constexpr std::array<Look, 2> look_of_sampling{Look::particles, Look::chains};

std::string coordinates(const NoisePoint& p) {
  std::string text;
  for (const double x : p.at) text += (text.empty() ? "" : ", ") + number(x);
  return "(" + text + ")";
}

/// value(batch) over the batches for which there is one.
template <class Value>
Curve over_batches(Curve like, const SampledNoise& s, Value value) {
  for (const auto& b : s.batches) {
    const double y = value(b);
    if (std::isnan(y)) continue;
    like.x.push_back(static_cast<double>(b.batch));
    like.y.push_back(y);
  }
  return like;
}

template <class Value>
Curve along_path(const GradientNoiseRecord& r, Value value) {
  Curve c{.look = Look::density, .markers = true};
  for (const auto& p : r.points) {
    c.x.push_back(p.length);
    c.y.push_back(value(p));
  }
  return c;
}

std::string path_plots(const GradientNoiseRecord& r) {
  return "<div class=\"plots\">\n" +
         plot({.title = "Trace of Σ along the path",
               .x_label = "length of the path",
               .y_label = "tr Σ",
               .from_zero = true},
              {along_path(r, [](const auto& p) { return p.shape.trace; })}) +
         plot({.title = "Alignment of Σ with the Hessian",
               .x_label = "length of the path",
               .y_label = "tr(ΣH) / (‖Σ‖ ‖H‖)"},
              {along_path(r, [](const auto& p) { return p.shape.alignment; })}) +
         "</div>\n";
}

/// Measured trace over the expected one, with 95 % bars.
Curve ratio_curve(const SampledNoise& s, Look look) {
  Curve c{.look = look, .interval = Interval::bars, .markers = true, .line = false};
  for (const auto& b : s.batches) {
    if (!(b.expected_trace > 0)) continue;
    const double half = sigmas_95 * b.trace_error / b.expected_trace, y = b.trace / b.expected_trace;
    // The two samplings side by side.
    c.x.push_back(static_cast<double>(b.batch) * (look == Look::particles ? 0.95 : 1.05));
    c.y.push_back(y), c.lower.push_back(y - half), c.upper.push_back(y + half);
  }
  return c;
}

std::string one_over_b(const NoisePoint& p) {
  std::vector<Curve> traces, ratios;
  for (std::size_t k = 0; k < p.samplings.size(); ++k) {
    const auto& s = p.samplings[k];
    traces.push_back(over_batches({.look = Look::exact, .dashed = k == 1}, s,
                                  [](const auto& b) { return b.expected_trace; }));
    auto measured = over_batches(
        {.look = look_of_sampling[k], .interval = Interval::band, .markers = true, .line = false}, s,
        [](const auto& b) { return b.trace; });
    for (const auto& b : s.batches) {
      measured.lower.push_back(b.trace - sigmas_95 * b.trace_error);
      measured.upper.push_back(b.trace + sigmas_95 * b.trace_error);
    }
    traces.push_back(std::move(measured));
    ratios.push_back(ratio_curve(s, look_of_sampling[k]));
  }
  ratios.push_back(
      {.look = Look::exact, .x = traces.front().x, .y = std::vector<double>(traces.front().x.size(), 1.0)});
  return legend({{{.look = Look::particles, .interval = Interval::band, .markers = true, .line = false},
                  "batches with replacement, 95 %"},
                 {{.look = Look::chains, .interval = Interval::band, .markers = true, .line = false},
                  "without replacement, 95 %"},
                 {{.look = Look::exact}, "tr Σ / b"},
                 {{.look = Look::exact, .dashed = true}, "tr Σ / b × (N − b)/(N − 1)"}}) +
         "<div class=\"plots\">\n" +
         plot({.title = "Covariance of a batch's gradient, at " + coordinates(p),
               .x_label = "batch b",
               .y_label = "trace",
               .x_logarithmic = true,
               .y_logarithmic = true},
              traces) +
         plot({.title = "Measured over expected",
               .x_label = "batch b",
               .y_label = "ratio of traces",
               .x_logarithmic = true},
              ratios) +
         "</div>\n";
}

std::string kolmogorov_plot(const GradientNoiseRecord& r, const NoisePoint& p, std::size_t k) {
  const auto& s = p.samplings.front();
  std::vector<double> x;
  for (const auto& b : s.batches) x.push_back(static_cast<double>(b.batch));
  const auto at = [k](auto value) {
    return [k, value](const BatchNoise& b) { return k < b.along.size() ? value(b.along[k]) : std::nan(""); };
  };
  return plot({.title = fmt::format("Distance to a normal law, along {}, at {}", p.directions[k].name,
                                    coordinates(p)),
               .x_label = "batch b",
               .y_label = "Kolmogorov distance",
               .x_logarithmic = true,
               .y_logarithmic = true},
              {over_batches({.look = Look::reference, .dashed = true}, s,
                            at([](const auto& q) { return q.edgeworth; })),
               over_batches({.look = Look::exact, .markers = true}, s,
                            at([](const auto& q) { return q.exact ? q.exact->value : std::nan(""); })),
               over_batches({.look = Look::particles, .markers = true, .line = false}, s,
                            at([](const auto& q) { return q.kolmogorov.statistic; })),
               {.look = Look::stationary, .x = x, .y = std::vector<double>(x.size(), r.resolution)}});
}

std::string distances(const GradientNoiseRecord& r) {
  std::string plots;
  for (const auto* p : {&r.points.front(), &r.points.back()})
    for (std::size_t k = 0; k < std::min<std::size_t>(p->directions.size(), 2); ++k)
      plots += kolmogorov_plot(r, *p, k);
  if (plots.empty()) return "";
  return legend({{{.look = Look::particles, .markers = true, .line = false},
                  fmt::format("{} random batches", count(static_cast<std::int64_t>(r.samples)))},
                 {{.look = Look::exact, .markers = true}, "exact law of the batch"},
                 {{.look = Look::reference, .dashed = true}, "leading Edgeworth term"},
                 {{.look = Look::stationary}, "what so many samples resolve (5 %)"}}) +
         "<div class=\"plots\">\n" + plots + "</div>\n";
}

Curve reference_band(const NoisePoint& p, const GaussianReference& g) {
  Curve c{.look = Look::density, .interval = Interval::band};
  for (const auto& b : p.samplings.front().batches) {
    c.x.push_back(static_cast<double>(b.batch)), c.y.push_back(g.mean);
    c.lower.push_back(g.lower), c.upper.push_back(g.upper);
  }
  return c;
}

std::string tails(const GradientNoiseRecord& r, const NoisePoint& p) {
  const auto curve = [&](auto value) {
    return over_batches({.look = Look::particles, .markers = true}, p.samplings.front(), value);
  };
  const Frame frame{.title = "", .x_label = "batch b", .y_label = "index α", .x_logarithmic = true};
  Frame stable = frame, hill = frame;
  stable.title = "Stable index, at " + coordinates(p);
  hill.title = fmt::format("Hill's index of the largest {}", r.hill_count);
  return legend({{{.look = Look::particles, .markers = true}, "batches with replacement"},
                 {{.look = Look::density, .interval = Interval::band},
                  "Gaussian data of the same size and covariance: mean, 95 %"}}) +
         "<div class=\"plots\">\n" +
         plot(stable, {reference_band(p, p.stable_reference),
                       curve([](const auto& b) { return b.stable_index.value_or(std::nan("")); })}) +
         plot(hill, {reference_band(p, r.hill_reference), curve([](const auto& b) {
                       return b.along.empty() ? std::nan("") : b.along.front().hill_index;
                     })}) +
         "</div>\n"
         "<p>Both estimators return a finite index for any data, so a value says nothing by itself, only "
         "beside that of "
         "Gaussian data of the same size. The stable index was put forward as evidence of heavy-tailed "
         "gradient noise "
         "(Şimşekli, Sagun, Gürbüzbalaban 2019). Panigrahi, Somani, Goyal, Netrapalli (2019) tested "
         "projections and found "
         "gradient noise best described as Gaussian for batches of 256 and above, at least early in "
         "training: the central "
         "limit theorem. Here there are finitely many rows, each with a finite gradient, so that every "
         "moment is finite and "
         "no power-law tail exists; an index below that of Gaussian data tells of rows of unlike size.</p>\n";
}

std::string cell(const std::string& text) { return "<td class=\"n\">" + text + "</td>"; }

std::string test_table(const NoisePoint& p) {
  std::string html = fmt::format(
      "<div class=\"wide\"><table>\n<caption>p-values of normality at {}, batches with "
      "replacement{}</caption>\n<thead><tr>"
      "<th class=\"n\">b</th><th class=\"n\">Kolmogorov, Smirnov</th><th class=\"n\">Anderson, "
      "Darling</th><th "
      "class=\"n\">Mardia, skewness</th><th class=\"n\">Mardia, kurtosis</th><th "
      "class=\"n\">skewness</th><th "
      "class=\"n\">expected</th></tr></thead>\n<tbody>\n",
      coordinates(p),
      p.directions.empty() ? "" : fmt::format("; projected along {}", p.directions.front().name));
  for (const auto& b : p.samplings.front().batches) {
    if (b.along.empty()) continue;
    const auto& q = b.along.front();
    html += "<tr>" + cell(std::to_string(b.batch)) + cell(number(q.kolmogorov.p_value, 2)) +
            cell(number(q.anderson_darling.p_value, 2)) +
            cell(b.mardia ? number(b.mardia->skewness.p_value, 2) : "–") +
            cell(b.mardia ? number(b.mardia->kurtosis.p_value, 2) : "–") + cell(number(q.skewness, 3)) +
            cell(number(q.expected_skewness, 3)) + "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string point_table(const GradientNoiseRecord& r) {
  std::string html =
      "<div class=\"wide\"><table>\n<caption>Along the path</caption>\n<thead><tr><th>at</th><th "
      "class=\"n\">tr Σ</th><th "
      "class=\"n\">rank</th><th class=\"n\">condition</th><th class=\"n\">cosine of Σ and H</th><th "
      "class=\"n\">c of Σ ≈ "
      "cH</th><th class=\"n\">angle of leading vectors</th><th class=\"n\">exponent of b</th><th "
      "class=\"n\">rate of "
      "distance</th></tr></thead>\n<tbody>\n";
  for (const auto& p : r.points) {
    const auto& exponent = p.samplings.front().exponent;
    const auto* d = p.directions.empty() ? nullptr : &p.directions.front();
    html += "<tr><td>" + coordinates(p) + "</td>" + cell(number(p.shape.trace)) +
            cell(std::to_string(p.shape.rank)) + cell(number(p.shape.condition)) +
            cell(fmt::format("{:.4f}", p.shape.alignment)) + cell(number(p.shape.proportionality)) +
            cell(fmt::format("{:.1f}°", p.shape.leading_angle * 180 / std::numbers::pi)) +
            cell(exponent ? fmt::format("{:.4f} ± {:.4f}", exponent->value, exponent->upper - exponent->value)
                          : "–") +
            cell(d != nullptr && d->rate.order
                     ? fmt::format("{:.3f} (expected {:g})", d->rate.order->value, d->promised_rate)
                     : "–") +
            "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string sentences(const GradientNoiseRecord& r) {
  auto html = fmt::format("<p>Loss of a row: <code>{}</code>, regulariser: <code>{}</code>.</p>\n",
                          escaped(r.row_loss), escaped(r.regulariser));
  html += fmt::format(
      "<p>Σ is the covariance of the gradient of one of {} rows drawn at random, known exactly at every "
      "point; a batch of b rows has "
      "c Σ / b, c = 1 with replacement and (N − b)/(N − 1) without. {} random batches of each size are set "
      "beside that, and beside "
      "a normal law of exactly known mean and variance.</p>\n",
      count(static_cast<std::int64_t>(r.rows)), count(static_cast<std::int64_t>(r.samples)));
  const auto& d = r.points.back().directions;
  if (!d.empty())
    html += fmt::format(
        "<p>At the last point, along {}, rows have skewness {}: from batches of about {} on, Kolmogorov's "
        "distance is below what "
        "so many samples resolve. That a test no longer rejects there is a matter of the number of "
        "samples.</p>\n",
        escaped(d.front().name), number(d.front().shape.skewness),
        count(static_cast<std::int64_t>(d.front().normal_from)));
  return html;
}

}  // namespace

std::string noise_section(const Record& record) {
  if (!record.noise || record.noise->points.empty()) return "";
  const auto& r = *record.noise;
  std::string body = sentences(r) + "<div class=\"plots\">\n";
  for (const auto& f : r.pictures) body += field_picture(f, r.parameters);
  body += "</div>\n" + point_table(r) + path_plots(r) + one_over_b(r.points.back()) + distances(r) +
          test_table(r.points.back()) + tails(r, r.points.back());
  return section("gradient-noise", "Noise of the gradient", body);
}

}  // namespace fpk::io::report
