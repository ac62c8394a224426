// fpk spectrum: what a density forgets last, and how slowly.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/page.hpp"
#include "app/spectrum.hpp"
#include "io/writers.hpp"

namespace fpk::app {

int spectrum(const Options& options) {
  const Setting setting(options);
  setting.remove_older(page_files("spectrum"));
  const auto answer = spectrum(setting.problem(), setting.processes());
  if (const auto write = setting.field_writer("spectrum")) write(answer.part, answer.fields);
  return conclude_page(setting, "spectrum", answer.record, io::spectrum_json,
                       [&] { fmt::print("{}", io::spectrum_table(answer.record)); });
}

}  // namespace fpk::app
