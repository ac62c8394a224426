#include "io/case/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fpk::io::reader {

bool Range::holds(double value) const {
  return (above_least ? value > least : value >= least) && value <= most;
}

std::string Range::text() const {
  const bool bounded_below = least > -unbounded;
  if (bounded_below && most < unbounded)
    return above_least ? fmt::format("above {} and at most {}", least, most)
                       : fmt::format("from {} to {}", least, most);
  if (bounded_below) return fmt::format("{} {}", above_least ? "above" : "at least", least);
  return most < unbounded ? fmt::format("at most {}", most) : "";
}

Key Key::needed() const {
  Key key = *this;
  key.required = true;
  return key;
}

Key Key::within(Range numbers) const {
  Key key = *this;
  key.range = numbers;
  return key;
}

Key Key::one_of(std::vector<std::string> words) const {
  Key key = *this;
  key.allowed = std::move(words);
  return key;
}

Key Key::otherwise(std::string default_text) const {
  Key key = *this;
  key.preset = std::move(default_text);
  return key;
}

const std::vector<Key>& schema() {
  static const std::vector<Key> keys = [] {
    auto all = problem_keys();
    std::ranges::move(numerics_keys(), std::back_inserter(all));
    std::ranges::move(passage_keys(), std::back_inserter(all));
    std::ranges::move(estimate_keys(), std::back_inserter(all));
    std::ranges::move(sgd_keys(), std::back_inserter(all));
    std::ranges::move(noise_keys(), std::back_inserter(all));
    std::ranges::move(network_keys(), std::back_inserter(all));
    return all;
  }();
  return keys;
}

const Key* find_key(std::string_view path) {
  const auto found = std::ranges::find(schema(), path, &Key::path);
  return found == schema().end() ? nullptr : &*found;
}

std::string child_path(std::string_view parent, std::string_view name) {
  if (name.empty() || name.find('.') != name.npos || name == "*") return "";
  const std::string prefix = parent.empty() ? "" : std::string(parent) + ".";
  for (const std::string& path : {prefix + std::string(name), prefix + "*"})
    if (find_key(path)) return path;
  return "";
}

std::vector<const Key*> children(std::string_view parent) {
  const std::string prefix = parent.empty() ? "" : std::string(parent) + ".";
  std::vector<const Key*> found;
  for (const Key& key : schema())
    if (key.path.starts_with(prefix) && key.path.find('.', prefix.size()) == std::string::npos)
      found.push_back(&key);
  return found;
}

std::string last_word(std::string_view path) {
  return std::string(path.substr(path.find_last_of('.') + 1));  // npos + 1 == 0: the whole path
}

}  // namespace fpk::io::reader
