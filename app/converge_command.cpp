// fpk converge: orders of convergence, with their intervals, as tables and a plot.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/converge.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

void write_all(const io::Record& record, const std::filesystem::path& out) {
  for (const auto& study : record.convergence) {
    if (study.of_gradients) continue;  // together in one file
    io::write_whole(out / fmt::format("convergence_{}.csv", study.name), io::convergence_csv(study));
    io::write_whole(out / fmt::format("convergence_{}.tex", study.name), io::convergence_latex(study));
  }
  if (const auto fluxes = io::flux_comparison_csv(record); !fluxes.empty())
    io::write_whole(out / "convergence_fluxes.csv", fluxes);
  if (record.sgd_expectations) io::write_whole(out / "convergence_sgd.csv", io::sgd_orders_csv(record));
  io::write_whole(out / "convergence.html", io::report_html(record));
  io::write_whole(out / "convergence.json", io::convergence_json(record));
}

/// An order has an interval, which its claim's reason tells.
void print_studies(const io::Record& record, const std::filesystem::path& out) {
  for (const auto& study : record.convergence)
    if (!study.of_gradients) fmt::print("{}\n", io::convergence_table(study));
  if (record.sgd_expectations) fmt::print("{}\n", io::sgd_orders_table(record));
  if (const auto fluxes = io::flux_comparison_table(record); !fluxes.empty()) fmt::print("{}\n", fluxes);
  for (const auto& c : record.claims)
    fmt::print("  {:5} {}  {}\n", c.holds() ? "holds" : "FAILS", c.sentence, c.reason);
  for (const auto& note : record.notes) fmt::print("  note: {}\n", note);
  fmt::print("page: {}\n", (out / "convergence.html").string());
}

}  // namespace

int converge(const Options& options) {
  const Setting setting(options);
  const auto& out = setting.folder();
  setting.remove_older({"convergence.json", "convergence.html"});
  const auto record = converge(setting.problem(), setting.processes(), setting.progress());
  return setting.conclude(
      record, [&] { write_all(record, out); }, [&] { print_studies(record, out); });
}

}  // namespace fpk::app
