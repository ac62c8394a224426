// report.html: the page that a run leaves for people. It needs nothing but itself: no script, no font, no
// other file.
#include "io/report/sections.hpp"
#include "io/report/whole_page.hpp"
#include "io/writers.hpp"

namespace fpk::io {

std::string report_html(const Record& record) {
  using namespace report;
  return whole_page(record.title.empty() ? record.name : record.title, record.version,
                    head_section(record) + density_section(record) + observables_section(record) +
                        exits_section(record) + distances_section(record) + sgd_stationary_section(record) +
                        spectrum_section(record) + convergence_section(record) + sgd_orders_section(record) +
                        passage_section(record) + backward_section(record) + estimate_section(record) +
                        noise_section(record) + network_section(record) + reduction_section(record) +
                        claims_section(record) + sgd_section(record) + numerics_section(record) +
                        case_section(record));
}

}  // namespace fpk::io
