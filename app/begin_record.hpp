// The part of a record that says which case it is about.
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"

namespace fpk::app {

/// Name, file, text, title and reference of a case of either kind, and the version of the program.
template <class AnyCase>
io::Record named_record(const AnyCase& problem) {
  io::Record r;
  r.name = problem.name;
  r.file = problem.file.filename().string();
  r.text = problem.text;
  r.title = problem.title;
  r.reference = problem.reference;
  r.version = FPK_VERSION;
  return r;
}

io::Record begin_record(const io::Case& problem);

}  // namespace fpk::app
