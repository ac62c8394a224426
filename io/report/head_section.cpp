#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

std::string verdict(const std::vector<verification::Claim>& claims) {
  const auto failing = std::count_if(claims.begin(), claims.end(), [](const auto& c) { return !c.holds(); });
  if (claims.empty())
    return "<div class=\"verdict open\"><p>Nothing was claimed, so nothing is confirmed.</p></div>\n";
  if (failing == 0) {
    const auto words = claims.size() == 1 ? std::string("The one claim holds.")
                                          : fmt::format("All {} claims hold.", claims.size());
    return "<div class=\"verdict holds\"><p><span class=\"sign\">✓</span>" + words + "</p></div>\n";
  }
  auto html = fmt::format(
      "<div class=\"verdict fails\"><p><span class=\"sign\">✗</span>{} of {} claims {}:</p>\n<ul>\n", failing,
      claims.size(), failing == 1 ? "fails" : "fail");
  for (const auto& c : claims) {
    if (c.holds()) continue;
    const auto why = std::isnan(c.measured)
                         ? "Not told: " + escaped(c.reason)
                         : fmt::format("Measured {}, allowed {}", number(c.measured), number(c.allowed));
    html += fmt::format("<li>{} {}.</li>\n", escaped(c.sentence), why);
  }
  return html + "</ul></div>\n";
}

/// dW_x with the x as an index; the mean over the rows of the data in words.
std::string with_indices(std::string line) {
  const std::string mean = "mean_over_rows";
  for (auto at = line.find(mean); at != std::string::npos; at = line.find(mean))
    line.replace(at, mean.size(), "mean over rows ");
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  std::string html;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '_' || i + 1 == line.size() || !is_word(line[i + 1])) {
      html += line[i];
      continue;
    }
    const auto end = std::find_if_not(line.begin() + static_cast<std::ptrdiff_t>(i) + 1, line.end(), is_word);
    const auto n = static_cast<std::size_t>(end - line.begin()) - i - 1;
    html += fmt::format("<sub>{}</sub>", line.substr(i + 1, n));
    i += n;
  }
  return html;
}

std::string equations(const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string html = "<div class=\"equations\">\n";
  for (const auto& line : lines) html += "<p>" + with_indices(escaped(line)) + "</p>\n";
  return html +
         "<p class=\"law\">∂<sub>t</sub>p = −Σ ∂<sub>i</sub>(b<sub>i</sub> p) + Σ "
         "∂<sub>i</sub>∂<sub>j</sub>(a<sub>ij</sub> p), a = σσ<sup>T</sup>/2</p>\n</div>\n";
}

std::string cells(const std::vector<std::size_t>& n) { return fmt::format("{}", fmt::join(n, " × ")); }

std::string fact(const std::string& value, const std::string& meaning) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", meaning, value);
}

std::string facts(const Record& r) {
  std::string html;
  if (!r.times.empty())
    html += fact(
        r.times.size() == 1 ? plain(r.times.front()) : plain(r.times.front()) + " … " + plain(r.times.back()),
        r.times.size() == 1 ? "time" : fmt::format("time, {} observations", r.times.size()));
  if (r.density) html += fact(cells(r.density->cells), "cells, " + duration(r.density->seconds));
  if (r.particles) html += fact(count(r.particles->count), "particles, " + duration(r.particles->seconds));
  return html.empty() ? "" : "<dl class=\"facts\">\n" + html + "</dl>\n";
}

}  // namespace

std::string head_section(const Record& r) {
  auto html = fmt::format("<header>\n<p class=\"name\">{}</p>\n<h1>{}</h1>\n", escaped(r.name),
                          escaped(r.title.empty() ? r.name : r.title));
  if (!r.reference.empty()) html += "<p class=\"reference\">" + escaped(r.reference) + "</p>\n";
  return html + verdict(r.claims) + equations(r.equations) + facts(r) + "</header>\n";
}

}  // namespace fpk::io::report
