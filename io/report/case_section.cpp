#include <fmt/format.h>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

std::string case_section(const Record& r) {
  std::string notes;
  for (const auto& note : r.notes) notes += "<li>" + escaped(note) + "</li>\n";
  if (!notes.empty()) notes = "<ul class=\"notes\">\n" + notes + "</ul>\n";
  std::string text;
  if (!r.text.empty())
    text = fmt::format("<details>\n<summary>{}</summary>\n<pre>{}</pre>\n</details>\n",
                       escaped(r.file.empty() ? r.name : r.file), escaped(r.text));
  return section("notes", "Notes", notes) + section("case", "The case", text);
}

}  // namespace fpk::io::report
