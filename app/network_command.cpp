// fpk network: stochastic gradient descent on a small network, and what a Fokker-Planck equation of two of its directions is worth.
#include "app/network/network.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/exit_status.hpp"
#include "app/setting.hpp"
#include "io/writers.hpp"

namespace fpk::app {

int network(const Options& options) {
  const parallel::Environment environment(nullptr, nullptr);
  const auto processes = processes_with_threads(options.threads);
  const auto problem = io::read_network_case(options.file, options.overrides);
  const auto folder = options.out.empty() ? std::filesystem::path("out") / problem.name : options.out;
  const auto json = folder / "network.json", page = folder / "network.html",
             curves = folder / "network_curves.csv";
  if (processes.is_root())
    io::remove_outputs(folder,
                       {json.filename().string(), page.filename().string(), curves.filename().string()});
  const auto record = network(problem, processes, io::Progress::style(options.quiet || !processes.is_root()));
  if (processes.is_root()) {
    io::write_whole(curves, io::network_csv(record));
    io::write_whole(page, io::report_html(record));
    io::write_whole(json, io::network_json(record));  // last: where it is, the rest is too
    if (!options.quiet) {
      fmt::print("{}", io::network_table(record));
      print_claims(record);
      for (const auto& note : record.notes) fmt::print("  note: {}\n", note);
      fmt::print("page: {}\n", page.string());
    }
  }
  return verification::all_hold(record.claims) ? all_claims_hold : a_claim_fails;
}

}  // namespace fpk::app
