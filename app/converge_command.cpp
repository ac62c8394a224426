// fpk converge: orders of convergence, with their intervals, as tables and a plot.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/converge.hpp"
#include "app/exit_status.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

void write_all(const io::Record& record, const std::filesystem::path& out) {
  for (const auto& study : record.convergence) {
    io::write_whole(out / fmt::format("convergence_{}.csv", study.name), io::convergence_csv(study));
    io::write_whole(out / fmt::format("convergence_{}.tex", study.name), io::convergence_latex(study));
  }
  if (const auto fluxes = io::flux_comparison_csv(record); !fluxes.empty())
    io::write_whole(out / "convergence_fluxes.csv", fluxes);
  io::write_whole(out / "convergence.html", io::report_html(record));
  io::write_whole(out / "convergence.json", io::convergence_json(record));
}

}  // namespace

int converge(const Options& options) {
  const Setting setting(options);
  const io::Case problem = io::read_case(options.file, options.overrides);
  const auto out = setting.folder(problem);
  const auto record = converge(problem, setting.processes(), setting.progress());
  if (setting.processes().is_root()) {
    write_all(record, out);
    if (!options.quiet) {
      for (const auto& study : record.convergence) fmt::print("{}\n", io::convergence_table(study));
      if (const auto fluxes = io::flux_comparison_table(record); !fluxes.empty()) fmt::print("{}\n", fluxes);
      for (const auto& c : record.claims)
        fmt::print("  {:5} {}  {}\n", c.holds() ? "holds" : "FAILS", c.sentence, c.reason);
      fmt::print("plot: {}\n", (out / "convergence.html").string());
    }
  }
  return verification::all_hold(record.claims) ? all_claims_hold : a_claim_fails;
}

}  // namespace fpk::app
