// Overrides of the command line: "key.path=value" laid over the file, under the same schema.
#include <fmt/format.h>

#include <algorithm>

#include "io/case/check.hpp"
#include "io/case/document.hpp"
#include "io/case/schema.hpp"

namespace fpk::io::reader {
namespace {

/// `value` as a string in TOML.
std::string quoted(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      text += fmt::format("\\u{:04X}", byte);
    } else {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
  }
  return text + '"';
}

/// A table that holds `toml` as its "value", or nothing where that is not TOML. The source marks it as an
/// override.
std::optional<toml::table> value_table(const std::string& toml, const std::string& source) {
  try {
    toml::table parsed = toml::parse("value = " + toml, source);
    if (parsed.size() == 1) return parsed;
  } catch (const toml::parse_error&) {  // a bare word, or bytes that are not UTF-8
  }
  return std::nullopt;
}

bool is_text(Kind kind) {
  return kind == Kind::text || kind == Kind::choice || kind == Kind::formula || kind == Kind::constant;
}

std::optional<toml::table> read_value(const std::string& value, Kind kind, const std::string& source) {
  auto parsed = value_table(value, source);
  if (!parsed || (is_text(kind) && !is_of_kind(*parsed->get("value"), kind)))
    parsed = value_table(quoted(value), source);
  return parsed;
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> words(1);
  for (const char c : path)
    if (c == '.')
      words.emplace_back();
    else
      words.back() += c;
  return words;
}

/// The table of that name in `outer`, made where there is none; nullptr where something else has the name.
toml::table* inner_table(toml::table& outer, const std::string& name, const std::string& source) {
  if (!outer.contains(name)) {
    toml::table empty = toml::parse("", source);
    toml::source_region region = empty.source();
    outer.insert(toml::key(name, std::move(region)), std::move(empty));
  }
  return outer.get_as<toml::table>(name);
}

}  // namespace

void Document::apply(const std::string& override_text) {
  const std::string source = "--set " + override_text;
  const Place at{source, 0, 0};
  const std::size_t equals = std::min(override_text.find('='), override_text.size());
  if (equals == 0 || equals == override_text.size())
    return complaints.add(at, "an override is key.path=value",
                          "write for example --set particles.count=1000");

  const auto path = split(std::string_view(override_text).substr(0, equals));
  std::string pattern;
  for (const std::string& word : path) {
    const std::string child = child_path(pattern, word);
    if (child.empty()) return complain_of_unknown(complaints, at, pattern, word);
    pattern = child;
  }
  auto parsed = read_value(override_text.substr(equals + 1), find_key(pattern)->kind, source);
  if (!parsed) return complaints.add(at, "the value is not text", "write it in UTF-8");

  toml::table* table = &root_;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    table = inner_table(*table, path[i], source);
    if (table == nullptr)
      return complaints.add(at, fmt::format("{} is no table in {}", path[i], file_.string()),
                            "mend the file first");
  }
  toml::node* value = parsed->get("value");
  toml::source_region region = value->source();
  value->visit([&](auto& node) {
    table->insert_or_assign(toml::key(path.back(), std::move(region)), std::move(node));
  });
}

}  // namespace fpk::io::reader
