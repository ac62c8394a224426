// Comma-separated values (RFC 4180, without line breaks inside quotes) into columns of numbers.
//
// Standardised: z = (x - mean) / s with s^2 = (1/n) sum (x - mean)^2, two passes.
#include "model/data_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <string_view>

#include "formula/program.hpp"

namespace fpk::model {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// A field is quoted as a whole or not at all; "" inside quotes is a quote.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[i++];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[i];
    }
  }
  for (std::string& field : fields) field = trimmed(field);
  return fields;
}

std::vector<std::string> read_header(std::ifstream& stream) {
  std::string line;
  std::getline(stream, line);
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string_view text = line;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return fields_of(text);
}

std::size_t position_of(const Column& column, const std::vector<std::string>& header,
                        const std::string& file) {
  const auto found = std::ranges::find(header, column.source);
  if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
  const auto nearest = formula::nearest_name(column.source, header);
  throw DataError(fmt::format("{} has no column {}", file, column.source),
                  nearest ? fmt::format("did you mean {}?", *nearest)
                          : fmt::format("its columns are {}", fmt::join(header, ", ")),
                  column.name);
}

double number_in(std::string_view field, const std::string& where, const Column& column) {
  double value = 0;
  const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (failure == std::errc() && end == field.data() + field.size() && std::isfinite(value)) return value;
  throw DataError(fmt::format("{}: \"{}\" in column {} is no finite number", where, field, column.source),
                  "mend that line, or leave the column out", column.name);
}

void standardise(std::vector<double>& values, const std::string& name, const std::string& source) {
  const auto n = static_cast<double>(values.size());
  double mean = 0, variance = 0;
  for (const double v : values) mean += v / n;
  for (const double v : values) variance += (v - mean) * (v - mean) / n;
  if (!(variance > 0))
    throw DataError(fmt::format("column {} has the same value in every row", source),
                    "leave standardise out, or leave the column out", name);
  for (double& v : values) v = (v - mean) / std::sqrt(variance);
}

/// f at each row.
std::vector<double> at_rows(const formula::Formula& f, const formula::Table& table) {
  std::vector<double> values(table.rows());
  std::vector<const double*> inputs;
  for (const auto& column : table.columns) inputs.push_back(column.data());
  double* const output = values.data();
  formula::Program(f, table.names).evaluate(inputs, values.size(), {&output, 1});
  return values;
}

std::ifstream opened(const std::filesystem::path& csv) {
  std::ifstream stream(csv);
  if (!stream || std::filesystem::is_directory(csv))
    throw DataError(fmt::format("cannot read the data file {}", csv.string()),
                    "its path starts at the case file's folder");
  return stream;
}

}  // namespace

std::vector<std::string> column_names(const std::filesystem::path& csv) {
  auto stream = opened(csv);
  return read_header(stream);
}

formula::Table read_columns(const std::filesystem::path& csv, const std::vector<Column>& columns) {
  auto stream = opened(csv);
  const auto header = read_header(stream);

  formula::Table table;
  std::vector<std::size_t> positions;
  for (const Column& column : columns) {
    positions.push_back(position_of(column, header, csv.string()));
    table.names.push_back(column.name);
  }
  table.columns.resize(columns.size());

  std::string line;
  for (std::size_t number = 2; std::getline(stream, line); ++number) {
    if (trimmed(line).empty()) continue;
    const auto fields = fields_of(line);
    const std::string where = fmt::format("{}:{}", csv.string(), number);
    if (fields.size() != header.size())
      throw DataError(fmt::format("{}: {} fields under a header of {}", where, fields.size(), header.size()),
                      "mend that line");
    for (std::size_t k = 0; k < columns.size(); ++k)
      table.columns[k].push_back(number_in(fields[positions[k]], where, columns[k]));
  }
  if (table.rows() == 0)
    throw DataError(fmt::format("{} has no rows", csv.string()), "give a file with data");
  return table;
}

formula::Table kept_rows(const formula::Table& table, const formula::Formula& keep) {
  const auto keeps = at_rows(keep, table);
  formula::Table kept{table.names, std::vector<std::vector<double>>(table.columns.size())};
  for (std::size_t row = 0; row < keeps.size(); ++row) {
    if (std::isnan(keeps[row]))
      throw DataError(fmt::format("whether to keep row {} is not a number", row + 1),
                      "keep to what is defined for every row");
    if (keeps[row] == 0) continue;
    for (std::size_t c = 0; c < table.columns.size(); ++c) kept.columns[c].push_back(table.columns[c][row]);
  }
  if (kept.rows() == 0)
    throw DataError(fmt::format("none of the {} rows is kept", table.rows()),
                    "ask for less; columns are compared as they stand in the file, before standardising");
  return kept;
}

void standardise(formula::Table& table, const std::vector<Column>& columns) {
  for (std::size_t k = 0; k < columns.size(); ++k)
    if (columns[k].standardise) standardise(table.columns[k], columns[k].name, columns[k].source);
}

void add_derived(formula::Table& table, const std::vector<DerivedColumn>& derived) {
  std::vector<std::vector<double>> values;
  for (const DerivedColumn& d : derived) {
    values.push_back(at_rows(d.formula, table));
    const auto wrong = std::ranges::find_if(values.back(), [](double v) { return !std::isfinite(v); });
    if (wrong != values.back().end())
      throw DataError(
          fmt::format("column {} is {} in row {}", d.name, *wrong, wrong - values.back().begin() + 1),
          "keep to what is defined for every row, or leave rows out by process.data.rows", d.name);
    if (d.standardise) standardise(values.back(), d.name, d.name);
  }
  for (std::size_t k = 0; k < derived.size(); ++k) {
    table.names.push_back(derived[k].name);
    table.columns.push_back(std::move(values[k]));
  }
}

std::shared_ptr<const formula::Table> read_table(const std::filesystem::path& csv,
                                                 const std::vector<Column>& columns) {
  auto table = read_columns(csv, columns);
  standardise(table, columns);
  return std::make_shared<const formula::Table>(std::move(table));
}

}  // namespace fpk::model
