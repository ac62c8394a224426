// report.html: the page that a run leaves for people. It needs nothing but itself: no script, no font, no
// other file.
#include "io/report/html.hpp"
#include "io/report/sections.hpp"
#include "io/writers.hpp"

namespace fpk::io {

std::string report_html(const Record& record) {
  using namespace report;
  const auto title = escaped(record.title.empty() ? record.name : record.title);
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
         title + " – fpk</title>\n<style>\n" + style_sheet() + "</style>\n</head>\n<body>\n<main>\n" +
         head_section(record) + density_section(record) + observables_section(record) +
         exits_section(record) + distances_section(record) + spectrum_section(record) +
         convergence_section(record) + passage_section(record) + backward_section(record) +
         estimate_section(record) + network_section(record) + reduction_section(record) +
         claims_section(record) + sgd_section(record) + numerics_section(record) + case_section(record) +
         "<footer>fpk " + escaped(record.version) + "</footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace fpk::io
