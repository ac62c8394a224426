// Real data for losses: a CSV file with a header line becomes the table that a loss is averaged over.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

/// A column asked for by a case: its name in formulas, its name in the file, and whether to bring it to mean
/// 0 and (population) standard deviation 1.
struct Column {
  std::string name, source;
  bool standardise = false;
};

class DataError : public std::runtime_error {
 public:
  DataError(const std::string& what, std::string hint, std::string column = "")
      : std::runtime_error(what), hint_(std::move(hint)), column_(std::move(column)) {}
  [[nodiscard]] const std::string& hint() const { return hint_; }  ///< what to try; never empty
  [[nodiscard]] const std::string& column() const {
    return column_;
  }  ///< Column::name at fault; empty: the file

 private:
  std::string hint_, column_;
};

/// The names in the header line. Throws DataError where the file cannot be read.
std::vector<std::string> column_names(const std::filesystem::path& csv);

/// Reads the columns asked for, as they stand. Throws DataError naming the line, the missing column and the nearest one
/// there is.
formula::Table read_columns(const std::filesystem::path& csv, const std::vector<Column>& columns);

/// The rows where `keep`, a formula of the columns, is not 0. Throws DataError where there is none, or where it is not a number.
formula::Table kept_rows(const formula::Table& table, const formula::Formula& keep);

/// Standardises those columns that ask for it; column k of the table is columns[k]. Throws DataError where one is constant.
void standardise(formula::Table& table, const std::vector<Column>& columns);

/// A column that is computed from the others, and then standardised or not.
struct DerivedColumn {
  std::string name;
  formula::Formula formula;  ///< of the table's columns
  bool standardise = false;
};

/// Adds them, each from the columns that were there. Throws DataError where a value is not finite.
void add_derived(formula::Table& table, const std::vector<DerivedColumn>& derived);

/// Columns read and standardised.
std::shared_ptr<const formula::Table> read_table(const std::filesystem::path& csv,
                                                 const std::vector<Column>& columns);

}  // namespace fpk::model
