#include "io/case/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formula/formula.hpp"
#include "io/case/schema.hpp"

namespace fpk::io::reader {
namespace {

std::string_view what_it_is(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return node.as_array()->empty() ? "an empty list" : "a list";
    case toml::node_type::string:
      return "text";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return !as_number(node) ? "not finite" : as_integer(node) ? "a number" : "a number with a fraction";
    default:
      return "a date or time";
  }
}

/// Walks the document beside the schema.
class Check {
 public:
  explicit Check(Document& document) : document_(document), complaints_(document.complaints) {}

  void table(const toml::table& table, const std::string& pattern, const std::string& path) {
    const bool is_network =
        path.empty() && table.contains("network");  // which stands in place of the other sections
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const std::string child = child_path(pattern, name);
      if (child.empty()) {
        complain_of_unknown(complaints_, document_.place(key), pattern, name);
      } else {
        value(node, *find_key(child), path.empty() ? name : path + "." + name);
      }
    }
    for (const Key* key : children(pattern))
      if (key->required && !is_network && !table.contains(last_word(key->path))) missing(*key, table, path);
  }

 private:
  void value(const toml::node& node, const Key& key, const std::string& path) {
    if (!is_well_formed(node, key, key.kind, path)) {
      document_.reject(node);
    } else if (const toml::table* inner = node.as_table()) {
      table(*inner, key.path, path);
    }
  }

  bool is_well_formed(const toml::node& node, const Key& key, Kind kind, const std::string& path) {
    if (!is_of_kind(node, kind)) return wrong_type(node, kind, path);
    if (kind == Kind::table_or_word && node.is_table()) return true;
    if (!key.allowed.empty()) return is_allowed(node, key, path);
    if (kind == Kind::number || kind == Kind::integer) return is_in_range(node, key.range, path);
    return !node.is_array() || entries_are_well_formed(*node.as_array(), key, kind, path);
  }

  bool entries_are_well_formed(const toml::array& list, const Key& key, Kind kind, const std::string& path) {
    if (list.empty()) return wrong_type(list, kind, path);
    bool good = true;
    for (std::size_t i = 0; i < list.size(); ++i)
      good =
          is_well_formed(*list.get(i), key, entry_kind(kind), fmt::format("entry {} of {}", i + 1, path)) &&
          good;
    return good;
  }

  bool wrong_type(const toml::node& node, Kind kind, const std::string& path) {
    complaints_.add(document_.place(node),
                    fmt::format("{} must be {}, and is {}", path, words(kind).article, what_it_is(node)),
                    fmt::format("write it like {}", words(kind).example));
    return false;
  }

  bool is_allowed(const toml::node& node, const Key& key, const std::string& path) {
    const std::string word = *node.value<std::string>();
    if (std::ranges::count(key.allowed, word) > 0) return true;
    const auto nearest = formula::nearest_name(word, key.allowed);
    complaints_.add(document_.place(node), fmt::format("{} cannot be \"{}\"", path, word),
                    nearest ? fmt::format("did you mean \"{}\"?", *nearest)
                            : fmt::format("choose from {}", fmt::join(key.allowed, ", ")));
    return false;
  }

  bool is_in_range(const toml::node& node, const Range& range, const std::string& path) {
    const double number = *as_number(node);
    if (range.holds(number)) return true;
    complaints_.add(document_.place(node), fmt::format("{} cannot be {}", path, number),
                    fmt::format("give a number {}", range.text()));
    return false;
  }

  void missing(const Key& key, const toml::table& table, const std::string& path) {
    const std::string name = last_word(key.path);
    const bool section = (key.kind == Kind::table || key.kind == Kind::table_or_word) && path.empty();
    complaints_.add(path.empty() ? Place{document_.file().string(), 1, 1} : document_.place(table),
                    section ? fmt::format("there is no [{}]", name) : fmt::format("{} lacks {}", path, name),
                    section ? fmt::format("add a table [{}]: {}", name, key.meaning)
                            : fmt::format("add for example {} = {}", name, words(key.kind).example));
  }

  Document& document_;
  Complaints& complaints_;
};

}  // namespace

void check(Document& document) { Check(document).table(document.root(), "", ""); }

void complain_of_unknown(Complaints& complaints, const Place& at, std::string_view parent,
                         std::string_view name) {
  std::vector<std::string> here;
  for (const Key* key : children(parent))
    if (!key->path.ends_with('*')) here.push_back(last_word(key->path));
  const auto elsewhere =
      std::ranges::find(schema(), name, [](const Key& key) { return last_word(key.path); });
  std::string hint = "leave it out";
  const bool possible = !name.empty() && name.find_first_of(".*") == std::string_view::npos;
  const auto longer = std::ranges::find_if(
      here, [&](const std::string& key) { return name.size() > 2 && key.starts_with(name); });
  if (!possible)
    hint = "write a name without dots and stars";
  else if (longer != here.end())
    hint = fmt::format("did you mean {}?", *longer);
  else if (const auto nearest = formula::nearest_name(name, here))
    hint = fmt::format("did you mean {}?", *nearest);
  else if (elsewhere != schema().end())
    hint = fmt::format("there is {}", elsewhere->path);
  else if (!here.empty())
    hint = fmt::format("there are {}", fmt::join(here, ", "));
  complaints.add(at,
                 parent.empty() ? fmt::format("unknown key {}", name)
                                : fmt::format("unknown key {} in {}", name,
                                              parent == "domain.*" ? "a side of the domain" : parent),
                 hint);
}

}  // namespace fpk::io::reader
