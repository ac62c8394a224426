#include "sde/scheme_document.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fstream>
#include <sstream>

#include "sde/scheme.hpp"
#include "tests/places.hpp"

namespace {

using namespace fpk;

std::string text_of(const std::string& file) {
  std::ifstream in(std::string(places::source) + "/" + file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool has_lines(const std::string& document, const std::string& lines) {
  const auto found = document.find(lines);
  return found != std::string::npos && (found == 0 || document[found - 1] == '\n');
}

TEST(SchemeDocument, HasTheTableThatTheCodeHas) {
  EXPECT_TRUE(has_lines(text_of("docs/particles.md"), sde::scheme_table_markdown()))
      << "docs/particles.md wants this table:\n"
      << sde::scheme_table_markdown();
}

TEST(SchemeDocument, HasASectionForEveryScheme) {
  const auto page = text_of("docs/schemes.md");
  for (const auto& row : sde::schemes())
    EXPECT_TRUE(has_lines(page, fmt::format("## {}\n", row.name))) << row.name;
}

}  // namespace
