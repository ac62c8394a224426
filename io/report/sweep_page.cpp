// The page of a sweep: every result against the key, the table of all runs, and what went wrong.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "io/report/html.hpp"
#include "io/report/sweep_plots.hpp"
#include "io/report/whole_page.hpp"
#include "io/sweep_record.hpp"

namespace fpk::io {
namespace report {
namespace {

std::string cell(const SweptResult* r) {
  if (r == nullptr) return "–";
  const bool whole = r->value == std::round(r->value) && std::abs(r->value) < 1e15;
  return (whole ? count(static_cast<std::int64_t>(r->value)) : number(r->value, 6)) +
         (r->error ? " ± " + number(*r->error, 2) : "");
}

std::string table(const SweepRecord& record) {
  const auto paths = result_paths(record);
  std::string html = "<div class=\"wide\"><table>\n<thead><tr><th>run</th>";
  for (const auto& key : record.keys) html += fmt::format("<th class=\"n\">{}</th>", escaped(key.key));
  for (const auto& path : paths) html += fmt::format("<th class=\"n\">{}</th>", escaped(column_name(path)));
  html += "<th class=\"n\">outcome</th><th class=\"n\">time</th></tr></thead>\n<tbody>\n";
  for (const auto& run : record.runs) {
    html += fmt::format("<tr><td>{}</td>", escaped(run.folder));
    for (const auto& v : run.values) html += fmt::format("<td class=\"n\">{}</td>", escaped(v));
    for (const auto& path : paths)
      html += fmt::format("<td class=\"n\">{}</td>", cell(find_result(run, path)));
    html += fmt::format("<td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n", outcome(run),
                        run.status < 0 ? "–" : duration(run.seconds));
  }
  return html + "</tbody></table></div>\n";
}

/// What the runs that failed, or whose claims fail, have to say.
std::string troubles(const SweepRecord& record) {
  std::string html;
  for (const auto& run : record.runs) {
    for (const auto& sentence : run.failing)
      html += fmt::format("<li>{}: fails: {}</li>\n", escaped(run.folder), escaped(sentence));
    if (!run.complaint.empty())
      html += fmt::format("<li>{}: {}</li>\n", escaped(run.folder), escaped(run.complaint));
  }
  return html.empty() ? ""
                      : section("troubles", "What went wrong", "<ul class=\"notes\">\n" + html + "</ul>\n");
}

std::string verdict(const SweepRecord& record) {
  const auto number_of = [&](auto&& is) { return std::ranges::count_if(record.runs, is); };
  const auto n = record.runs.size();
  const auto left = number_of([](const SweptRun& r) { return r.status < 0; });
  const auto fails = number_of([](const SweptRun& r) { return r.status == 1; });
  const auto broken = number_of([](const SweptRun& r) { return r.status > 1; });
  if (fails + broken == 0 && left == 0)
    return fmt::format(
        "<div class=\"verdict holds\"><p><span class=\"sign\">✓</span>Every claim holds in each of {} "
        "runs.</p></div>\n",
        n);
  if (fails + broken == 0)
    return fmt::format("<div class=\"verdict open\"><p>{} of {} runs are still to come.</p></div>\n", left,
                       n);
  return fmt::format(
      "<div class=\"verdict fails\"><p><span class=\"sign\">✗</span>Of {} runs, {} have a claim that fails, "
      "{} gave no answer.</p></div>\n",
      n, fails, broken);
}

std::string head(const SweepRecord& record) {
  std::vector<std::string> keys;
  for (const auto& key : record.keys) keys.push_back(key.key);
  return fmt::format(
             "<header>\n<p class=\"name\">{}</p>\n<h1>{}</h1>\n<p class=\"reference\">fpk {} over {}</p>\n",
             escaped(record.name), escaped(record.title), escaped(record.command),
             escaped(fmt::format("{}", fmt::join(keys, " and ")))) +
         verdict(record) + "</header>\n";
}

std::string sweep_page(const SweepRecord& record) {
  return whole_page(record.title, record.version,
                    head(record) + section("results", "Results", sweep_plots(record)) +
                        section("runs", "Runs", table(record)) + troubles(record));
}

}  // namespace
}  // namespace report

std::string sweep_html(const SweepRecord& record) { return report::sweep_page(record); }

}  // namespace fpk::io
