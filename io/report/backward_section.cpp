// Backward expectations: the figures at the last time, and the fields.
#include <fmt/format.h>

#include "io/report/field_picture.hpp"
#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {
namespace {

std::string table(const BackwardRecord& b) {
  auto html = fmt::format(
      "<div class=\"wide\"><table>\n<caption>At the last time, t = "
      "{}</caption>\n<thead><tr><th>observable</th>"
      "<th class=\"n\">over the initial law</th><th class=\"n\">forward</th><th class=\"n\">least over "
      "starts</th>"
      "<th class=\"n\">greatest</th></tr></thead>\n<tbody>\n",
      plain(b.times.back()));
  for (const auto& o : b.observables)
    html += fmt::format(
        "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td>"
        "</tr>\n",
        escaped(o.name), number(o.at_initial.back(), 7), number(o.forward.back(), 7), number(o.minimum, 5),
        number(o.maximum, 5));
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string backward_section(const Record& r) {
  if (!r.backward) return "";
  std::string body = table(*r.backward) + "<div class=\"plots\">\n";
  for (const auto& f : r.backward->pictures) body += field_picture(f, r.variables);
  return section("backward", "Expectations by the start", body + "</div>\n");
}

}  // namespace fpk::io::report
