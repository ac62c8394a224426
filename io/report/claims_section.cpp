#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

/// How much of what is allowed was used, as a bar; nothing where the two have no ratio.
std::string used_share(const verification::Claim& c) {
  const double share = c.measured / c.allowed;
  if (!std::isfinite(share) || c.allowed <= 0) return "";
  const double filled = std::clamp(share, 0.0, 1.0);
  return fmt::format(
      "<span class=\"meter\" title=\"{:.0f} % of what is allowed\"><i style=\"width:{:.0f}%\"></i></span>",
      100 * share, 100 * filled);
}

std::string claim_row(const verification::Claim& c) {
  return fmt::format(
      "<tr class=\"{}\"><td class=\"sign\">{}</td><td>{}<br><code>{}</code></td><td>{}</td><td "
      "class=\"n\">{}{}</td>"
      "<td class=\"n\">{}</td><td class=\"reason\">{}</td></tr>\n",
      c.holds() ? "holds" : "fails", c.holds() ? "✓" : "✗", escaped(c.sentence), escaped(c.name),
      verification::name(c.evidence), number(c.measured), used_share(c), number(c.allowed),
      escaped(c.reason));
}

}  // namespace

std::string claims_section(const Record& r) {
  if (r.claims.empty()) return "";
  std::string body =
      "<p>Exact: to round-off, whatever the grid. Asymptotic: an error that falls at a known order. "
      "Statistical: "
      "within the reach of chance, at a false-alarm rate shared by all such claims. The bar shows how much "
      "of what is "
      "allowed was used.</p>\n<div class=\"wide\"><table "
      "class=\"claims\">\n<thead><tr><th></th><th>claim</th>"
      "<th>evidence</th><th class=\"n\">measured</th><th class=\"n\">allowed</th><th>why that "
      "much</th></tr></thead>\n"
      "<tbody>\n";
  for (const bool holds : {false, true})  // what fails comes first
    for (const auto& c : r.claims)
      if (c.holds() == holds) body += claim_row(c);
  return section("claims", "Claims", body + "</tbody></table></div>\n");
}

}  // namespace fpk::io::report
