// Fields of a passage, made small for the page.
#pragma once

#include <string>
#include <vector>

#include "io/passage_record.hpp"
#include "law/grid.hpp"

namespace fpk::app {

struct PassageField {
  std::string name;            ///< in the file for ParaView
  std::string title, label;    ///< on the page
  std::vector<double> values;  ///< own cells
};

/// Averages over the first axis, or over the plane of the first two; whole on every process. Collective.
std::vector<io::FieldPicture> passage_pictures(const law::GridPart& part,
                                               const std::vector<PassageField>& fields);

}  // namespace fpk::app
