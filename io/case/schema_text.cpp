// The schema for people: `fpk schema` on a terminal, and the table of docs/case.md.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/case_file.hpp"

namespace fpk::io {
namespace {

using reader::Key;
using reader::Kind;

std::string type_text(const Key& key) {
  if (!key.allowed.empty()) return fmt::format("{}", fmt::join(key.allowed, " | "));
  const std::string range = key.range.text();
  return std::string(reader::words(key.kind).name) + (range.empty() ? "" : ", " + range);
}

std::string preset_text(const Key& key) { return key.required ? "required" : key.preset; }

/// `text` broken into lines of at most `width` characters, each after `indent`.
std::string wrapped(const std::string& text, std::size_t width, const std::string& indent) {
  std::string lines, line;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string word = text.substr(start, end - start);
    if (!line.empty() && line.size() + 1 + word.size() > width) {
      lines += indent + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    start = end + 1;
  }
  return lines + indent + line + "\n";
}

/// A bar would end the cell of a Markdown table.
std::string markdown_cell(const std::string& text) {
  std::string cell;
  for (const char c : text)
    cell += c == '|' ? std::string("\\|") : c == '*' ? std::string("\\*") : std::string(1, c);
  return cell;
}

}  // namespace

std::string schema_text() {
  std::string text;
  for (const Key& key : reader::schema()) {
    const bool section = key.kind == Kind::table && key.path.find('.') == std::string::npos;
    const std::string preset = preset_text(key);
    const std::string facts = type_text(key) + (preset.empty() ? ""
                                                : key.required ? "; required"
                                                               : "; default " + preset);
    text += section ? fmt::format("\n[{}]{}\n", key.path, key.required ? "  required" : "")
                    : fmt::format("  {:<34}  {}\n", key.path, facts);
    text += wrapped(key.meaning, section ? 100 : 94, section ? "" : "      ");
  }
  return text + "\n* stands for a name that the case chooses.\n";
}

std::string schema_markdown() {
  std::string text = "| key | type | default | meaning |\n|---|---|---|---|\n";
  for (const Key& key : reader::schema())
    text += fmt::format("| `{}` | {} | {} | {} |\n", key.path, markdown_cell(type_text(key)),
                        markdown_cell(preset_text(key)), markdown_cell(key.meaning));
  return text;
}

}  // namespace fpk::io
