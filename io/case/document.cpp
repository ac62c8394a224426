#include "io/case/document.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "io/case/string_place.hpp"

namespace fpk::io::reader {
namespace {

/// The words of a dotted path, one after another.
std::string_view next_word(std::string_view& path) {
  const std::size_t dot = std::min(path.find('.'), path.size());
  const std::string_view word = path.substr(0, dot);
  path.remove_prefix(std::min(dot + 1, path.size()));
  return word;
}

template <typename Value, typename Read>
std::vector<Value> entries(const toml::node* node, Read read) {
  std::vector<Value> values;
  if (node != nullptr && node->is_array())
    for (const toml::node& entry : *node->as_array())
      if (const std::optional<Value> value = read(entry)) values.push_back(*value);
  return values;
}

}  // namespace

std::optional<double> as_number(const toml::node& node) {
  if (!node.is_number()) return std::nullopt;
  // Not node.value<double>(), which has none for an integer beyond 2^53.
  const double value =
      node.is_integer() ? static_cast<double>(node.as_integer()->get()) : node.as_floating_point()->get();
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> as_integer(const toml::node& node) {
  if (const auto* integer = node.as_integer()) return integer->get();
  const auto number = as_number(node);
  const bool whole = number && *number == std::floor(*number) && std::abs(*number) < 0x1p53;
  return whole ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

bool is_of_kind(const toml::node& node, Kind kind) {
  switch (kind) {
    case Kind::table:
      return node.is_table();
    case Kind::table_or_word:
      return node.is_table() || node.is_string();
    case Kind::text:
    case Kind::choice:
      return node.is_string();
    case Kind::boolean:
      return node.is_boolean();
    case Kind::integer:
      return as_integer(node).has_value();
    case Kind::number:
      return as_number(node).has_value();
    case Kind::constant:
    case Kind::formula:
      return node.is_string() || as_number(node);
    case Kind::rotation:
      return node.is_string() || as_number(node) || node.is_array();
    case Kind::derived_column:
      return node.is_string() || as_number(node) || node.is_table();
    case Kind::column:
      return node.is_string() || node.is_table();
    case Kind::start:
      return node.is_string() || node.is_array();
    case Kind::times:
      return as_integer(node).has_value() || node.is_array();
    default:
      return node.is_array();
  }
}

Document::Document(std::filesystem::path file, std::string text)
    : file_(std::move(file)), text_(std::move(text)) {
  try {
    root_ = toml::parse(text_);
  } catch (const toml::parse_error& error) {
    complaints.add(place(error.source()), std::string(error.description()),
                   "see toml.io: text and formulas stand in quotes, tables in [ ] or { }, lists in [ ]");
    complaints.throw_if_any();
  }
}

const toml::node* Document::raw(std::string_view path) const {
  const toml::node* node = &root_;
  while (node != nullptr && !path.empty()) {
    const toml::table* table = node->as_table();
    const std::string_view word = next_word(path);
    node = table == nullptr ? nullptr : table->get(word);
  }
  return node;
}

const toml::node* Document::find(std::string_view path) const {
  const toml::node* node = raw(path);
  return node == nullptr || is_rejected(*node) ? nullptr : node;
}

bool Document::is_rejected(const toml::node& node) const { return std::ranges::count(rejected_, &node) > 0; }

const toml::table* Document::table(std::string_view path) const {
  const toml::node* node = find(path);
  return node == nullptr ? nullptr : node->as_table();
}

std::optional<std::string> Document::text_at(std::string_view path) const {
  const toml::node* node = find(path);
  return node == nullptr ? std::nullopt : node->value<std::string>();
}

std::optional<double> Document::number_at(std::string_view path) const {
  const toml::node* node = find(path);
  return node == nullptr ? std::nullopt : as_number(*node);
}

std::optional<std::int64_t> Document::integer_at(std::string_view path) const {
  const toml::node* node = find(path);
  return node == nullptr ? std::nullopt : as_integer(*node);
}

std::optional<bool> Document::boolean_at(std::string_view path) const {
  const toml::node* node = find(path);
  return node == nullptr ? std::nullopt : node->value<bool>();
}

std::vector<std::string> Document::texts_at(std::string_view path) const {
  return entries<std::string>(find(path), [](const toml::node& n) { return n.value<std::string>(); });
}

std::vector<double> Document::numbers_at(std::string_view path) const {
  return entries<double>(find(path), as_number);
}

std::vector<std::string> Document::names_in(std::string_view path) const {
  const toml::table* found = table(path);
  if (found == nullptr) return {};
  std::vector<std::tuple<bool, std::size_t, std::size_t, std::string>> order;
  for (const auto& [key, value] : *found) {
    const Place at = place(key);
    order.emplace_back(at.line == 0, at.line, at.column, std::string(key.str()));
  }
  std::ranges::sort(order);
  std::vector<std::string> names;
  for (const auto& entry : order) names.push_back(std::get<3>(entry));
  return names;
}

Place Document::place(const toml::source_region& region) const {
  if (region.path) return {*region.path, 0, 0};  // an override
  return {file_.string(), std::max<std::size_t>(region.begin.line, 1),
          std::max<std::size_t>(region.begin.column, 1)};
}

Place Document::place(const toml::node& node) const { return place(node.source()); }

Place Document::place(const toml::key& key) const { return place(key.source()); }

Place Document::place(std::string_view path) const {
  const toml::node* node = raw(path);
  while (node == nullptr || (node->source().begin.line == 0 && !path.empty())) {
    path = path.substr(0, path.find('.') == path.npos ? 0 : path.find_last_of('.'));
    node = raw(path);
  }
  return place(*node);
}

Place Document::place_of_key(std::string_view table_path, std::string_view name) const {
  if (const toml::table* found = table(table_path))
    if (const auto entry = found->find(name); entry != found->end()) return place(entry->first);
  return place(table_path);
}

Place Document::place(const toml::node& string, std::size_t offset) const {
  const Place start = place(string);
  if (start.line == 0) return start;
  const LineColumn at = place_in_string(text_, {start.line, start.column}, offset);
  return {start.file, at.line, at.column};
}

}  // namespace fpk::io::reader
