// fpk run: evolve a case, judge it, and leave a folder that can be read, plotted and opened in ParaView.
#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "app/checkpoints.hpp"
#include "app/commands.hpp"
#include "app/evolve.hpp"
#include "app/exit_status.hpp"
#include "app/finished_run.hpp"
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

/// What there is to say where the run does not go on from a checkpoint, though it was asked to.
void print_beginning(const std::filesystem::path& out) {
  fmt::print(stderr, "fpk: no checkpoint in {}: starting from the beginning\n", out.string());
}

int already_finished(const Setting& setting, bool holds, bool quiet) {
  if (!quiet && setting.processes().is_root())
    fmt::print("{}: finished already, {}; run without --resume to compute it anew\n", setting.problem().name,
               holds ? "every claim holds" : "A CLAIM FAILS");
  return holds ? all_claims_hold : a_claim_fails;
}

io::Record compute(const Setting& setting, Checkpoints& checkpoints, std::optional<io::VtkSeries>& vtk) {
  const auto& problem = setting.problem();
  if (problem.output.vtk && problem.process.dimension() <= law::max_dimension)
    vtk.emplace(setting.folder(), comparison_grid(problem, setting.processes()), checkpoints.found());
  return evolve(problem, setting.processes(),
                {setting.progress(), vtk ? &*vtk : nullptr, nullptr, &checkpoints});
}

}  // namespace

int run(const Options& options) {
  const Setting setting(options);
  const auto& problem = setting.problem();
  const auto& out = setting.folder();
  Checkpoints checkpoints(out, problem.output.checkpoint, problem.fingerprint, options.resume,
                          setting.processes());
  if (options.resume && !checkpoints.found()) {
    if (const auto holds = finished_verdict(out / "result.json", problem.fingerprint))
      return already_finished(setting, *holds, options.quiet || options.part_of_sweep);
    if (!options.quiet && !options.part_of_sweep && setting.processes().is_root()) print_beginning(out);
  }
  setting.remove_older({"result.json", "report.html", "series.csv"});
  std::optional<io::VtkSeries> vtk;
  io::Record record;
  try {
    record = compute(setting, checkpoints, vtk);
  } catch (const Interrupted& e) {
    if (setting.processes().is_root()) fmt::print(stderr, "fpk: {}\n", e.what());
    return stopped;
  }
  const int status = setting.conclude(
      record,
      [&] {
        if (vtk) vtk->write_view(problem.title.empty() ? problem.name : problem.title);
        write_all(record, out);
      },
      [&] { print_verdict(record, out); });
  checkpoints.remove();
  return status;
}

}  // namespace fpk::app
