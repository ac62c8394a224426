// A field over the states, as a curve or as a plane of colours with its bar.
#pragma once

#include <string>
#include <vector>

#include "io/passage_record.hpp"

namespace fpk::io::report {

/// <div> with the picture; `variables` name the axes.
std::string field_picture(const FieldPicture& field, const std::vector<std::string>& variables);

}  // namespace fpk::io::report
