// What a run says of its propagator: which one and why, what rounding it put right, and a word where it went below zero.
#include <gtest/gtest.h>

#include "app/run_notes.hpp"
#include "tests/app/shell.hpp"

namespace fpk::app {
namespace {

TEST(DensityNotes, NameThePropagatorThatWentBelowZeroAndOneThatCannot) {
  io::DensityRecord density;
  density.propagator = "explicit";
  density.minimum = {0, -3e-11, 1e-9};
  const auto note = note_on_negative_density(density, {});
  for (const char* word : {"-3.0e-11", "explicit", "uniformisation"})
    EXPECT_NE(note.find(word), std::string::npos) << note;
  density.minimum = {0, -9e-15};
  EXPECT_EQ(note_on_negative_density(density, {}), "");
  density.minimum = {-1e-9};
  // Where coefficients depend on time nothing positive takes the generator: only the tolerance is left to name.
  EXPECT_EQ(note_on_negative_density(density, {.depends_on_time = true}).find("uniformisation"),
            std::string::npos);
}

TEST(Run, SaysWhichPropagatorItTookAndWhyAndWhereThatWentBelowZero) {
  using namespace testing;
  const auto folder = fresh_folder("propagators");
  write(folder / "case.toml", small_case());
  const auto run = [&](const std::string& options) {
    return fpk("run " + (folder / "case.toml").string() + " --out " + (folder / "out").string() + options)
        .output;
  };
  const auto chosen = run("");
  EXPECT_NE(chosen.find("density by chebyshev: the generator is in detailed balance"), std::string::npos)
      << chosen;
  EXPECT_EQ(chosen.find("went down to"), std::string::npos) << chosen;
  // At a loose tolerance the explicit steps reach their bound of stability, and undershoot beyond rounding.
  const auto loose = run(" --set density.propagator=explicit --set density.tolerance=1e-3");
  EXPECT_NE(loose.find("density by explicit: asked for in the case"), std::string::npos) << loose;
  EXPECT_NE(loose.find("note: The density went down to -"), std::string::npos) << loose;
  const auto result = nlohmann::json::parse(std::ifstream(folder / "out/result.json"));
  EXPECT_LT(result["density"]["restored_mass"],
            1e-12);  // a few roundings for each of some thousand applications
}

}  // namespace
}  // namespace fpk::app
