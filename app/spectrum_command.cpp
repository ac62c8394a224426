// fpk spectrum: what a density forgets last, and how slowly.
#include "app/spectrum.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/exit_status.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {

int spectrum(const Options& options) {
  const Setting setting(options);
  const io::Case problem = io::read_case(options.file, options.overrides);
  const auto out = setting.folder(problem);
  if (setting.processes().is_root())  // older answers must not stand beside newer ones
    io::remove_outputs(out, {"spectrum.json", "spectrum.html", "spectrum.vti", "spectrum.vtr",
                             "spectrum.pvti", "spectrum.pvtr"});
  const auto answer = spectrum(problem, setting.processes());
  if (problem.output.vtk) io::write_vtk_fields(out, "spectrum", answer.part, answer.fields);
  if (setting.processes().is_root()) {
    io::write_whole(out / "spectrum.html", io::report_html(answer.record));
    io::write_whole(out / "spectrum.json",
                    io::spectrum_json(answer.record));  // last: where it is, the rest is too
    if (!options.quiet) {
      fmt::print("{}", io::spectrum_table(answer.record));
      for (const auto& c : answer.record.claims)
        fmt::print("  {:5} {}  measured {:.2g}, allowed {:.2g}\n", c.holds() ? "holds" : "FAILS", c.sentence,
                   c.measured, c.allowed);
      fmt::print("page: {}\n", (out / "spectrum.html").string());
    }
  }
  return verification::all_hold(answer.record.claims) ? all_claims_hold : a_claim_fails;
}

}  // namespace fpk::app
