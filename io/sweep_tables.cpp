// sweep.json, sweep.csv and the table on the terminal: the runs of a sweep and their results (docs/result.md).
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "io/csv_field.hpp"
#include "io/json_text.hpp"
#include "io/sweep_record.hpp"

namespace fpk::io {
namespace {

template <typename Number>
std::optional<Number> whole_text_as(const std::string& text) {
  Number number = 0;
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/// A number where the text is one, else the text.
Json value_json(const std::string& text) {
  if (const auto whole = whole_text_as<std::int64_t>(text)) return *whole;
  if (const auto number = whole_text_as<double>(text)) return *number;
  return text;
}

Json run_json(const SweepRecord& record, const SweptRun& run) {
  Json json = {{"folder", run.folder}, {"identity", run.identity}};
  for (std::size_t k = 0; k < record.keys.size(); ++k)
    json["values"][record.keys[k].key] = value_json(run.values[k]);
  json["status"] = run.status < 0 ? Json(nullptr) : Json(run.status);
  json["outcome"] = outcome(run);
  if (!run.failing.empty()) json["failing"] = run.failing;
  if (!run.complaint.empty()) json["complaint"] = run.complaint;
  json["results"] = Json::object();
  for (const auto& r : run.results) {
    json["results"][r.path]["value"] = r.value;
    if (r.error) json["results"][r.path]["error"] = *r.error;
  }
  json["seconds"] = run.seconds;
  return json;
}

/// Whether any run has an error beside that result.
bool has_error(const SweepRecord& record, const std::string& path) {
  return std::ranges::any_of(record.runs, [&](const SweptRun& run) {
    const auto* r = find_result(run, path);
    return r != nullptr && r->error.has_value();
  });
}

std::string field(const std::optional<double>& x) { return x ? csv_field(*x) : ""; }

std::string cell(const SweptResult* r) {
  if (r == nullptr) return "-";
  return r->error ? fmt::format("{:.6g} +- {:.2g}", r->value, *r->error) : fmt::format("{:.6g}", r->value);
}

/// Columns as wide as their widest entry.
std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows)
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], row[k].size());
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t k = 0; k < row.size(); ++k) text += fmt::format("  {:>{}}", row[k], widths[k]);
    text += '\n';
  }
  return text;
}

}  // namespace

std::string sweep_json(const SweepRecord& record) {
  Json json = {{"case", record.name}, {"version", record.version}, {"command", record.command}};
  json["keys"] = Json::array();
  for (const auto& key : record.keys) {
    Json values = Json::array();
    for (const auto& v : key.values) values.push_back(value_json(v));
    json["keys"].push_back({{"key", key.key}, {"values", values}});
  }
  json["results"] = result_paths(record);
  json["runs"] = Json::array();
  for (const auto& run : record.runs) json["runs"].push_back(run_json(record, run));
  return json_text(json);
}

std::string sweep_csv(const SweepRecord& record) {
  const auto paths = result_paths(record);
  std::string text = "run";
  for (const auto& key : record.keys) text.append(",").append(csv_field(key.key));
  text += ",status";
  for (const auto& path : paths) {
    text.append(",").append(csv_field(column_name(path)));
    if (has_error(record, path)) text.append(",").append(csv_field(column_name(path) + ".error"));
  }
  text += "\n";
  for (const auto& run : record.runs) {
    text += csv_field(run.folder);
    for (const auto& v : run.values) text.append(",").append(csv_field(v));
    text += run.status < 0 ? "," : fmt::format(",{}", run.status);
    for (const auto& path : paths) {
      const auto* r = find_result(run, path);
      text.append(",").append(r == nullptr ? "" : csv_field(r->value));
      if (has_error(record, path)) text.append(",").append(r == nullptr ? "" : field(r->error));
    }
    text += "\n";
  }
  return text;
}

std::string sweep_table(const SweepRecord& record) {
  const auto paths = result_paths(record);
  std::vector<std::vector<std::string>> rows(1, {"run"});
  for (const auto& key : record.keys) rows.front().push_back(key.key);
  for (const auto& path : paths) rows.front().push_back(column_name(path));
  rows.front().emplace_back("outcome");
  for (const auto& run : record.runs) {
    rows.push_back({run.folder});
    for (const auto& v : run.values) rows.back().push_back(v);
    for (const auto& path : paths) rows.back().push_back(cell(find_result(run, path)));
    rows.back().push_back(outcome(run));
  }
  return aligned(rows);
}

}  // namespace fpk::io
