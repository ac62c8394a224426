// fpk passage: first-passage times, their distribution, committors, reaction and decay rates.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/page.hpp"
#include "app/passage.hpp"
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
  if (p.particles) {
    if (p.particles->density_restricted_mean)
      line("mean up to the horizon", *p.particles->density_restricted_mean);
    line("mean up to it by particles", p.particles->restricted_mean.value);
    line("  its standard error", p.particles->restricted_mean.standard_error);
    line("  horizon", p.particles->horizon);
    line("  censored, of all",
         static_cast<double>(p.particles->censored) / static_cast<double>(p.particles->count));
  }
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
  setting.remove_older(page_files("passage", {"passage_survival.csv"}));
  const auto record = passage(setting.problem(), setting.processes(), setting.field_writer("passage"));
  if (setting.processes().is_root())
    io::write_whole(setting.folder() / "passage_survival.csv", io::passage_csv(record));
  return conclude_page(setting, "passage", record, io::passage_json, [&] { print_figures(*record.passage); });
}

}  // namespace fpk::app
