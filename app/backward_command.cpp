// fpk backward: the expectation of every observable as a function of where the process starts.
#include <fmt/format.h>

#include <cstdio>

#include "app/backward.hpp"
#include "app/commands.hpp"
#include "app/exit_status.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {

int backward(const Options& options) {
  const Setting setting(options);
  const io::Case problem = io::read_case(options.file, options.overrides);
  const auto out = setting.folder(problem);
  if (setting.processes().is_root())  // older answers must not stand beside newer ones
    io::remove_outputs(out, {"backward.json", "backward.html", "backward.vti", "backward.vtr",
                             "backward.pvti", "backward.pvtr"});
  TakeBackwardFields take;
  if (problem.output.vtk)
    take = [&](const law::GridPart& part, const std::vector<io::CellField>& fields) {
      io::write_vtk_fields(out, "backward", part, fields);
    };
  const auto record = backward(problem, setting.processes(), take);
  if (setting.processes().is_root()) {
    io::write_whole(out / "backward.html", io::report_html(record));
    io::write_whole(out / "backward.json", io::backward_json(record));  // last: where it is, the rest is too
    if (!options.quiet) {
      fmt::print("  {:<24}{:>16}{:>16}{:>16}\n", "at the last time", "at the start", "least", "greatest");
      for (const auto& o : record.backward->observables)
        fmt::print("  {:<24}{:>16.9g}{:>16.9g}{:>16.9g}\n", o.name, o.at_initial.back(), o.minimum,
                   o.maximum);
      for (const auto& c : record.claims)
        fmt::print("  {:5} {}  measured {:.2g}, allowed {:.2g}\n", c.holds() ? "holds" : "FAILS", c.sentence,
                   c.measured, c.allowed);
      fmt::print("page: {}\n", (out / "backward.html").string());
    }
  }
  return verification::all_hold(record.claims) ? all_claims_hold : a_claim_fails;
}

}  // namespace fpk::app
