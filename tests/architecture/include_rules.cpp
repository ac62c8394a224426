#include "tests/architecture/include_rules.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string_view>

namespace fpk::architecture {
namespace {

namespace fs = std::filesystem;

struct Include {
  std::size_t line = 0;
  bool own = false;  // "..." rather than <...>
  std::string name;
};

std::optional<Include> parse_include(std::string_view text, std::size_t line) {
  const auto skip_blanks = [&] { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); };
  const auto skip_word = [&](std::string_view word) {
    skip_blanks();
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
  };
  if (!skip_word("#") || !skip_word("include")) return std::nullopt;
  skip_blanks();
  if (text.empty() || (text.front() != '"' && text.front() != '<')) return std::nullopt;
  const bool own = text.front() == '"';
  const std::size_t end = text.find(own ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{line, own, std::string(text.substr(1, end - 1))};
}

std::vector<Include> includes_of(const fs::path& file) {
  std::vector<Include> found;
  std::ifstream in(file);
  std::string text;
  for (std::size_t line = 1; std::getline(in, text); ++line) {
    if (auto include = parse_include(text, line)) found.push_back(std::move(*include));
  }
  return found;
}

std::string top_folder(const std::string& path) { return path.substr(0, path.find('/')); }

bool begins_with_one_of(std::string_view text, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const auto& b) { return text.starts_with(b); });
}

// Paths from the root of every source of the folders that the rules name, sorted.
std::vector<std::string> sources(const fs::path& root) {
  std::vector<std::string> found;
  for (const auto& [folder, allowed] : folder_rules()) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      found.push_back(fs::relative(entry.path(), root).generic_string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<std::string> fault_of_own(const fs::path& root, const std::string& path,
                                        const std::string& name) {
  const std::string from = top_folder(path);
  const std::string to = top_folder(name);
  if (!fs::exists(root / name)) return "\"" + name + "\" is not the path of a file from the root";
  if (to != from && !folder_rules().at(from).contains(to))
    return from + " may not include " + to + " (" + name + ")";
  return std::nullopt;
}

std::optional<std::string> fault_of_foreign(const std::string& path, const std::string& name) {
  for (const ForeignRule& rule : foreign_rules()) {
    if (!begins_with_one_of(name, rule.prefixes) || begins_with_one_of(path, rule.places)) continue;
    std::string places;
    for (const auto& place : rule.places) places += (places.empty() ? "" : ", ") + place + "*";
    return "<" + name + "> belongs to " + places + " only";
  }
  return std::nullopt;
}

void count(const Include& include, Report& report) {
  ++(include.own ? report.own_includes : report.foreign_includes);
}

void blame(const std::string& path, const Include& include, const std::string& fault, Report& report) {
  report.violations.push_back(path + ":" + std::to_string(include.line) + ": " + fault);
}

}  // namespace

const FolderRules& folder_rules() {
  static const FolderRules rules{
      {"parallel", {}},
      {"formula", {"parallel"}},
      {"law", {"formula", "parallel"}},
      {"model", {"law", "formula", "parallel"}},
      {"solvers", {"model", "law", "formula", "parallel"}},
      {"sde", {"model", "law", "formula", "parallel"}},
      {"verification", {"law", "parallel"}},
      {"io", {"verification", "sde", "solvers", "model", "law", "formula", "parallel"}},
      {"studies", {"app", "io", "verification", "sde", "solvers", "model", "law", "formula", "parallel"}},
      {"app", {"io", "verification", "sde", "solvers", "model", "law", "formula", "parallel"}},
  };
  return rules;
}

const std::vector<ForeignRule>& foreign_rules() {
  static const std::vector<ForeignRule> rules{
      {{"petsc", "slepc"}, {"solvers/petsc/"}},
      {{"vtk"}, {"io/vtk"}},
      {{"toml++"}, {"io/case"}},
      {{"CLI/"}, {"app/"}},
      {{"mpi.h"}, {"parallel/"}},
      {{"nlohmann/"}, {"io/", "app/"}},
      {{"boost/numeric/odeint"}, {"solvers/"}},
      {{"gtest/", "gmock/", "rapidcheck", "benchmark/", "Random123/"}, {"tests/", "benchmarks/"}},
  };
  return rules;
}

Report check_includes(const fs::path& root) {
  Report report;
  for (const std::string& path : sources(root)) {
    ++report.files;
    for (const Include& include : includes_of(root / path)) {
      count(include, report);
      const auto fault =
          include.own ? fault_of_own(root, path, include.name) : fault_of_foreign(path, include.name);
      if (fault) blame(path, include, *fault, report);
    }
  }
  return report;
}

Report check_kernels(const fs::path& root) {
  static const std::set<std::string> harmless{"cstddef", "cstdint",  "stddef.h",   "stdint.h",
                                              "math.h",  "string.h", "immintrin.h"};
  Report report;
  std::vector<std::string> reached;
  for (const std::string& path : sources(root)) {
    if (path.ends_with("_kernels.cpp")) reached.push_back(path);
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {  // `reached` grows while it is walked
    ++report.files;
    const std::string path = reached[i];
    for (const Include& include : includes_of(root / path)) {
      count(include, report);
      if (!include.own && !harmless.contains(include.name)) {
        blame(path, include, "<" + include.name + "> is reached from a kernel and holds inline code", report);
      }
      const bool seen = std::find(reached.begin(), reached.end(), include.name) != reached.end();
      if (include.own && !seen) reached.push_back(include.name);
    }
  }
  return report;
}

}  // namespace fpk::architecture
