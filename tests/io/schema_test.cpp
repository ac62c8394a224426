#include "io/case/schema.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <set>

#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

TEST(Schema, HoldsEachKeyOnceBelowATable) {
  std::set<std::string> seen;
  for (const reader::Key& key : reader::schema()) {
    EXPECT_TRUE(seen.insert(key.path).second) << key.path;
    EXPECT_FALSE(key.meaning.empty()) << key.path;
    const auto dot = key.path.rfind('.');
    EXPECT_TRUE(dot == std::string::npos || seen.contains(key.path.substr(0, dot))) << key.path;
  }
  EXPECT_GT(seen.size(), 40U);
}

TEST(Schema, StatesTheDefaultsThatTheStructuresHold) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"density.enabled", fmt::format("{}", DensitySettings{}.enabled)},
      {"density.propagator", fmt::format("\"{}\"", DensitySettings{}.propagator)},
      {"density.tolerance", fmt::format("{}", DensitySettings{}.tolerance)},
      {"particles.count", fmt::format("{}", ParticleSettings{}.count)},
      {"particles.scheme", fmt::format("\"{}\"", ParticleSettings{}.scheme)},
      {"particles.noise", fmt::format("\"{}\"", sde::name(ParticleSettings{}.noise))},
      {"particles.absorption", fmt::format("\"{}\"", sde::name(ParticleSettings{}.absorption))},
      {"particles.step", fmt::format("{}", ParticleSettings{}.step)},
      {"particles.seed", fmt::format("{}", ParticleSettings{}.seed)},
      {"converge.refinements", fmt::format("{}", ConvergeSettings{}.refinements)},
      {"spectrum.modes", fmt::format("{}", SpectrumSettings{}.modes)},
      {"output.vtk", fmt::format("{}", OutputSettings{}.vtk)},
      {"output.particles", fmt::format("{}", OutputSettings{}.particles)}};
  for (const auto& [path, preset] : table) {
    const reader::Key* key = reader::find_key(path);
    ASSERT_NE(key, nullptr) << path;
    EXPECT_EQ(key->preset, preset) << path;
  }
}

TEST(Schema, GivesDefaultsThatTheReaderTakes) {
  // Each default, written out, leaves the case what it was without it.
  const Case bare = read_text(small_case);
  for (const reader::Key& key : reader::schema()) {
    const bool settles = key.path.starts_with("density.") || key.path.starts_with("particles.") ||
                         key.path.starts_with("output.") || key.path == "converge.refinements";
    if (!settles || key.path == "particles.count") continue;
    const Case said = read_text(small_case, {key.path + "=" + key.preset});
    EXPECT_EQ(said.density.enabled, bare.density.enabled) << key.path;
    EXPECT_EQ(said.density.propagator, bare.density.propagator) << key.path;
    EXPECT_EQ(said.density.tolerance, bare.density.tolerance) << key.path;
    EXPECT_EQ(said.particles->scheme, bare.particles->scheme) << key.path;
    EXPECT_EQ(said.particles->step, bare.particles->step) << key.path;
    EXPECT_EQ(said.particles->seed, bare.particles->seed) << key.path;
    EXPECT_EQ(said.converge.refinements, bare.converge.refinements) << key.path;
    EXPECT_EQ(said.output.vtk, bare.output.vtk) << key.path;
    EXPECT_EQ(said.output.particles, bare.output.particles) << key.path;
  }
}

TEST(Schema, PrintsEveryKeyOnATerminalAndInMarkdown) {
  for (const reader::Key& key : reader::schema()) {
    EXPECT_NE(schema_text().find(key.path), std::string::npos) << key.path;
    EXPECT_NE(schema_markdown().find(fmt::format("| `{}` |", key.path)), std::string::npos) << key.path;
  }
}

TEST(Schema, IsTheTableOfTheDocumentation) {
  const std::string document = file_text(source_folder() / "docs" / "case.md");
  ASSERT_FALSE(document.empty());
  EXPECT_NE(document.find(fmt::format("\n{}", schema_markdown())), std::string::npos)
      << "replace the table of docs/case.md by\n"
      << schema_markdown();
}

}  // namespace
}  // namespace fpk::io
