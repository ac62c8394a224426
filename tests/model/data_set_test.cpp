#include "model/data_set.hpp"
#include "tests/places.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

namespace fpk::model {
namespace {

class DataSet : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }

  std::shared_ptr<const formula::Table> table(const std::string& text, const std::vector<Column>& columns) {
    std::ofstream(file_, std::ios::binary) << text;
    return read_table(file_, columns);
  }

  /// What is said of a file that is refused.
  DataError refusal(const std::string& text, const std::vector<Column>& columns) {
    try {
      table(text, columns);
    } catch (const DataError& error) {
      return error;
    }
    ADD_FAILURE() << "was read";
    return {"", ""};
  }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("fpk-data-" + std::to_string(getpid()) + ".csv");
};

TEST_F(DataSet, IsReadIntoTheColumnsAskedForUnderTheirOwnNames) {
  const auto t = table("a,b,c\n1,2,3\n4,5.5,-6e1\n", {{"z", "c"}, {"x", "a"}});
  EXPECT_EQ(t->names, (std::vector<std::string>{"z", "x"}));
  EXPECT_EQ(t->columns, (std::vector<std::vector<double>>{{3, -60}, {1, 4}}));
}

TEST_F(DataSet, MayComeFromASpreadsheet) {
  const auto t =
      table("\xEF\xBB\xBF\"first, name\", b \r\n\"1\", 2\r\n\r\n3,4\r\n", {{"x", "first, name"}, {"y", "b"}});
  EXPECT_EQ(t->columns, (std::vector<std::vector<double>>{{1, 3}, {2, 4}}));
}

TEST_F(DataSet, IsStandardisedToMeanZeroAndDeviationOne) {
  const auto t = table("a\n1\n2\n3\n6\n", {{"x", "a", true}});
  const auto& x = t->columns[0];
  // Mean 3, population variance (4 + 1 + 0 + 9)/4; one rounding or two in each operation.
  const double sd = std::sqrt(3.5);
  const std::vector<double> expected{-2 / sd, -1 / sd, 0, 3 / sd};
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(x[i], expected[i], 1e-15);
}

formula::Table three_rows() { return {{"x", "c"}, {{1, 2, 6}, {0, 1, 1}}}; }

formula::Formula of_columns(const std::string& text) { return formula::parse(text, {{"x", "c"}, {}, {}}); }

TEST_F(DataSet, KeepsTheRowsThatAFormulaSaysAndStandardisesOverThose) {
  auto table = kept_rows(three_rows(), of_columns("c == 1"));
  EXPECT_EQ(table.columns, (std::vector<std::vector<double>>{{2, 6}, {1, 1}}));
  standardise(table, {{"x", "x", true}, {"c", "c", false}});
  EXPECT_EQ(table.columns, (std::vector<std::vector<double>>{{-1, 1}, {1, 1}}));
}

TEST_F(DataSet, DerivesColumnsFromTheColumnsAndStandardisesThemOnRequest) {
  auto table = three_rows();
  add_derived(table, {{"y", of_columns("x^2 - c"), false}, {"z", of_columns("x*c"), true}});
  EXPECT_EQ(table.names, (std::vector<std::string>{"x", "c", "y", "z"}));
  EXPECT_EQ(table.columns[2], (std::vector<double>{1, 3, 35}));
  // 0, 2, 6: mean 8/3, population variance (64 + 4 + 100)/27; one rounding or two in each operation.
  const double sd = std::sqrt(168.0 / 27);
  const std::vector<double> z{-8 / 3.0 / sd, -2 / 3.0 / sd, 10 / 3.0 / sd};
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(table.columns[3][i], z[i], 1e-15);
}

TEST_F(DataSet, RefusesToKeepNoRowAndToDeriveWhatIsNotFinite) {
  EXPECT_THROW(kept_rows(three_rows(), of_columns("x > 6")), DataError);
  EXPECT_THROW(kept_rows(three_rows(), of_columns("log(-x)")), DataError);
  auto table = three_rows();
  try {
    add_derived(table, {{"z", of_columns("log(c)"), false}});
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.column(), "z");
    EXPECT_NE(std::string(error.what()).find("-inf in row 1"), std::string::npos) << error.what();
  }
}

TEST_F(DataSet, RefusesAColumnThatIsNotThereAndNamesTheNearest) {
  const auto error = refusal("mean_radius,benign\n1,0\n", {{"r", "mean_raduis"}});
  EXPECT_NE(std::string(error.what()).find("no column mean_raduis"), std::string::npos);
  EXPECT_EQ(error.hint(), "did you mean mean_radius?");
  EXPECT_EQ(error.column(), "r");
}

TEST_F(DataSet, RefusesABrokenLineByItsNumber) {
  EXPECT_NE(
      std::string(refusal("a,b\n1,2\n3\n", {{"x", "a"}}).what()).find(":3: 1 fields under a header of 2"),
      std::string::npos);
  EXPECT_NE(std::string(refusal("a,b\n1,2\n3,four\n", {{"x", "b"}}).what()).find(":3: \"four\" in column b"),
            std::string::npos);
  EXPECT_NE(std::string(refusal("a\n1\nnan\n", {{"x", "a"}}).what()).find(":3: \"nan\""), std::string::npos);
}

TEST_F(DataSet, RefusesWhatHoldsNoData) {
  EXPECT_NE(std::string(refusal("a,b\n", {{"x", "a"}}).what()).find("no rows"), std::string::npos);
  EXPECT_NE(std::string(refusal("", {{"x", "a"}}).what()).find("no column"), std::string::npos);
  EXPECT_NE(std::string(refusal("a\n2\n2\n", {{"x", "a", true}}).what()).find("same value"),
            std::string::npos);
  EXPECT_THROW(read_table("there/is/no/such.csv", {{"x", "a"}}), DataError);
}

TEST(BreastCancerData, HasItsRowsAndItsClasses) {
  const auto file = std::filesystem::path(places::source) / "data" / "datasets" / "breast_cancer.csv";
  const auto t = read_table(file, {{"benign", "benign"}, {"r", "mean_radius", true}});
  EXPECT_EQ(t->rows(), 569U);
  double benign = 0, mean = 0;
  for (std::size_t i = 0; i < t->rows(); ++i) {
    benign += t->columns[0][i];
    mean += t->columns[1][i];
  }
  EXPECT_EQ(benign, 357);  // Street, Wolberg, Mangasarian 1993
  // The mean of 569 numbers, four deviations from 0, carries a rounding for each addition.
  EXPECT_NEAR(mean / 569, 0, 569 * 4 * 1.2e-16);
}

}  // namespace
}  // namespace fpk::model
