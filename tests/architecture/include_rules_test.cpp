#include "tests/architecture/include_rules.hpp"
#include "tests/places.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>

namespace fpk::architecture {
namespace {

namespace fs = std::filesystem;

// A small tree of sources in a folder of its own, gone afterwards.
class Tree {
 public:
  Tree() : root_(fs::temp_directory_path() / ("fpk-tree-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Tree& with(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
    return *this;
  }
  [[nodiscard]] const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

std::string lines(const std::vector<std::string>& texts) {
  return std::accumulate(texts.begin(), texts.end(), std::string(),
                         [](auto a, const auto& b) { return a + "\n" + b; });
}

TEST(IncludeRules, HoldInEverySourceOfTheProject) {
  const Report report = check_includes(places::source);
  EXPECT_TRUE(report.violations.empty()) << lines(report.violations);
  // The reader did read: fewer would mean that it looked at the wrong place.
  EXPECT_GT(report.files, 50U);
  EXPECT_GT(report.own_includes, 50U);
  EXPECT_GT(report.foreign_includes, 50U);
}

TEST(IncludeRules, CoverEveryFolderThatHoldsALibraryOrTheProgram) {
  for (const auto& entry : fs::directory_iterator(places::source)) {
    if (!entry.is_directory()) continue;
    const std::string folder = entry.path().filename().string();
    if (folder.starts_with(".") || folder == "build" || folder == "tests" || folder == "benchmarks" ||
        folder == "examples")
      continue;
    const bool holds_sources =
        std::any_of(fs::recursive_directory_iterator(entry.path()), fs::recursive_directory_iterator(),
                    [](const auto& file) { return file.path().extension() == ".cpp"; });
    EXPECT_TRUE(!holds_sources || folder_rules().contains(folder)) << folder;
  }
}

TEST(IncludeRules, HaveNoCycle) {
  // Take away, again and again, a folder that includes none of those left: a cycle would stay.
  FolderRules left = folder_rules();
  const auto is_free = [&](const auto& rule) {
    return std::none_of(rule.second.begin(), rule.second.end(),
                        [&](const auto& to) { return left.contains(to); });
  };
  auto free = left.begin();
  while ((free = std::find_if(left.begin(), left.end(), is_free)) != left.end()) left.erase(free);
  EXPECT_TRUE(left.empty()) << left.size() << " folders stand in a cycle or above one";
}

TEST(IncludeRules, KeepTheTwoRoadsAndTheJudgeApart) {
  EXPECT_FALSE(folder_rules().at("sde").contains("solvers"));
  EXPECT_FALSE(folder_rules().at("solvers").contains("sde"));
  for (const char* maker : {"sde", "solvers", "model"})
    EXPECT_FALSE(folder_rules().at("verification").contains(maker));
}

TEST(IncludeRules, AcceptAnAllowedInclude) {
  Tree tree;
  tree.with("law/grid.hpp", "#include <vector>\n").with("sde/ensemble.cpp", "#include \"law/grid.hpp\"\n");
  const Report report = check_includes(tree.root());
  EXPECT_TRUE(report.violations.empty()) << lines(report.violations);
  EXPECT_EQ(report.files, 2U);
  EXPECT_EQ(report.own_includes, 1U);
  EXPECT_EQ(report.foreign_includes, 1U);
}

TEST(IncludeRules, RefuseOneRoadThatIncludesTheOther) {
  Tree tree;
  tree.with("solvers/generator.hpp", "\n")
      .with("sde/ensemble.cpp", "// a road\n\n #  include \"solvers/generator.hpp\"\n");
  const Report report = check_includes(tree.root());
  ASSERT_EQ(report.violations.size(), 1U);
  EXPECT_EQ(report.violations.front(),
            "sde/ensemble.cpp:3: sde may not include solvers (solvers/generator.hpp)");
}

TEST(IncludeRules, RefuseAJudgeThatKnowsWhoMadeTheAnswer) {
  Tree tree;
  tree.with("model/process.hpp", "\n")
      .with("verification/distance/x.hpp", "#include \"model/process.hpp\"\n");
  EXPECT_EQ(check_includes(tree.root()).violations.size(), 1U);
}

TEST(IncludeRules, RefuseForeignHeadersOutsideTheirPlace) {
  Tree tree;
  tree.with("solvers/petsc/vector.cpp", "#include <petscvec.h>\n")
      .with("io/vtk_writer.cpp", "#include <vtkNew.h>\n")
      .with("solvers/generator.cpp", "#include <petscmat.h>\n")
      .with("io/report/page.cpp", "#include <vtkNew.h>\n")
      .with("model/domain.cpp", "#include <toml++/toml.h>\n")
      .with("io/case_file.cpp", "#include <CLI/CLI.hpp>\n");
  const Report report = check_includes(tree.root());
  EXPECT_EQ(report.violations.size(), 4U) << lines(report.violations);
  EXPECT_EQ(report.foreign_includes, 6U);
}

TEST(IncludeRules, RefuseAPathThatDoesNotBeginAtTheRoot) {
  Tree tree;
  tree.with("law/grid.hpp", "\n")
      .with("law/sample.cpp", "#include \"grid.hpp\"\n#include \"../law/grid.hpp\"\n");
  EXPECT_EQ(check_includes(tree.root()).violations.size(), 2U);
}

TEST(KernelRules, HoldInEveryKernelOfTheProject) {
  const Report report = check_kernels(places::source);
  EXPECT_TRUE(report.violations.empty()) << lines(report.violations);
  EXPECT_GT(report.files, 1U);
}

TEST(KernelRules, RefuseInlineStandardCodeEvenBehindAHeaderOfOurs) {
  Tree tree;
  tree.with("sde/noise/normal_kernels.cpp", "#include \"sde/noise/philox.hpp\"\n#include <stdint.h>\n")
      .with("sde/noise/philox.hpp", "#pragma once\n#include <array>\n");
  const Report report = check_kernels(tree.root());
  ASSERT_EQ(report.violations.size(), 1U);
  EXPECT_TRUE(report.violations.front().starts_with("sde/noise/philox.hpp:2: <array>"));
  EXPECT_EQ(report.files, 2U);
}

}  // namespace
}  // namespace fpk::architecture
