#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

TEST(Override, ReplacesAValueOfAnyKind) {
  const Case c = read_text(small_case, {"particles.count=1e3", "time.observe=[1, 2]",
                                        "process.parameters.a=2", "process.potential=x^2/2 + a*y^2",
                                        "domain.x.boundary=absorbing", "output.vtk=false", "title=3"});
  EXPECT_EQ(c.particles->count, 1000);
  EXPECT_EQ(c.times, (std::vector<double>{0, 1, 2, 10}));
  EXPECT_EQ(c.process.reversible->potential.text(), "x^2/2 + 2*y^2");
  EXPECT_EQ(c.domain.sides[0].upper_boundary, model::Boundary::absorbing);
  EXPECT_FALSE(c.output.vtk);
  EXPECT_EQ(c.title, "3");
}

TEST(Override, AddsWhatTheFileDoesNotSay) {
  const std::string bare = small_case.substr(0, small_case.find("[particles]"));
  const Case c = read_text(bare, {"particles.seed=7", "observables.first=x", "density.tolerance=1e-6"});
  ASSERT_TRUE(c.particles);
  EXPECT_EQ(c.particles->seed, 7U);
  ASSERT_EQ(c.observables.size(), 1U);
  EXPECT_EQ(c.observables.front().name, "first");
  EXPECT_EQ(c.density.tolerance, 1e-6);
}

TEST(Override, OfTheSameKeyCountsLast) {
  EXPECT_EQ(read_text(small_case, {"particles.seed=7", "particles.seed=9"}).particles->seed, 9U);
}

TEST(Override, LeavesTheTextOfTheFileAlone) {
  EXPECT_EQ(read_text(small_case, {"particles.seed=7"}).text, small_case);
}

struct Refused {
  std::string text, what, hint;
};

TEST(Override, IsRefusedUnderItsOwnNameLikeTheFile) {
  const std::vector<Refused> table{
      {"particles.seeed=1", "unknown key seeed in particles", "did you mean seed?"},
      {"nonsense=1", "unknown key nonsense", "there are"},
      {"time.end.x=1", "unknown key x in time.end", ""},
      {"=1", "key.path=value", "--set"},
      {"particles.count", "key.path=value", "--set"},
      {"particles.count=many", "must be a whole number", "100"},
      {"process.potential=x^2 + q", "unknown name 'q'", "x, y"},
      {"process.temperature=0", "cannot be 0", "above 0"},
      {"process..potential=0", "unknown key", ""},
      {"process=3", "process must be a table", "{"}};
  for (const Refused& refused : table) {
    const auto complaints = complaints_of(small_case, {refused.text});
    ASSERT_FALSE(complaints.empty()) << refused.text;
    const Complaint& c = complaints.front();
    EXPECT_EQ(c.file, fmt::format("--set {}", refused.text));
    EXPECT_EQ(c.line, 0U) << c.text();
    EXPECT_NE(c.what.find(refused.what), std::string::npos) << c.text();
    EXPECT_NE(c.try_instead.find(refused.hint), std::string::npos) << c.text();
    EXPECT_TRUE(c.text().starts_with(fmt::format("--set {}: ", refused.text))) << c.text();
  }
}

}  // namespace
}  // namespace fpk::io
