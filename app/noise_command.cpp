// fpk noise: the noise of stochastic gradients, as fields and on random batches.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/gradient_noise.hpp"
#include "app/page.hpp"
#include "io/writers.hpp"

namespace fpk::app {
namespace {

std::string exponent(const io::SampledNoise& s) {
  return s.exponent ? fmt::format("{:.4f}", s.exponent->value) : std::string("-");
}

void print_figures(const io::GradientNoiseRecord& r) {
  fmt::print("  {:>24}{:>11}{:>11}{:>8}{:>16}{:>16}{:>8}\n", "at", "trace", "condition", "cos H",
             "with repl.", "without", "KS b*");
  for (const auto& p : r.points) {
    std::string at;
    for (const double x : p.at) at += fmt::format("{}{:.4g}", at.empty() ? "" : ", ", x);
    fmt::print(
        "  {:>24}{:>11.4g}{:>11.4g}{:>8.4f}{:>16}{:>16}{:>8}\n", at, p.shape.trace, p.shape.condition,
        p.shape.alignment, exponent(p.samplings[0]), exponent(p.samplings[1]),
        p.directions.empty() ? std::string("-") : fmt::format("{:.0f}", p.directions.front().normal_from));
  }
}

}  // namespace

int noise(const Options& options) {
  const Setting setting(options);
  setting.remove_older(page_files("noise"));
  const auto record = gradient_noise(setting.problem(), setting.processes(), setting.field_writer("noise"));
  return conclude_page(setting, "noise", record, io::gradient_noise_json,
                       [&] { print_figures(*record.noise); });
}

}  // namespace fpk::app
