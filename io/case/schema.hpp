// Every key that a case may hold: one table, which refuses what is unknown, checks types and ranges, and
// prints itself as `fpk schema` and as the table of docs/case.md.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "io/case/kind.hpp"

namespace fpk::io::reader {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// What a number, or each entry of a list of numbers, may be.
struct Range {
  double least = -unbounded;
  double most = unbounded;
  bool above_least = false;  ///< least itself is excluded
  [[nodiscard]] bool holds(double value) const;
  [[nodiscard]] std::string text() const;  ///< "above 0", "from 2 to 65536"; empty where anything goes
};

inline constexpr Range positive{0, unbounded, true};

struct Key {
  std::string path;  ///< "domain.*.lower"; * stands for a name that the case chooses
  Kind kind = Kind::table;
  std::string meaning;
  bool required = false;  ///< in every table that may hold it
  Range range = {};
  std::vector<std::string> allowed = {};  ///< words of a choice
  std::string preset = {};                ///< the default, as in TOML or as a word; empty where there is none

  [[nodiscard]] Key needed() const;
  [[nodiscard]] Key within(Range numbers) const;
  [[nodiscard]] Key one_of(std::vector<std::string> words) const;
  [[nodiscard]] Key otherwise(std::string default_text) const;
};

/// The parts of the schema.
std::vector<Key> problem_keys();
std::vector<Key> numerics_keys();
std::vector<Key> passage_keys();
std::vector<Key> estimate_keys();
std::vector<Key> sgd_keys();
std::vector<Key> noise_keys();
std::vector<Key> network_keys();

/// In the order of the documentation: a table before its keys.
const std::vector<Key>& schema();

/// The key of that pattern; nullptr where there is none.
const Key* find_key(std::string_view path);

/// The pattern for `name` inside the table of pattern `parent` ("" for the whole case); empty where it is
/// unknown.
std::string child_path(std::string_view parent, std::string_view name);

/// The keys one level below `parent`.
std::vector<const Key*> children(std::string_view parent);

/// The last word of a path.
std::string last_word(std::string_view path);

/// Observation times where a case does not say.
inline constexpr std::size_t preset_observations = 41;
/// Cells along an axis where only particles run, for their histograms.
inline constexpr std::size_t preset_cells = 64;

}  // namespace fpk::io::reader
