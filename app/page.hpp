// The answer of fpk spectrum, passage and backward: stem.json, a page stem.html, and fields stem.vti for ParaView.
#pragma once

#include "app/setting.hpp"

namespace fpk::app {

/// The files that an answer `stem` may consist of, and `more`.
std::vector<std::string> page_files(const std::string& stem, std::vector<std::string> more = {});

/// Setting::conclude with stem.html, stem.json, the words of `print_figures`, the claims and where the page is.
[[nodiscard]] int conclude_page(const Setting& setting, const std::string& stem, const io::Record& record,
                                const std::function<std::string(const io::Record&)>& json,
                                const std::function<void()>& print_figures);

}  // namespace fpk::app
