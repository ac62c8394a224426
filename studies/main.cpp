// fpk_calibrate [SEEDS [PART [FOLDER]]]: is the verdict right as often as it says? docs/calibration.md has the answer.
#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <string>

#include "parallel/communicator.hpp"
#include "parallel/threads.hpp"
#include "studies/calibration_tables.hpp"

namespace {

constexpr int wrong_usage = 64, failure = 70;

int usage() {
  fmt::print(stderr,
             "usage: fpk_calibrate [SEEDS [PART [FOLDER]]]   from the top folder, where data/cases is\n"
             "SEEDS at least 2 (1000); PART all, sound, power or weak-order; FOLDER for the tables "
             "(out/calibration)\n");
  return wrong_usage;
}

}  // namespace

int main(int argc, char** argv) {
  const fpk::parallel::Environment mpi(&argc, &argv);
  fpk::parallel::use_threads(1);
  fpk::studies::StudySettings settings;
  if (argc > 1) {
    const std::string text = argv[1];
    const auto end = text.data() + text.size();
    if (std::from_chars(text.data(), end, settings.seeds).ptr != end || settings.seeds < 2) return usage();
  }
  const std::string part = argc > 2 ? argv[2] : "all";
  if (argc > 3) settings.folder = argv[3];
  if (argc > 4 || (part != "all" && part != "sound" && part != "power" && part != "weak-order"))
    return usage();
  try {
    if (part == "all" || part == "sound") write_false_alarms(settings);
    if (part == "all" || part == "power") write_power(settings);
    if (part == "all" || part == "weak-order") write_weak_order(settings);
  } catch (const std::exception& e) {
    fmt::print(stderr, "fpk_calibrate: {}\n", e.what());
    return failure;
  }
}
