// What `fpk sweep` found: one case, run over the values of some keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fpk::io {

struct SweptKey {
  std::string key;                  ///< "process.temperature"
  std::vector<std::string> values;  ///< as given
};

/// A number of an answer.
struct SweptResult {
  std::string path;  ///< in the answer
  double value = 0;  ///< NaN where there is none
  std::optional<double> error = {};
};

struct SweptRun {
  std::string folder;    ///< beside sweep.json: "001"
  std::string identity;  ///< of the case, the overrides and the command; equal where the answer would be
  std::vector<std::string> values;   ///< of each key
  int status = -1;                   ///< of the command; -1 where it has not run yet
  std::vector<std::string> failing;  ///< sentences of the claims that fail
  std::string complaint;             ///< what was said where there is no answer
  std::vector<SweptResult> results;
  double seconds = 0;
};

struct SweepRecord {
  std::string name, title, version;
  std::string command;  ///< "run"
  std::string answer;   ///< "result.json"
  std::vector<SweptKey> keys;
  std::vector<SweptRun> runs;
};

/// The status of a run that has left an answer: every claim holds, or one fails.
inline bool has_answer(const SweptRun& run) { return run.status == 0 || run.status == 1; }
/// "every claim holds", "a claim fails", "refused", "failed (70)", "not run yet"
std::string outcome(const SweptRun& run);
/// The paths of all results, in the order in which they are first met.
std::vector<std::string> result_paths(const SweepRecord& record);
/// Null where the run has none of that path.
const SweptResult* find_result(const SweptRun& run, const std::string& path);
/// The path as the head of a column: without "observables", as in series.csv.
std::string column_name(const std::string& path);

std::string sweep_json(const SweepRecord& record);  ///< docs/result.md
std::string sweep_csv(const SweepRecord& record);
std::string sweep_table(const SweepRecord& record);  ///< for the terminal
std::string sweep_html(const SweepRecord& record);   ///< one self-contained file

}  // namespace fpk::io
