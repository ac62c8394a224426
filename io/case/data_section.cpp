// process.data, loss and regulariser: the empirical loss of a model on real data,
//   L(theta) = (1/rows) sum over rows of loss(row; theta) + regulariser(theta).
#include <fmt/format.h>

#include <algorithm>

#include "io/case/sections.hpp"
#include "model/data_set.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

constexpr std::string_view columns_path = "process.data.columns", derived_path = "process.data.derived",
                           rows_path = "process.data.rows";
constexpr TimeUse constant_loss{false, "leave t out: the data do not change with time"};

bool is_taken(const Names& names, const std::string& name) {
  return std::ranges::count(names.variables, name) > 0 || names.scope.parameters.contains(name) ||
         names.scope.definitions.contains(name);
}

bool claims(Document& document, const Names& names, std::string_view table, const std::string& name) {
  const Place at = document.place_of_key(table, name);
  if (!is_usable_name(document, at, name)) return false;
  if (is_taken(names, name))
    document.complaints.add(at, fmt::format("{} names a column and something else", name),
                            "choose another name");
  return true;
}

std::vector<model::Column> read_columns(Document& document, const Names& names) {
  std::vector<model::Column> columns;
  for (const std::string& name : document.names_in(columns_path)) {
    if (!claims(document, names, columns_path, name)) continue;
    const std::string path = fmt::format("{}.{}", columns_path, name);
    const auto source = document.text_at(path);
    columns.push_back({name, source ? *source : document.text_at(path + ".name").value_or(""),
                       document.boolean_at(path + ".standardise").value_or(false)});
  }
  return columns;
}

/// The columns and the parameters of the case: what a row can say of itself.
formula::Scope of_a_row(const Names& names, const std::vector<model::Column>& columns) {
  formula::Scope scope;
  scope.parameters = names.scope.parameters;
  for (const model::Column& column : columns) scope.variables.push_back(column.name);
  return scope;
}

std::vector<model::DerivedColumn> read_derived(Document& document, const Names& names,
                                               const std::vector<model::Column>& columns) {
  const Expressions expressions(document, of_a_row(names, columns));
  std::vector<model::DerivedColumn> derived;
  for (const std::string& name : document.names_in(derived_path)) {
    if (!claims(document, names, derived_path, name)) continue;
    if (std::ranges::count(columns, name, &model::Column::name) > 0)
      document.complaints.add(document.place_of_key(derived_path, name),
                              fmt::format("{} is a column already", name), "choose another name");
    const std::string path = fmt::format("{}.{}", derived_path, name);
    const bool is_table = document.table(path) != nullptr;
    if (const auto f = expressions.formula(is_table ? path + ".formula" : path))
      derived.push_back({name, *f, document.boolean_at(path + ".standardise").value_or(false)});
  }
  return derived;
}

/// Where an error of the data stands in the case: the column at fault, else `otherwise`.
Place place_of(const Document& document, const model::DataError& error, std::string_view otherwise) {
  if (error.column().empty()) return document.place(otherwise);
  for (const std::string_view table : {derived_path, columns_path}) {
    const std::string path = fmt::format("{}.{}", table, error.column());
    if (document.has(path)) return document.place(path);
  }
  return document.place(otherwise);
}

/// Rows are read and chosen, columns standardised, others derived, in this order.
std::shared_ptr<const formula::Table> read_rows(Document& document, const Names& names,
                                                const std::vector<model::Column>& columns,
                                                const std::vector<model::DerivedColumn>& derived) {
  const auto keep = Expressions(document, of_a_row(names, columns)).formula(rows_path);
  const auto file = document.text_at("process.data.file");
  if (!file || !document.complaints.none()) return nullptr;
  std::string_view blamed = "process.data.file";
  try {
    auto table = model::read_columns(document.file().parent_path() / *file, columns);
    blamed = rows_path;
    if (keep) table = model::kept_rows(table, *keep);
    model::standardise(table, columns);
    model::add_derived(table, derived);
    return std::make_shared<const formula::Table>(std::move(table));
  } catch (const model::DataError& error) {
    document.complaints.add(place_of(document, error, blamed), error.what(), error.hint());
    return nullptr;
  }
}

}  // namespace

std::optional<model::RowLoss> read_row_loss(Document& document, const Names& names) {
  const auto columns = read_columns(document, names);
  formula::Scope with_columns = names.scope;
  for (const model::Column& column : columns) with_columns.variables.push_back(column.name);
  const auto derived = read_derived(document, names, columns);
  for (const auto& column : derived) with_columns.variables.push_back(column.name);

  const auto loss = Expressions(document, with_columns).formula("process.loss", constant_loss);
  const auto regulariser = Expressions(document, names.scope).formula("process.regulariser", constant_loss);
  const auto table = read_rows(document, names, columns, derived);
  if (!loss || !table) return std::nullopt;
  return model::RowLoss{names.variables, *loss, table, regulariser.value_or(Formula(0.0))};
}

}  // namespace fpk::io::reader
