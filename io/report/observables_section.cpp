// Expectations over time, both roads in one plot; the particles with a band of two standard errors (95 %).
#include <fmt/format.h>

#include <algorithm>

#include "io/report/band.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

const Series* find(const NamedSeries& all, const std::string& name) {
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.first == name; });
  return at == all.end() ? nullptr : &at->second;
}

const double* find(const NamedValues& all, const std::string& name) {
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.first == name; });
  return at == all.end() ? nullptr : &at->second;
}

/// What is known about one observable; nullptr where nothing is.
struct Known {
  const Series *density = nullptr, *particles = nullptr, *chains = nullptr, *exact = nullptr;
  const double* stationary = nullptr;
};

Known known(const Record& r, const std::string& name) {
  Known k;
  if (r.density) k.density = find(r.density->observables, name);
  if (r.particles) k.particles = find(r.particles->observables, name);
  if (r.sgd) k.chains = find(r.sgd->observables, name);
  k.exact = find(r.exact_observables, name);
  if (r.stationary) k.stationary = find(r.stationary->observables, name);
  return k;
}

/// The names in the order in which they are first met.
std::vector<std::string> observable_names(const Record& r) {
  std::vector<std::string> names;
  const auto add = [&](const NamedSeries& all) {
    for (const auto& entry : all)
      if (std::find(names.begin(), names.end(), entry.first) == names.end()) names.push_back(entry.first);
  };
  if (r.density) add(r.density->observables);
  if (r.particles) add(r.particles->observables);
  if (r.sgd) add(r.sgd->observables);
  add(r.exact_observables);
  return names;
}

std::string observable_plot(const Record& r, const std::string& name) {
  const Known k = known(r, name);
  std::vector<Curve> curves;
  if (k.stationary && !r.times.empty())
    curves.push_back({.look = Look::stationary,
                      .x = {r.times.front(), r.times.back()},
                      .y = {*k.stationary, *k.stationary},
                      .dashed = true});
  if (k.particles) curves.push_back(with_band(r.times, *k.particles));
  if (k.chains) curves.push_back(with_band(r.sgd->times, *k.chains, Look::chains));
  if (k.density)
    curves.push_back({.look = Look::density, .x = r.times, .y = k.density->value, .markers = true});
  if (k.exact)
    curves.push_back(
        {.look = Look::exact, .x = r.times, .y = k.exact->value, .markers = true, .dashed = true});
  return plot({.title = name, .x_label = "t", .y_label = "expectation"}, curves);
}

std::string observables_legend(const Record& r) {
  std::vector<LegendEntry> entries;
  if (r.density) entries.push_back({{.look = Look::density, .markers = true}, "density"});
  if (r.particles)
    entries.push_back({{.look = Look::particles, .interval = Interval::band, .markers = true},
                       "particles, ± 2 standard errors"});
  if (r.sgd)
    entries.push_back({{.look = Look::chains, .interval = Interval::band, .markers = true},
                       "stochastic gradient descent, ± 2 standard errors"});
  if (!r.exact_observables.empty())
    entries.push_back({{.look = Look::exact, .markers = true, .dashed = true}, "exact law"});
  if (r.stationary && !r.stationary->observables.empty())
    entries.push_back({{.look = Look::stationary, .dashed = true}, "stationary law"});
  return legend(entries);
}

std::string last(const Series* s) { return s && !s->value.empty() ? number(s->value.back(), 5) : "–"; }

std::string last_with_error(const Series* s) {
  if (!s || s->value.empty() || s->standard_error.empty()) return last(s);
  return number(s->value.back(), 5) + " ± " + number(s->standard_error.back(), 2);
}

/// " ± " joins a value with the estimate of its own error.
std::string extrapolated_cell(const Record& r, const std::string& name) {
  for (const auto& o : r.density->extrapolated->observables)
    if (o.name == name && !o.value.empty())
      return fmt::format("<td class=\"n\">{} ± {}</td>", number(o.value.back(), 8),
                         number(o.error.back(), 2));
  return "<td class=\"n\">–</td>";
}

std::string table_at_the_end(const Record& r, const std::vector<std::string>& names) {
  const bool extrapolated = r.density && r.density->extrapolated;
  auto html = fmt::format(
      "<div class=\"wide\"><table>\n<caption>At the last time, t = {}; ± one standard error{}</caption>\n"
      "<thead><tr><th>observable</th><th class=\"n\">density</th>{}<th class=\"n\">particles</th>{}"
      "<th class=\"n\">exact law</th><th class=\"n\">stationary law</th></tr></thead>\n<tbody>\n",
      plain(r.times.back()), extrapolated ? ", for the extrapolation its own estimate of its error" : "",
      extrapolated ? "<th class=\"n\">extrapolated</th>" : "", r.sgd ? "<th class=\"n\">SGD</th>" : "");
  for (const auto& name : names) {
    const Known k = known(r, name);
    html += fmt::format(
        "<tr><td>{}</td><td class=\"n\">{}</td>{}<td class=\"n\">{}</td>{}<td class=\"n\">{}</td>"
        "<td class=\"n\">{}</td></tr>\n",
        escaped(name), last(k.density), extrapolated ? extrapolated_cell(r, name) : "",
        last_with_error(k.particles),
        r.sgd ? fmt::format("<td class=\"n\">{}</td>", last_with_error(k.chains)) : "", last(k.exact),
        k.stationary ? number(*k.stationary, 5) : "–");
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string observables_section(const Record& r) {
  const auto names = observable_names(r);
  if (names.empty() || r.times.empty()) return "";
  std::string body = observables_legend(r) + "<div class=\"plots\">\n";
  for (const auto& name : names) body += observable_plot(r, name);
  return section("observables", "Observables", body + "</div>\n" + table_at_the_end(r, names));
}

}  // namespace fpk::io::report
