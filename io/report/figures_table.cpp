#include "io/report/figures_table.hpp"

#include <fmt/format.h>

namespace fpk::io::report {

std::string figures_table(const std::vector<std::string>& heads,
                          const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<div class=\"wide\"><table>\n<thead><tr>";
  for (std::size_t k = 0; k < heads.size(); ++k)
    html += fmt::format("<th{}>{}</th>", k == 0 ? "" : " class=\"n\"", heads[k]);
  html += "</tr></thead>\n<tbody>\n";
  for (const auto& row : rows) {
    html += "<tr>";
    for (std::size_t k = 0; k < row.size(); ++k)
      html += fmt::format("<td{}>{}</td>", k == 0 ? "" : " class=\"n\"", row[k]);
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace fpk::io::report
