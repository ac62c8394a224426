#include "io/case/expressions.hpp"

#include <fmt/format.h>

#include <cmath>

#include "model/process.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The first place where a text uses `name`; its beginning where the name comes in through a definition.
std::size_t offset_of(std::string_view name, std::string_view text) {
  for (const NameInText& found : names_in_text(text))
    if (found.name == name) return found.offset;
  return 0;
}

}  // namespace

std::vector<NameInText> names_in_text(std::string_view text) {
  std::vector<NameInText> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '.') continue;
    const std::size_t start = i;  // a word, or a number such as 2.5e3
    while (i < text.size() && (is_letter(text[i]) || is_digit(text[i]) || text[i] == '.')) ++i;
    if (is_letter(text[start])) names.push_back({std::string(text.substr(start, i - start)), start});
  }
  return names;
}

std::optional<Formula> Expressions::formula(std::string_view path, TimeUse time) const {
  const toml::node* node = document_.find(path);
  return node == nullptr ? std::nullopt : formula(*node, path, time);
}

std::optional<Formula> Expressions::formula(const toml::node& node, std::string_view what,
                                            TimeUse time) const {
  if (const auto number = as_number(node)) return Formula(*number);
  const std::string text = node.value_or<std::string>("");
  try {
    Formula f = formula::parse(text, scope_);
    if (time.allowed || !f.depends_on(model::time_name)) return f;
    document_.complaints.add(document_.place(node, offset_of(model::time_name, text)),
                             fmt::format("{} may not depend on the time t", what), std::string(time.instead));
  } catch (const formula::Error& error) {
    document_.complaints.add(document_.place(node, error.offset()),
                             fmt::format("in {}: {}", what, error.what()), error.hint());
  }
  return std::nullopt;
}

std::optional<std::vector<Formula>> Expressions::formulas(const toml::node& list,
                                                          std::string_view what) const {
  std::vector<Formula> formulas;
  const toml::array& entries = *list.as_array();
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (const auto f = formula(*entries.get(i), fmt::format("entry {} of {}", i + 1, what)))
      formulas.push_back(*f);
  return formulas.size() == entries.size() ? std::optional(formulas) : std::nullopt;
}

std::optional<double> Expressions::constant(std::string_view path, const Range& range) const {
  const toml::node* node = document_.find(path);
  return node == nullptr ? std::nullopt : constant(*node, path, range);
}

std::optional<double> Expressions::constant(const toml::node& node, std::string_view what,
                                            const Range& range) const {
  const auto f = formula(node, what);
  if (!f) return std::nullopt;
  const auto value = f->constant();
  if (!value) {
    const std::string name = f->variables().empty() ? "data" : f->variables().front();
    document_.complaints.add(document_.place(node, offset_of(name, node.value_or<std::string>(""))),
                             fmt::format("{} must be constant, and depends on {}", what, name),
                             what == "process.temperature"
                                 ? "give drift and noise in place of a potential where coefficients vary"
                                 : "use numbers, parameters and pi only");
  } else if (!std::isfinite(*value) || !range.holds(*value)) {
    document_.complaints.add(
        document_.place(node), fmt::format("{} cannot be {}", what, *value),
        range.text().empty() ? "give a finite number" : fmt::format("give a number {}", range.text()));
  } else {
    return value;
  }
  return std::nullopt;
}

std::optional<std::vector<double>> Expressions::constants(const toml::node& list, std::string_view what,
                                                          std::size_t count, const Range& range) const {
  const toml::array& entries = *list.as_array();
  if (entries.size() != count) {
    document_.complaints.add(document_.place(list), fmt::format("{} has {} entries", what, entries.size()),
                             fmt::format("give {}, one for each variable", count));
    return std::nullopt;
  }
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i)
    if (const auto v = constant(*entries.get(i), fmt::format("entry {} of {}", i + 1, what), range))
      values.push_back(*v);
  return values.size() == count ? std::optional(values) : std::nullopt;
}

std::optional<std::vector<double>> Expressions::constants(std::string_view path, std::size_t count,
                                                          const Range& range) const {
  const toml::node* node = document_.find(path);
  return node == nullptr ? std::nullopt : constants(*node, path, count, range);
}

}  // namespace fpk::io::reader
