// A case as TOML, with the overrides of the command line laid over it: look up by path, and where everything
// stands.
#pragma once

#include <toml++/toml.h>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/case/complaints.hpp"
#include "io/case/kind.hpp"

namespace fpk::io::reader {

/// Whether a value is of a kind, as far as can be said without reading its formulas.
bool is_of_kind(const toml::node& node, Kind kind);

/// A finite number, whole or not.
std::optional<double> as_number(const toml::node& node);

/// A whole number, written with or without an exponent.
std::optional<std::int64_t> as_integer(const toml::node& node);

class Document {
 public:
  /// Throws CaseError where the text is not TOML.
  Document(std::filesystem::path file, std::string text);

  /// Lays "key.path=value" over the file. What is wrong with it is complained of.
  void apply(const std::string& override_text);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const toml::table& root() const { return root_; }

  /// The value at a path; nullptr where there is none, or where it is not what the schema asks for
  /// (complained of by check()). The path names keys of the case: "domain.x.lower".
  [[nodiscard]] const toml::node* find(std::string_view path) const;
  /// Whether the case says something there, right or wrong.
  [[nodiscard]] bool has(std::string_view path) const { return raw(path) != nullptr; }
  [[nodiscard]] const toml::table* table(std::string_view path) const;
  [[nodiscard]] std::optional<std::string> text_at(std::string_view path) const;
  [[nodiscard]] std::optional<double> number_at(std::string_view path) const;
  [[nodiscard]] std::optional<std::int64_t> integer_at(std::string_view path) const;
  [[nodiscard]] std::optional<bool> boolean_at(std::string_view path) const;
  [[nodiscard]] std::vector<std::string> texts_at(std::string_view path) const;
  [[nodiscard]] std::vector<double> numbers_at(std::string_view path) const;
  /// The names in a table, in the order of the file, those of the command line last.
  [[nodiscard]] std::vector<std::string> names_in(std::string_view path) const;

  [[nodiscard]] Place place(const toml::node& node) const;
  [[nodiscard]] Place place(const toml::key& key) const;
  [[nodiscard]] Place place(const toml::source_region& region) const;
  /// Of a path's value, or of the closest table around it where there is no such value.
  [[nodiscard]] Place place(std::string_view path) const;
  /// Of the name of a key in the table at a path.
  [[nodiscard]] Place place_of_key(std::string_view table_path, std::string_view name) const;
  /// Of the byte `offset` of a string's value.
  [[nodiscard]] Place place(const toml::node& string, std::size_t offset) const;

  /// A value that check() found wrong, which nobody should look at again.
  void reject(const toml::node& node) { rejected_.push_back(&node); }
  [[nodiscard]] bool is_rejected(const toml::node& node) const;

  Complaints complaints;

 private:
  [[nodiscard]] const toml::node* raw(std::string_view path) const;

  std::filesystem::path file_;
  std::string text_;
  toml::table root_;
  std::vector<const toml::node*> rejected_;
};

}  // namespace fpk::io::reader
