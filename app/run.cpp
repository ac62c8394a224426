// fpk run: evolve a case, judge it, and leave a folder that can be read, plotted and opened in ParaView.
#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "app/commands.hpp"
#include "app/evolve.hpp"
#include "app/roads.hpp"
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
  print_claims(record);
  for (const auto& note : record.notes) fmt::print("  note: {}\n", note);
  fmt::print("{}: {}\nreport: {}\n", record.name,
             verification::all_hold(record.claims) ? "every claim holds" : "A CLAIM FAILS",
             (out / "report.html").string());
}

}  // namespace

int run(const Options& options) {
  const Setting setting(options);
  const auto& problem = setting.problem();
  const auto& out = setting.folder();
  setting.remove_older({"result.json", "report.html", "series.csv"});
  std::optional<io::VtkSeries> vtk;
  if (problem.output.vtk && problem.process.dimension() <= law::max_dimension)
    vtk.emplace(out, comparison_grid(problem, setting.processes()));
  const auto record =
      evolve(problem, setting.processes(), {setting.progress(), vtk ? &*vtk : nullptr, nullptr});
  return setting.conclude(
      record,
      [&] {
        if (vtk) vtk->write_view(problem.title.empty() ? problem.name : problem.title);
        write_all(record, out);
      },
      [&] { print_verdict(record, out); });
}

}  // namespace fpk::app
