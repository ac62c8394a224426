#include "app/setting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "app/exit_status.hpp"
#include "io/writers.hpp"
#include "parallel/threads.hpp"

namespace fpk::app {

parallel::Communicator processes_with_threads(std::size_t wanted) {
  auto processes = parallel::Communicator::world();
  const auto shared = std::max<std::size_t>(
      1, std::thread::hardware_concurrency() / static_cast<std::size_t>(processes.size()));
  parallel::use_threads(wanted == 0 ? shared : wanted);
  return processes;
}

Setting::Setting(const Options& options)
    : options_(options),
      environment_(nullptr, nullptr),
      processes_(processes_with_threads(options.threads)),
      problem_(io::read_case(options.file, options.overrides)),
      folder_(options.out.empty() ? std::filesystem::path("out") / problem_.name : options.out) {}

io::Progress::Style Setting::progress() const {
  return io::Progress::style(options_.quiet || !processes_.is_root());
}

void Setting::remove_older(const std::vector<std::string>& names) const {
  if (processes_.is_root()) io::remove_outputs(folder_, names);
}

io::TakeFields Setting::field_writer(const std::string& stem) const {
  if (!problem_.output.vtk) return {};
  return [this, stem](const law::GridPart& part, const std::vector<io::CellField>& fields) {
    io::write_vtk_fields(folder_, stem, part, fields);
  };
}

int Setting::conclude(const io::Record& record, const std::function<void()>& write,
                      const std::function<void()>& say) const {
  if (processes_.is_root()) {
    write();
    if (!options_.quiet && !options_.part_of_sweep) say();
  }
  return verification::all_hold(record.claims) ? all_claims_hold : a_claim_fails;
}

void print_claims(const io::Record& record) {
  for (const auto& c : record.claims) {
    fmt::print("  {:5} {:12} {}  measured {:.3g}, allowed {:.3g}\n", c.holds() ? "holds" : "FAILS",
               verification::name(c.evidence), c.sentence, c.measured, c.allowed);
    if (!c.holds() && !c.reason.empty()) fmt::print("        {}\n", c.reason);
  }
}

}  // namespace fpk::app
