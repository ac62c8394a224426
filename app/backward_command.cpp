// fpk backward: the expectation of every observable as a function of where the process starts.
#include <fmt/format.h>

#include <cstdio>

#include "app/backward.hpp"
#include "app/commands.hpp"
#include "app/page.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

void print_figures(const io::BackwardRecord& b) {
  fmt::print("  {:<24}{:>16}{:>16}{:>16}\n", "at the last time", "at the start", "least", "greatest");
  for (const auto& o : b.observables)
    fmt::print("  {:<24}{:>16.9g}{:>16.9g}{:>16.9g}\n", o.name, o.at_initial.back(), o.minimum, o.maximum);
}

}  // namespace

int backward(const Options& options) {
  const Setting setting(options);
  setting.remove_older(page_files("backward"));
  const auto record = backward(setting.problem(), setting.processes(), setting.field_writer("backward"));
  return conclude_page(setting, "backward", record, io::backward_json,
                       [&] { print_figures(*record.backward); });
}

}  // namespace fpk::app
