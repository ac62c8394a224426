#include "io/sweep_record.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fpk::io {

std::string outcome(const SweptRun& run) {
  switch (run.status) {
    case -1:
      return "not run yet";
    case 0:
      return "every claim holds";
    case 1:
      return "a claim fails";
    case 65:
      return "refused";
    default:
      return fmt::format("failed ({})", run.status);
  }
}

std::vector<std::string> result_paths(const SweepRecord& record) {
  std::vector<std::string> paths;
  for (const auto& run : record.runs)
    for (const auto& r : run.results)
      if (std::ranges::count(paths, r.path) == 0) paths.push_back(r.path);
  return paths;
}

const SweptResult* find_result(const SweptRun& run, const std::string& path) {
  const auto found = std::ranges::find(run.results, path, &SweptResult::path);
  return found == run.results.end() ? nullptr : &*found;
}

std::string column_name(const std::string& path) {
  const std::string word = "observables.";
  const auto at = path.find(word);
  return at == std::string::npos ? path : path.substr(0, at) + path.substr(at + word.size());
}

}  // namespace fpk::io
