// fpk estimate: an expectation to a given root-mean-square error, by multilevel Monte Carlo.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/estimate.hpp"
#include "app/page.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

std::string rate(const std::optional<verification::Order>& r) {
  return r ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", r->value, r->lower, r->upper) : "not resolved";
}

void print_levels(const io::EstimateRecord& e) {
  fmt::print("  {:>5}{:>12}{:>13}{:>13}{:>13}{:>10}{:>8}{:>14}\n", "level", "step", "samples", "mean",
             "variance", "kurtosis", "z", "steps each");
  for (std::size_t l = 0; l < e.levels.size(); ++l) {
    const auto& v = e.levels[l];
    fmt::print("  {:>5}{:>12.4g}{:>13}{:>13.4g}{:>13.4g}{:>10.3g}{:>8}{:>14g}\n", l, v.step, v.samples,
               v.mean, v.variance, v.kurtosis, l == 0 ? "" : fmt::format("{:.2f}", v.telescoping), v.cost);
  }
}

void print_figures(const io::EstimateRecord& e) {
  fmt::print(
      "E[{}] at t = {:g}: {:.8g}  standard error {:.2g}, bias {:.2g}, total {:.2g}, asked for {:.2g}\n",
      e.observable, e.time, e.value, e.standard_error, e.bias, e.total_error, e.tolerance);
  print_levels(e);
  fmt::print("  alpha {} (promised {:g}), beta {}, gamma {:.2f}\n", rate(e.alpha), e.promised_alpha,
             rate(e.beta), e.gamma);
  fmt::print("  cost {:.3g} steps, {:.2g} s", e.cost, e.seconds);
  if (e.plain_cost > 0)
    fmt::print("; plain Monte Carlo {:.3g} steps (predicted), {:.1f} times as many", e.plain_cost,
               e.plain_cost / e.cost);
  fmt::print("\n");
  if (e.reference)
    fmt::print("  {}: {:.8g}, error {:.1g}, {:.2g} s\n", e.reference->source, e.reference->value,
               e.reference->error, e.reference->seconds);
}

}  // namespace

int estimate(const Options& options) {
  const Setting setting(options);
  setting.remove_older(page_files("estimate"));
  const auto record = estimate(setting.problem(), setting.processes());
  return conclude_page(setting, "estimate", record, io::estimate_json,
                       [&] { print_figures(*record.estimate); });
}

}  // namespace fpk::app
