// process.data, loss and regulariser: the empirical loss of a model on real data,
//   L(theta) = (1/rows) sum over rows of loss(row; theta) + regulariser(theta).
#include <fmt/format.h>

#include <algorithm>

#include "io/case/sections.hpp"
#include "model/data_set.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

constexpr std::string_view columns_path = "process.data.columns";
constexpr TimeUse constant_loss{false, "leave t out: the data do not change with time"};

bool is_taken(const Names& names, const std::string& name) {
  return std::ranges::count(names.variables, name) > 0 || names.scope.parameters.contains(name) ||
         names.scope.definitions.contains(name);
}

std::vector<model::Column> read_columns(Document& document, const Names& names) {
  std::vector<model::Column> columns;
  for (const std::string& name : document.names_in(columns_path)) {
    const Place at = document.place_of_key(columns_path, name);
    if (!is_usable_name(document, at, name)) continue;
    if (is_taken(names, name))
      document.complaints.add(at, fmt::format("{} names a column and something else", name),
                              "choose another name");
    const std::string path = fmt::format("{}.{}", columns_path, name);
    const auto source = document.text_at(path);
    columns.push_back({name, source ? *source : document.text_at(path + ".name").value_or(""),
                       document.boolean_at(path + ".standardise").value_or(false)});
  }
  return columns;
}

std::shared_ptr<const formula::Table> read_rows(Document& document,
                                                const std::vector<model::Column>& columns) {
  const auto file = document.text_at("process.data.file");
  if (!file || !document.complaints.none()) return nullptr;
  try {
    return model::read_table(document.file().parent_path() / *file, columns);
  } catch (const model::DataError& error) {
    const bool at_column = !error.column().empty();
    document.complaints.add(at_column ? document.place(fmt::format("{}.{}", columns_path, error.column()))
                                      : document.place("process.data.file"),
                            error.what(), error.hint());
    return nullptr;
  }
}

}  // namespace

std::optional<model::RowLoss> read_row_loss(Document& document, const Names& names) {
  const auto columns = read_columns(document, names);
  formula::Scope with_columns = names.scope;
  for (const model::Column& column : columns) with_columns.variables.push_back(column.name);

  const auto loss = Expressions(document, with_columns).formula("process.loss", constant_loss);
  const auto regulariser = Expressions(document, names.scope).formula("process.regulariser", constant_loss);
  const auto table = read_rows(document, columns);
  if (!loss || !table) return std::nullopt;
  return model::RowLoss{names.variables, *loss, table, regulariser.value_or(Formula(0.0))};
}

}  // namespace fpk::io::reader
