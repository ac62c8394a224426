// The leading eigenvalues of the generator, and their eigenfunctions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"
#include "io/report/signed_map.hpp"

namespace fpk::io::report {

namespace {

constexpr double panel_width = 300;
/// Modes whose eigenfunctions are drawn.
constexpr std::size_t most_drawn = 8;
/// Beyond this ratio of the largest to the least, levels are drawn on a logarithmic axis.
constexpr double wide_range = 100;

std::string value_text(const ModeRecord& m, int digits) {
  auto text = number(m.real, digits);
  if (m.imaginary != 0)
    text += fmt::format(" {} {} i", m.imaginary < 0 ? "−" : "+", number(std::abs(m.imaginary), digits));
  return text;
}

bool is_complex(const SpectrumRecord& s) {
  return std::any_of(s.modes.begin(), s.modes.end(), [](const auto& m) { return m.imaginary != 0; });
}

/// Eigenvalues in the complex plane, or as levels where all are real.
std::string levels(const SpectrumRecord& s) {
  const bool plane = is_complex(s);
  Curve points{.look = Look::density, .markers = true, .line = false};
  double least = 0, most = 0;
  for (std::size_t k = 0; k < s.modes.size(); ++k) {
    const auto& m = s.modes[k];
    if (!plane && m.real <= 0) continue;
    points.x.push_back(plane ? m.real : static_cast<double>(k));
    points.y.push_back(plane ? m.imaginary : m.real);
    least = least == 0 ? m.real : std::min(least, m.real);
    most = std::max(most, m.real);
  }
  return plot({.title = plane ? "Eigenvalues of −A in the complex plane" : "Eigenvalues of −A above zero",
               .x_label = plane ? "real part: rate of decay" : "mode",
               .y_label = plane ? "imaginary part: rate of turning" : "rate of decay",
               .y_logarithmic = !plane && most > wide_range * least},
              {points});
}

std::string table(const SpectrumRecord& s) {
  std::string html =
      "<div class=\"wide\"><table>\n<thead><tr><th>mode</th><th class=\"n\">eigenvalue of −A</th><th "
      "class=\"n\">implied time</th><th class=\"n\">residual</th></tr></thead>\n<tbody>\n";
  for (std::size_t k = 0; k < s.modes.size(); ++k) {
    const auto& m = s.modes[k];
    html += fmt::format(
        "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n", k,
        value_text(m, 7), m.real > 0 ? number(1 / m.real, 5) : "–", number(m.residual, 2));
  }
  return html + "</tbody></table></div>\n";
}

std::string gap_sentence(const SpectrumRecord& s) {
  if (!s.gap) return "";
  auto text = fmt::format("<p>{} <strong>{}</strong>",
                          s.stationary_residual ? "Spectral gap" : "Rate of decay of what is left",
                          number(*s.gap, 7));
  if (s.gap_error) text += fmt::format(", error of the grid about {}", number(*s.gap_error, 2));
  return text + fmt::format("; slowest time {}.</p>\n", number(1 / *s.gap, 5));
}

std::string transport(const Record& r) {
  const auto& t = r.spectrum->transport;
  if (!t) return "";
  std::string html;
  for (std::size_t a = 0; a < t->velocity.size(); ++a)
    if (t->diffusion[a][a] != 0)
      html += fmt::format(
          "<p>Along {}, turns counted: velocity <strong>{}</strong>, effective diffusion "
          "<strong>{}</strong>.</p>\n",
          escaped(r.variables[a]), number(t->velocity[a], 7), number(t->diffusion[a][a], 7));
  return html;
}

std::string mode_title(const SpectrumRecord& s, std::size_t k) {
  const auto& m = s.modes[k];
  return fmt::format("mode {}: {}{}", k, value_text(m, 4), m.imaginary != 0 ? ", real part" : "");
}

std::vector<double> centres(const std::vector<double>& edges) {
  std::vector<double> x;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) x.push_back(0.5 * (edges[i] + edges[i + 1]));
  return x;
}

/// One of each complex pair.
std::vector<std::size_t> drawn(const SpectrumRecord& s) {
  std::vector<std::size_t> all;
  for (std::size_t k = 0; k < s.modes.size() && all.size() < most_drawn; ++k)
    if (s.modes[k].imaginary >= 0) all.push_back(k);
  return all;
}

std::string curves(const Record& r, bool right) {
  const SpectrumRecord& s = *r.spectrum;
  std::string html = "<div class=\"panels\">\n";
  for (const std::size_t k : drawn(s))
    html += plot({.title = mode_title(s, k),
                  .x_label = r.variables.empty() ? "" : r.variables.front(),
                  .y_label = right ? "density" : "value",
                  .width = panel_width,
                  .height = 230},
                 {{.look = right ? Look::density : Look::exact,
                   .x = centres(s.edges),
                   .y = right ? s.modes[k].picture.right : s.modes[k].picture.left}});
  return html + "</div>\n";
}

std::string maps(const Record& r, bool right) {
  const SpectrumRecord& s = *r.spectrum;
  std::string html = "<div class=\"panels\">\n";
  for (const std::size_t k : drawn(s)) {
    const auto& plane = right ? s.modes[k].picture.right_plane : s.modes[k].picture.left_plane;
    html += signed_map({.title = mode_title(s, k),
                        .x_label = r.variables[0],
                        .y_label = r.variables[1],
                        .width = panel_width},
                       plane, greatest_value(plane));
  }
  return html + "</div>\n";
}

std::string eigenfunctions(const Record& r) {
  const auto& first = r.spectrum->modes.front().picture;
  const bool line = !first.right.empty();
  const auto pictures = [&](bool right) { return line ? curves(r, right) : maps(r, right); };
  std::string html =
      "<h3>Density-like eigenfunctions</h3>\n<p class=\"aside\">What decays: A r = −λ r. The density is "
      "the first plus multiples of the others.";
  if (!line) html += " Orange above zero, blue below, each to its own greatest value.";
  if (r.variables.size() > 2) html += " Integrated over the variables beyond the second.";
  html += "</p>\n" + pictures(true);
  if (!line && first.left_plane.masses.empty()) return html;
  return html +
         "<h3>Observable-like eigenfunctions</h3>\n<p class=\"aside\">What decays in the mean: A<sup>T</sup> "
         "l = −λ l, "
         "so E l(X<sub>t</sub>) = exp(−λ t) E l(X<sub>0</sub>). Constant where states mix fast.</p>\n" +
         pictures(false);
}

}  // namespace

std::string spectrum_section(const Record& r) {
  if (!r.spectrum || r.spectrum->modes.empty()) return "";
  const SpectrumRecord& s = *r.spectrum;
  return section("spectrum", "Spectrum",
                 gap_sentence(s) + transport(r) + "<p class=\"aside\">" + escaped(s.remark) +
                     "</p>\n<div class=\"plots\">\n" + levels(s) + table(s) + "</div>\n" + eigenfunctions(r));
}

}  // namespace fpk::io::report
