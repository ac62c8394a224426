// A case that is sound by itself and cannot be had of one command: refused where the reason stands in its file.
#pragma once

#include <string>
#include <string_view>

#include "io/case_file.hpp"

namespace fpk::io {

/// Throws CaseError at the place of the key "table.key"; without line and column where the file does not have it.
[[noreturn]] void refuse(const Case& problem, std::string_view key, std::string what,
                         std::string try_instead);

}  // namespace fpk::io
