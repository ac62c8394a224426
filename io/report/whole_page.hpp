// What every page of fpk shares: its head, its style, its foot.
#pragma once

#include <string>

namespace fpk::io::report {

/// One self-contained HTML file about `body`; `title` is plain text, `version` that of fpk.
std::string whole_page(const std::string& title, const std::string& version, const std::string& body);

}  // namespace fpk::io::report
