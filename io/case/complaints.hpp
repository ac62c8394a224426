// Everything that is wrong with a case, collected while it is read, so that a user sees it all at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/case_file.hpp"

namespace fpk::io::reader {

/// A character of the case file, or (line 0) an override on the command line.
struct Place {
  std::string file;
  std::size_t line = 0, column = 0;  ///< from 1
};

class Complaints {
 public:
  void add(const Place& at, std::string what, std::string try_instead);
  [[nodiscard]] bool none() const { return complaints_.empty(); }
  /// Those so far, in the order of the file, each once; overrides come first.
  [[nodiscard]] std::vector<Complaint> sorted() const;
  /// Throws CaseError if there is one.
  void throw_if_any() const;

 private:
  std::vector<Complaint> complaints_;
};

}  // namespace fpk::io::reader
