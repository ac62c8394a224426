#include "app/page.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "io/writers.hpp"

namespace fpk::app {

std::vector<std::string> page_files(const std::string& stem, std::vector<std::string> more) {
  for (const char* kind : {"json", "html", "vti", "vtr", "pvti", "pvtr"})
    more.push_back(fmt::format("{}.{}", stem, kind));
  return more;
}

int conclude_page(const Setting& setting, const std::string& stem, const io::Record& record,
                  const std::function<std::string(const io::Record&)>& json,
                  const std::function<void()>& print_figures) {
  const auto page = setting.folder() / (stem + ".html");
  return setting.conclude(
      record,
      [&] {
        io::write_whole(page, io::report_html(record));
        io::write_whole(setting.folder() / (stem + ".json"),
                        json(record));  // last: where it is, the rest is too
      },
      [&] {
        print_figures();
        print_claims(record);
        for (const auto& note : record.notes) fmt::print("  note: {}\n", note);
        fmt::print("page: {}\n", page.string());
      });
}

}  // namespace fpk::app
