// fpk run: evolve a case, judge it, and leave a folder that can be read, plotted and opened in ParaView.
#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "app/commands.hpp"
#include "app/evolve.hpp"
#include "app/exit_status.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

void write_all(const io::Record& record, const std::filesystem::path& out) {
  io::write_whole(out / "series.csv", io::series_csv(record));
  io::write_whole(out / "report.html", io::report_html(record));
  io::write_whole(out / "result.json", io::result_json(record));  // last: where it is, the rest is too
}

void print_verdict(const io::Record& record, const std::filesystem::path& out) {
  if (record.density) fmt::print("  density by {}: {}\n", record.density->propagator, record.density->choice);
  for (const auto& c : record.claims)
    fmt::print("  {:5} {:12} {}  measured {:.3g}, allowed {:.3g}\n", c.holds() ? "holds" : "FAILS",
               verification::name(c.evidence), c.sentence, c.measured, c.allowed);
  for (const auto& note : record.notes) fmt::print("  note: {}\n", note);
  fmt::print("{}: {}\nreport: {}\n", record.name,
             verification::all_hold(record.claims) ? "every claim holds" : "A CLAIM FAILS",
             (out / "report.html").string());
}

}  // namespace

int run(const Options& options) {
  const Setting setting(options);
  const io::Case problem = io::read_case(options.file, options.overrides);
  const auto out = setting.folder(problem);
  const auto part = comparison_grid(problem, setting.processes());
  // An older verdict must not stand beside newer pictures.
  if (setting.processes().is_root()) io::remove_outputs(out, {"result.json", "report.html", "series.csv"});
  std::optional<io::VtkSeries> vtk;
  if (problem.output.vtk && problem.process.dimension() <= law::max_dimension) vtk.emplace(out, part);
  const auto record =
      evolve(problem, setting.processes(), {setting.progress(), vtk ? &*vtk : nullptr, nullptr});
  if (setting.processes().is_root()) {
    if (vtk) vtk->write_view(problem.title.empty() ? problem.name : problem.title);
    write_all(record, out);
    if (!options.quiet) print_verdict(record, out);
  }
  return verification::all_hold(record.claims) ? all_claims_hold : a_claim_fails;
}

}  // namespace fpk::app
