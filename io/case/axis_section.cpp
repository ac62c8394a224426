// A side of the domain cut into cells, in one of three ways:
//   lower, upper, cells               equal cells
//   lower, upper, cells, clustering   narrow about a place, by a smooth map
//   edges                             as listed
#include <fmt/format.h>

#include <stdexcept>

#include "io/case/sections.hpp"

namespace fpk::io::reader {
namespace {

constexpr double preset_strength = 3;

std::optional<std::size_t> read_cells(Document& document, const std::string& path, bool density_enabled) {
  if (const auto cells = document.integer_at(path + ".cells")) return static_cast<std::size_t>(*cells);
  if (document.has(path + ".cells")) return std::nullopt;
  if (!density_enabled) return preset_cells;
  document.complaints.add(document.place(path), fmt::format("{} lacks cells", path),
                          "add for example cells = 128, or set density.enabled = false");
  return std::nullopt;
}

std::optional<double> read_end(Document& document, const Expressions& expressions, const std::string& path,
                               const std::string& end, const std::optional<double>& found) {
  if (!document.has(path + "." + end))
    document.complaints.add(document.place(path), fmt::format("{} lacks {}", path, end),
                            "give lower, upper and cells, or a list of edges");
  if (document.text_at(path + "." + end) == "auto") return found;
  return expressions.constant(path + "." + end);
}

/// Complains where `key` says something else than the edges do.
void agree(Document& document, const std::string& path, const std::string& key, std::optional<double> said,
           double derived) {
  if (said && *said != derived)
    document.complaints.add(document.place(path + "." + key),
                            fmt::format("{}.{} = {}, but by its edges it is {}", path, key, *said, derived),
                            fmt::format("leave {} out beside edges", key));
}

std::optional<law::Axis> listed(Document& document, const Expressions& expressions,
                                const std::string& variable, const std::string& path) {
  const toml::node* list = document.find(path + ".edges");
  if (list == nullptr) return std::nullopt;
  std::vector<double> edges;
  bool increasing = true;
  for (std::size_t i = 0; i < list->as_array()->size(); ++i) {
    const toml::node& entry = *list->as_array()->get(i);
    const auto x = expressions.constant(entry, fmt::format("entry {} of {}.edges", i + 1, path));
    if (!x) return std::nullopt;
    if (increasing && !edges.empty() && *x <= edges.back()) {
      document.complaints.add(document.place(entry),
                              fmt::format("edge {} does not come after {}", *x, edges.back()),
                              "list the edges in increasing order");
      increasing = false;
    }
    edges.push_back(*x);
  }
  if (edges.size() < 3)
    document.complaints.add(document.place(*list), fmt::format("{}.edges has {} entries", path, edges.size()),
                            "give at least 3, which bound 2 cells");
  if (document.has(path + ".clustering"))
    document.complaints.add(document.place_of_key(path, "clustering"),
                            fmt::format("{} has both edges and clustering", path), "keep one of them");
  if (!increasing || edges.size() < 3) return std::nullopt;
  agree(document, path, "lower", expressions.constant(path + ".lower"), edges.front());
  agree(document, path, "upper", expressions.constant(path + ".upper"), edges.back());
  agree(document, path, "cells", document.number_at(path + ".cells"), static_cast<double>(edges.size() - 1));
  return law::Axis(variable, std::move(edges));
}

std::optional<law::Axis> clustered(Document& document, const Expressions& expressions, const law::Axis& axis,
                                   const std::string& path, bool periodic) {
  const std::string table = path + ".clustering";
  const auto at = expressions.constant(table + ".at");
  const auto strength =
      document.has(table + ".strength")
          ? expressions.constant(table + ".strength", find_key("domain.*.clustering.strength")->range)
          : preset_strength;
  if (!at || !strength) return std::nullopt;
  if (*at < axis.lower() || *at > axis.upper()) {
    document.complaints.add(
        document.place(table + ".at"),
        fmt::format("{}.at = {} is outside [{}, {}]", table, *at, axis.lower(), axis.upper()),
        "name a place between lower and upper");
    return std::nullopt;
  }
  try {
    return law::Axis(axis.name(), axis.lower(), axis.upper(), axis.cells(), {*at, *strength, periodic});
  } catch (const std::invalid_argument& error) {
    document.complaints.add(document.place(table), fmt::format("{}: {}", table, error.what()),
                            "lower the strength, or take fewer cells");
    return std::nullopt;
  }
}

}  // namespace

std::optional<law::Axis> read_axis(Document& document, const Expressions& expressions,
                                   const std::string& variable, bool periodic, bool density_enabled,
                                   const std::optional<std::array<double, 2>>& found) {
  const std::string path = "domain." + variable;
  if (document.has(path + ".edges")) return listed(document, expressions, variable, path);
  const auto end_found = [&](std::size_t k) { return found ? std::optional((*found)[k]) : std::nullopt; };
  const auto lower = read_end(document, expressions, path, "lower", end_found(0)),
             upper = read_end(document, expressions, path, "upper", end_found(1));
  const auto cells = read_cells(document, path, density_enabled);
  if (!lower || !upper) return std::nullopt;
  if (*lower >= *upper) {
    document.complaints.add(document.place(path + ".upper"),
                            fmt::format("{}.upper = {} is not above lower = {}", path, *upper, *lower),
                            "exchange them, or widen the domain");
    return std::nullopt;
  }
  if (!cells) return std::nullopt;
  const law::Axis equal(variable, *lower, *upper, *cells);
  if (document.table(path + ".clustering") != nullptr)
    return clustered(document, expressions, equal, path, periodic);
  return document.has(path + ".clustering") ? std::nullopt : std::optional(equal);
}

}  // namespace fpk::io::reader
