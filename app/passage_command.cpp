// fpk passage: first-passage times, their distribution, committors, reaction and decay rates.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>

#include "app/commands.hpp"
#include "app/exit_status.hpp"
#include "app/passage.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

void print_figures(const io::PassageRecord& p) {
  const auto line = [](const char* name, double value) { fmt::print("  {:<28}{:.9g}\n", name, value); };
  fmt::print("  from {} to {}\n", p.start, p.target.empty() ? "the absorbing faces" : p.target);
  if (p.time.probability < 1 - 1e-12) line("probability of passing", p.time.probability);
  line("mean passage time", p.time.mean);
  if (p.time.mean_error) line("  its error, about", *p.time.mean_error);
  line("variance", p.time.variance);
  if (p.exit) line("mean time to any end", p.exit->mean);
  if (p.quasi_stationary) line("quasi-stationary rate", p.quasi_stationary->rate);
  if (p.committor_at_start) line("committor at the start", *p.committor_at_start);
  if (p.reaction) {
    line("reactive rate", p.reaction->rate);
    line("rate, source to target", p.reaction->rate_forward);
    line("rate, target to source", p.reaction->rate_backward);
  }
}

}  // namespace

int passage(const Options& options) {
  const Setting setting(options);
  const io::Case problem = io::read_case(options.file, options.overrides);
  const auto out = setting.folder(problem);
  if (setting.processes().is_root())  // older answers must not stand beside newer ones
    io::remove_outputs(out, {"passage.json", "passage.html", "passage_survival.csv", "passage.vti",
                             "passage.vtr", "passage.pvti", "passage.pvtr"});
  TakeFields take;
  if (problem.output.vtk)
    take = [&](const law::GridPart& part, const std::vector<io::CellField>& fields) {
      io::write_vtk_fields(out, "passage", part, fields);
    };
  const auto record = passage(problem, setting.processes(), take);
  if (setting.processes().is_root()) {
    io::write_whole(out / "passage_survival.csv", io::passage_csv(record));
    io::write_whole(out / "passage.html", io::report_html(record));
    io::write_whole(out / "passage.json", io::passage_json(record));  // last: where it is, the rest is too
    if (!options.quiet) {
      print_figures(*record.passage);
      for (const auto& c : record.claims)
        fmt::print("  {:5} {}  measured {:.2g}, allowed {:.2g}\n", c.holds() ? "holds" : "FAILS", c.sentence,
                   c.measured, c.allowed);
      fmt::print("page: {}\n", (out / "passage.html").string());
    }
  }
  return verification::all_hold(record.claims) ? all_claims_hold : a_claim_fails;
}

}  // namespace fpk::app
