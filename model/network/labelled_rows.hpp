// Data to classify: features and the class of each row.
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model/network/sampled_loss.hpp"

namespace fpk::model {

struct LabelledRows {
  Eigen::MatrixXd features;           ///< a column for each row of the data
  std::vector<std::uint32_t> labels;  ///< from 0
  std::size_t classes = 0;            ///< 1 + the largest label of the file

  [[nodiscard]] std::size_t rows() const { return labels.size(); }
  /// These rows, in this order.
  [[nodiscard]] LabelledRows subset(Rows rows) const;
};

/// Every column of a CSV file (model/data_set.hpp) but `label` is a feature, divided by `scale`; labels are whole numbers from 0.
/// Throws DataError.
LabelledRows read_labelled_rows(const std::filesystem::path& csv, const std::string& label, double scale);

}  // namespace fpk::model
