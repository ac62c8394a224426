#include "app/sweep/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/exit_status.hpp"

namespace fpk::app {
namespace {

constexpr const char* advice = "write for example --over \"process.temperature=[0.1, 0.2, 0.4]\"";

[[noreturn]] void refuse(const std::string& text, const std::string& what) {
  throw WrongUsage(fmt::format("--over {}: {}; {}", text, what, advice));
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// The parts of `list` between commas that no bracket and no quote encloses. Nothing where a bracket or a quote has no partner.
std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  std::string open;  // the closing brackets that are still to come, and the quote that is open
  for (std::size_t k = 0; k < list.size(); ++k) {
    const char c = list[k];
    const bool quoted = !open.empty() && (open.back() == '"' || open.back() == '\'');
    if (c == ',' && open.empty()) {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
    if (quoted && open.back() == '"' && c == '\\' && k + 1 < list.size())
      parts.back() += list[++k];
    else if (!open.empty() && c == open.back())
      open.pop_back();
    else if (!quoted && (c == '"' || c == '\''))
      open += c;
    else if (!quoted && (c == '(' || c == '[' || c == '{'))
      open += c == '(' ? ')' : c == '[' ? ']' : '}';
    else if (!quoted && (c == ')' || c == ']' || c == '}'))
      return {};
  }
  return open.empty() ? parts : std::vector<std::string>{};
}

io::SweptKey read_key(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) refuse(text, "this is not key=[value, value, ...]");
  io::SweptKey key{trimmed(text.substr(0, equals)), {}};
  const auto list = trimmed(text.substr(equals + 1));
  if (list.size() < 2 || list.front() != '[' || list.back() != ']')
    refuse(text, "the values want brackets about them");
  for (const auto& part : split(list.substr(1, list.size() - 2))) key.values.push_back(trimmed(part));
  if (key.values.empty()) refuse(text, "a bracket or a quote has no partner");
  if (std::ranges::count(key.values, "") > 0) refuse(text, "a value is missing");
  return key;
}

}  // namespace

std::size_t SweepPlan::runs() const {
  std::size_t product = 1;
  for (const auto& key : keys) product = std::min(product * key.values.size(), most_runs + 1);
  return product;
}

std::vector<std::string> SweepPlan::values(std::size_t run) const {
  std::vector<std::string> chosen(keys.size());
  for (std::size_t k = keys.size(); k-- > 0;) {
    chosen[k] = keys[k].values[run % keys[k].values.size()];
    run /= keys[k].values.size();
  }
  return chosen;
}

std::vector<std::string> SweepPlan::overrides(std::size_t run) const {
  auto texts = values(run);
  for (std::size_t k = 0; k < keys.size(); ++k) texts[k] = keys[k].key + "=" + texts[k];
  return texts;
}

SweepPlan read_plan(const std::vector<std::string>& over) {
  if (over.empty()) throw WrongUsage(fmt::format("a sweep wants --over; {}", advice));
  SweepPlan plan;
  for (const auto& text : over) {
    plan.keys.push_back(read_key(text));
    const auto& key = plan.keys.back().key;
    if (std::ranges::count(plan.keys, key, &io::SweptKey::key) > 1) refuse(text, key + " comes twice");
  }
  if (plan.runs() > most_runs)
    throw WrongUsage(fmt::format("more than {} runs; leave out some of the values of --over", most_runs));
  return plan;
}

}  // namespace fpk::app
