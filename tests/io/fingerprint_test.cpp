// What changes the fingerprint of a case, and what does not.
#include <gtest/gtest.h>

#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

std::uint64_t of(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return read_text(text, overrides).fingerprint;
}

TEST(Fingerprint, DoesNotFeelCommentsLayoutOrOrderOfKeys) {
  EXPECT_EQ(of(small_case), of("# a word\n" + small_case));
  EXPECT_EQ(of(small_case),
            of(with(small_case, "end = 10.0\nobserve = 5", "observe  =  5 # times\nend = 10.0")));
}

TEST(Fingerprint, DoesNotFeelWhatARunDoesNotRead) {
  for (const char* text : {"title=Other", "reference=Elsewhere", "converge.steps=[0.3, 0.2, 0.1]",
                           "spectrum.modes=3", "output.checkpoint=0"})
    EXPECT_EQ(of(small_case), of(small_case, {text})) << text;
}

TEST(Fingerprint, FeelsEveryOtherValueInTheFileOrOverIt) {
  for (const char* text :
       {"process.parameters.a=1.5", "domain.x.cells=18", "time.end=11.0", "particles.seed=2",
        "observables.more=x", "output.vtk=false", "density.tolerance=1e-9"})
    EXPECT_NE(of(small_case), of(small_case, {text})) << text;
  EXPECT_NE(of(small_case), of(with(small_case, "end = 10.0", "end = 10.000000000000002")));
}

TEST(Fingerprint, IsTheSameWhetherTheFileSaysItOrAnOverride) {
  EXPECT_EQ(of(small_case, {"time.end=11.5"}), of(with(small_case, "end = 10.0", "end = 11.5")));
}

TEST(Fingerprint, FeelsTheOrderOfTheObservables) {
  const std::string first = "right_well = \"x > 0\"\n", second = "second_moment = \"x^2 + y^2\"\n";
  EXPECT_NE(of(small_case), of(with(small_case, first + second, second + first)));
}

TEST(Fingerprint, FeelsTheDataFile) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("fpk-fingerprint-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const auto with_data = [&](const char* rows) {
    std::ofstream(folder / "rows.csv") << "a,b\n" << rows;
    std::ofstream(folder / "case.toml") << R"(
[process]
variables = ["w"]
loss = "(w*p - q)^2"
temperature = 0.1
[process.data]
file = "rows.csv"
[process.data.columns]
p = "a"
q = "b"
[domain]
w = { lower = -3, upper = 3, cells = 32 }
[initial]
point = [0]
[time]
end = 1.0
)";
    return read_case(folder / "case.toml").fingerprint;
  };
  EXPECT_EQ(with_data("1,2\n3,4\n"), with_data("1,2\n3,4\n"));
  EXPECT_NE(with_data("1,2\n3,4\n"), with_data("1,2\n3,5\n"));
}

}  // namespace
}  // namespace fpk::io
