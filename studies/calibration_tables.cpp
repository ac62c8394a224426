#include "studies/calibration_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "studies/bulk.hpp"
#include "studies/power.hpp"
#include "studies/small_cases.hpp"
#include "studies/table_file.hpp"
#include "studies/weak_order_coverage.hpp"

namespace fpk::studies {
namespace {

constexpr std::uint64_t first_seed = 1;
constexpr std::int64_t particles_of_sound_runs = 4000;

std::string about(const StudySettings& s, const std::string& part, const std::string& what) {
  return fmt::format("fpk {}: ./dev calibrate {} {}; seeds {} to {}\n{}", FPK_VERSION, s.seeds, part,
                     first_seed, first_seed + s.seeds - 1, what);
}

std::string joined(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

std::string tail_columns(const Share& s) {
  return fmt::format("{:.4f},{:.4f},{:.4f}", s.value(), s.lower(), s.upper());
}

void add_sound_rows(TableFile& sound, TableFile& comparisons, const SmallCase& c,
                    const std::vector<JudgedRun>& runs) {
  const auto b = bulk(runs);
  std::vector<std::string> refuted;
  for (const auto& run : runs) refuted.insert(refuted.end(), run.refuted.begin(), run.refuted.end());
  const auto alarm = alarms(runs);
  for (const auto& t : b.tails)
    sound.add(fmt::format("{},{},{},{},{:.2e},{},{},{},{},{}", c.name, runs.size(), b.comparisons.size(),
                          alarm.hits, alarm.upper(), t.level, tail_columns(t.sampling), tail_columns(t.raw),
                          tail_columns(t.with_allowance), joined(refuted)));
  for (std::size_t k = 0; k < b.comparisons.size(); ++k) {
    const auto& s = b.comparisons[k];
    comparisons.add(fmt::format("{},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f}", c.name, k, s.mean_z, s.sd_z,
                                s.median_allowance, s.median_bias_error, s.kolmogorov));
  }
}

void add_power_rows(TableFile& power, TableFile& smallest, const std::string& name, const std::string& error,
                    const std::vector<PowerPoint>& curve) {
  for (const auto& p : curve)
    power.add(fmt::format("{},{},{},{},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f},{:.2f},{:.2f}", name, error,
                          p.particles, p.size, p.caught.trials, p.caught.value(), p.caught.lower(),
                          p.caught.upper(), p.caught_if_added.value(), p.predicted, p.shift, p.allowance));
  const auto seen = smallest_seen(curve);
  smallest.add(fmt::format("{},{},{},{:.4f},{:.4f}", name, error, curve.front().particles, seen.measured,
                           seen.predicted));
}

constexpr const char* power_header =
    "case,error,particles,size,runs,caught,lower,upper,caught_if_added,predicted_at_least,shift_in_se,"
    "allowance_in_se";

}  // namespace

void write_false_alarms(const StudySettings& s) {
  TableFile sound(
      s.folder / "sound.csv",
      about(s, "sound",
            "share of runs beyond a level of the nominal law: of sampling alone, with the bias of step and "
            "cells, and as judged; 95 % bounds each"),
      "case,runs,comparisons,alarms,alarm_upper,level,sampling,sampling_lower,sampling_upper,raw,"
      "raw_lower,raw_upper,judged,judged_lower,judged_upper,refuted");
  TableFile comparisons(s.folder / "comparisons.csv",
                        about(s, "sound", "each comparison of particles and density, z in standard errors"),
                        "case,comparison,mean_z,sd_z,median_allowance,median_bias_error,kolmogorov");
  for (const auto& c : small_cases()) {
    const auto problem = read_small_case(s.cases, c.name, particles_of_sound_runs);
    add_sound_rows(sound, comparisons, c, judged_runs(problem, problem.process, first_seed, s.seeds));
  }
}

void write_power(const StudySettings& s) {
  const std::size_t seeds = std::max<std::size_t>(2, s.seeds / 10);
  TableFile power(s.folder / "power.csv",
                  about(s, "power", "share of runs that catch a planted error, over a tenth of the seeds"),
                  power_header);
  TableFile smallest(
      s.folder / "smallest.csv",
      about(s, "power", "smallest size of an error that is caught with 95 % power: measured and predicted"),
      "case,error,particles,measured,predicted");
  for (const char* name : {"ornstein_uhlenbeck", "stratonovich_noise"})
    for (const char* error : {"drift-factor", "noise-factor"})
      for (const std::int64_t particles : {1000, 10'000, 100'000})
        add_power_rows(power, smallest, name, error,
                       power_curve(read_small_case(s.cases, name, particles), planted_error(error),
                                   {0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3}, first_seed, seeds));
  for (const auto& [name, error] :
       {std::pair{"correlated_noise", "off-diagonal-sign"},
        std::pair{"stratonovich_noise", "stratonovich-read-as-ito"},
        std::pair{"ornstein_uhlenbeck", "step-ten-times"}, std::pair{"absorbing_interval", "step-ten-times"}})
    for (const std::int64_t particles : {1000, 10'000})
      add_power_rows(power, smallest, name, error,
                     power_curve(read_small_case(s.cases, name, particles), planted_error(error), {1},
                                 first_seed, seeds));
}

void write_weak_order(const StudySettings& s) {
  TableFile table(
      s.folder / "weak_order.csv",
      about(s, "weak-order",
            "ornstein_uhlenbeck, second moment, steps 0.2 0.1 0.05 0.025: coverage of the 95 % "
            "interval, of the order of the ladder and of the promised order"),
      "half_width,runs,refused,wrong,wrong_upper,order_of_ladder,covers_ladder,covers_ladder_lower,"
      "covers_ladder_upper,covers_promised,covers_promised_lower,covers_promised_upper,next_term,"
      "order_two_would_pass,mean_order,sd_order,median_half_width");
  constexpr double k = 1.5;
  for (const double half_width : {0.3, 0.15}) {
    const auto problem = io::read_case(
        s.cases / "ornstein_uhlenbeck.toml",
        {"time.end=1", fmt::format("converge.half_width={}", half_width), "converge.budget=2e8"});
    const auto c = weak_order_coverage(problem, k, first_seed, s.seeds);
    table.add(fmt::format("{},{},{:.4f},{},{:.2e},{:.4f},{},{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}",
                          half_width, s.seeds, c.refused.value(), c.wrong.hits, c.wrong.upper(),
                          c.order_of_ladder, tail_columns(c.holds_order_of_ladder),
                          tail_columns(c.holds_promised), c.next_term.value(), c.fooled.value(), c.mean, c.sd,
                          c.median_half_width));
  }
}

}  // namespace fpk::studies
