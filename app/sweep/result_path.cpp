#include "app/sweep/result_path.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace fpk::app {
namespace {

using Json = nlohmann::ordered_json;

/// "a.b[-1].c" as a, b, [-1], c.
std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> steps(1);
  bool inside = false;  // of brackets, where a dot is part of a name
  for (const char c : path) {
    if (!inside && (c == '.' || c == '['))
      if (!steps.back().empty()) steps.emplace_back();
    if (c != '.' || inside) steps.back() += c;
    if (c == '[' || c == ']') inside = c == '[';
  }
  return steps;
}

std::optional<std::ptrdiff_t> whole_number(const std::string& text) {
  std::ptrdiff_t k = 0;
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, k);
  return error == std::errc() && stop == end ? std::optional(k) : std::nullopt;
}

/// The entry of a list by its number, or by its "name".
const Json* entry(const Json& list, const std::string& inside) {
  if (!list.is_array()) return nullptr;
  if (auto k = whole_number(inside)) {
    const auto size = static_cast<std::ptrdiff_t>(list.size());
    if (*k < 0) *k += size;
    return *k >= 0 && *k < size ? &list[static_cast<std::size_t>(*k)] : nullptr;
  }
  for (const auto& e : list)
    if (e.is_object() && e.value("name", "") == inside) return &e;
  return nullptr;
}

bool in_brackets(const std::string& step) {
  return step.size() > 2 && step.front() == '[' && step.back() == ']';
}

const Json* child(const Json& node, const std::string& step) {
  if (in_brackets(step)) return entry(node, step.substr(1, step.size() - 2));
  if (!node.is_object()) return nullptr;
  const auto found = node.find(step);
  return found == node.end() ? nullptr : &*found;
}

std::optional<double> number(const Json& node) {
  if (node.is_null()) return std::nan("");
  if (node.is_boolean()) return node.get<bool>() ? 1.0 : 0.0;
  if (node.is_number()) return node.get<double>();
  return std::nullopt;
}

/// A number, or the last of a list of numbers.
std::optional<double> last_number(const Json* node) {
  if (node == nullptr) return std::nullopt;
  if (!node->is_array()) return number(*node);
  return node->empty() ? std::nullopt : number(node->back());
}

/// A place in an answer: the way to it, for what stands beside it.
struct Place {
  std::string path;
  std::vector<const Json*> way;    ///< the answer first, the place last
  std::vector<std::string> steps;  ///< between them
  [[nodiscard]] const Json& node() const { return *way.back(); }
};

Place next(Place place, const std::string& step, const Json& node) {
  place.path += (in_brackets(step) || place.path.empty() ? "" : ".") + step;
  place.way.push_back(&node);
  place.steps.push_back(step);
  return place;
}

void collect(const Place& place, const std::vector<std::string>& steps, std::vector<Place>& found) {
  const auto at = place.steps.size();
  if (at == steps.size()) return found.push_back(place);
  if (steps[at] == "*" && place.node().is_object()) {
    for (const auto& [name, node] : place.node().items()) {
      auto rest = steps;
      rest[at] = name;
      collect(next(place, name, node), rest, found);
    }
  } else if (const Json* node = child(place.node(), steps[at])) {
    collect(next(place, steps[at], *node), steps, found);
  }
}

/// The error of the number at `place`, which may be an entry of a list.
std::optional<double> error_beside(const Place& place) {
  auto last = place.steps.size();
  const bool listed = last > 1 && in_brackets(place.steps[last - 1]);
  if (listed) --last;
  if (last == 0 || !place.way[last - 1]->is_object()) return std::nullopt;
  const std::string& name = place.steps[last - 1];
  for (const std::string& candidate :
       name == "value" ? std::vector<std::string>{"standard_error", "error"}
                       : std::vector<std::string>{name + "_standard_error", name + "_error"})
    if (const Json* error = child(*place.way[last - 1], candidate)) {
      if (listed && error->is_array()) error = child(*error, place.steps.back());
      return last_number(error);
    }
  return std::nullopt;
}

std::optional<io::SweptResult> result_at(const Place& place) {
  if (place.node().is_object()) {
    const Json* value = child(place.node(), "value");
    if (value == nullptr) return std::nullopt;
    auto inner = result_at(next(place, "value", *value));
    if (inner) inner->path = place.path;
    return inner;
  }
  const auto value = last_number(&place.node());
  if (!value) return std::nullopt;
  return io::SweptResult{place.path, *value, error_beside(place)};
}

/// What may come next on a path that has led here.
std::string contents(const Json& node) {
  std::vector<std::string> names;
  if (node.is_object())
    for (const auto& item : node.items()) names.push_back(item.key());
  else if (node.is_array())
    for (const auto& e : node)
      if (e.is_object() && e.contains("name")) names.push_back(fmt::format("[{}]", e.value("name", "")));
  if (!names.empty()) return fmt::format("{}", fmt::join(names, ", "));
  return node.is_array() && !node.empty() ? fmt::format("[0] to [{}]", node.size() - 1) : "no names";
}

}  // namespace

std::vector<io::SweptResult> find_results(const Json& answer, const std::string& path) {
  std::vector<Place> places;
  collect({"", {&answer}, {}}, steps_of(path), places);
  std::vector<io::SweptResult> results;
  for (const auto& place : places)
    if (auto r = result_at(place)) results.push_back(std::move(*r));
  return results;
}

std::string why_nothing(const Json& answer, const std::string& path, const std::string& file) {
  const Json* node = &answer;
  std::string there = file;
  for (const auto& step : steps_of(path)) {
    const Json* inner = child(*node, step);
    if (inner == nullptr)
      return fmt::format("there is no {} in {}, which has {}", step, there, contents(*node));
    node = inner;
    there = step;
  }
  return fmt::format("{} in {} is no number; {}", path, file,
                     node->is_object() ? "it has " + contents(*node) : "name another");
}

}  // namespace fpk::app
