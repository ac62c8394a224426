#include "studies/table_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <sstream>

#include "io/writers.hpp"

namespace fpk::studies {

TableFile::TableFile(std::filesystem::path file, const std::string& about, const std::string& header)
    : file_(std::move(file)) {
  std::istringstream lines(about);
  for (std::string line; std::getline(lines, line);) text_ += "# " + line + "\n";
  text_ += header + "\n";
  fmt::print("{}\n{}\n", file_.string(), header);
}

void TableFile::add(const std::string& row) {
  text_ += row + "\n";
  std::filesystem::create_directories(file_.parent_path());
  io::write_whole(file_, text_);
  fmt::print("{}\n", row);
  std::fflush(stdout);
}

}  // namespace fpk::studies
