// What a run depends on, in one number: a hash of keys and values, in an order of their own, with the overrides laid over
// them, the order of the observables, and the bytes of the data file.
#include <fstream>
#include <iterator>
#include <sstream>

#include "io/case/sections.hpp"
#include "io/checkpoint/hash.hpp"

namespace fpk::io::reader {
namespace {

/// Of no consequence for what `fpk run` computes.
constexpr const char* of_other_commands[] = {"title",    "reference", "converge",
                                             "spectrum", "passage",   "noise"};

std::string canonical(toml::table root) {
  for (const char* key : of_other_commands) root.erase(key);
  if (auto* output = root["output"].as_table()) {
    output->erase("checkpoint");
    if (output->empty()) root.erase("output");
  }
  std::ostringstream text;
  text << toml::json_formatter{root};
  return text.str();
}

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

std::uint64_t fingerprint(const Document& document) {
  std::string all = canonical(document.root());
  for (const auto& name : document.names_in("observables")) (all += '\n') += name;
  if (const auto file = document.text_at("process.data.file"))
    (all += '\n') += content(document.file().parent_path() / *file);
  return checkpoint::hash(all);
}

}  // namespace fpk::io::reader
