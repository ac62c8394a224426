// series.csv as its columns.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/app/shell.hpp"

namespace fpk::app::testing {

using Columns = std::map<std::string, std::vector<std::string>>;

/// The fields of each column as they stand there, by its name.
inline Columns columns(const std::filesystem::path& file) {
  std::istringstream text(read(file));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(text, line);) {
    rows.emplace_back();
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  Columns all;
  for (std::size_t c = 0; !rows.empty() && c < rows[0].size(); ++c)
    for (std::size_t r = 1; r < rows.size(); ++r)
      all[rows[0][c]].push_back(c < rows[r].size() ? rows[r][c] : "");
  return all;
}

/// Those of the particles alone: means, standard errors, how many were lost.
inline Columns of_particles(const Columns& all) {
  Columns some;
  for (const auto& [name, values] : all)
    if (name.starts_with("particles.")) some[name] = values;
  return some;
}

}  // namespace fpk::app::testing
