#include "io/report/whole_page.hpp"

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

std::string whole_page(const std::string& title, const std::string& version, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
         escaped(title) + " – fpk</title>\n<style>\n" + style_sheet() +
         "</style>\n</head>\n<body>\n<main>\n" + body + "<footer>fpk " + escaped(version) +
         "</footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace fpk::io::report
