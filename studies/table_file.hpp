// A CSV file that is whole after every row, so that a long study may be looked at, and stopped, at any time.
#pragma once

#include <filesystem>
#include <string>

namespace fpk::studies {

class TableFile {
 public:
  /// `about`: lines of comment that open the file, without "# ".
  TableFile(std::filesystem::path file, const std::string& about, const std::string& header);
  /// Also printed.
  void add(const std::string& row);

 private:
  std::filesystem::path file_;
  std::string text_;
};

}  // namespace fpk::studies
