#include "model/network/labelled_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/data_set.hpp"

namespace fpk::model {
namespace {

/// More classes than this are no classes.
constexpr double most_classes = 1000;

std::vector<std::uint32_t> labels_of(const std::vector<double>& numbers, const std::string& name,
                                     const std::string& file) {
  std::vector<std::uint32_t> labels;
  for (const double x : numbers) {
    if (!(x >= 0 && x < most_classes && x == std::floor(x)))
      throw DataError(fmt::format("{}: {} is no class in column {}", file, x, name),
                      fmt::format("classes are whole numbers from 0 to {}", most_classes - 1), name);
    labels.push_back(static_cast<std::uint32_t>(x));
  }
  return labels;
}

}  // namespace

LabelledRows LabelledRows::subset(Rows chosen) const {
  LabelledRows part{Eigen::MatrixXd(features.rows(), static_cast<Eigen::Index>(chosen.size())), {}, classes};
  for (std::size_t j = 0; j < chosen.size(); ++j) {
    part.features.col(static_cast<Eigen::Index>(j)) = features.col(chosen[j]);
    part.labels.push_back(labels[chosen[j]]);
  }
  return part;
}

LabelledRows read_labelled_rows(const std::filesystem::path& csv, const std::string& label, double scale) {
  // The label first: where there is no such column, that is what is wrong.
  std::vector<Column> columns{{label, label}};
  for (const auto& name : column_names(csv))
    if (name != label) columns.push_back({name, name});
  const auto table = read_table(csv, columns);
  if (columns.size() < 2)
    throw DataError(fmt::format("{} has no column beside {}", csv.string(), label), "give one of features",
                    label);
  LabelledRows data;
  data.labels = labels_of(table->columns.front(), label, csv.string());
  data.classes = 1 + *std::ranges::max_element(data.labels);
  if (data.classes < 2)
    throw DataError(fmt::format("{} has rows of one class alone", csv.string()), "give rows of two or more",
                    label);
  const auto n = static_cast<Eigen::Index>(table->rows());
  data.features.resize(static_cast<Eigen::Index>(columns.size()) - 1, n);
  for (Eigen::Index f = 0; f < data.features.rows(); ++f)
    data.features.row(f) =
        Eigen::Map<const Eigen::RowVectorXd>(table->columns[static_cast<std::size_t>(f) + 1].data(), n) /
        scale;
  return data;
}

}  // namespace fpk::model
