// Who may include whom: the arrows of docs/architecture.md as two tables, and a reader of the sources that
// applies them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fpk::architecture {

/// Top-level folder -> the other top-level folders whose headers it may include.
using FolderRules = std::map<std::string, std::set<std::string>>;

/// A foreign library is met in one place: includes that begin with one of `prefixes` may stand only in files
/// whose path from the root begins with one of `places`.
struct ForeignRule {
  std::vector<std::string> prefixes;
  std::vector<std::string> places;
};

const FolderRules& folder_rules();
const std::vector<ForeignRule>& foreign_rules();

struct Report {
  std::size_t files = 0;                ///< sources read
  std::size_t own_includes = 0;         ///< #include "..." lines
  std::size_t foreign_includes = 0;     ///< #include <...> lines
  std::vector<std::string> violations;  ///< "path:line: what is wrong"
};

/// Reads every .hpp and .cpp below the folders that the rules name, and applies both tables to each include.
/// An #include "..." must also name an existing file by its path from the root.
Report check_includes(const std::filesystem::path& root);

/// Every *_kernels.cpp is compiled once for each instruction set. A standard header with inline code,
/// included by it or by a header of ours that it reaches, would leave an AVX-512 copy of that code for the
/// whole program: refused.
Report check_kernels(const std::filesystem::path& root);

}  // namespace fpk::architecture
