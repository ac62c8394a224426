// The part of a record that says which case it is about.
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"

namespace fpk::app {

io::Record begin_record(const io::Case& problem);

}  // namespace fpk::app
