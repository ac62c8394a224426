// JSON as fpk writes it: names in the order of docs/result.md, numbers with as many digits as bring the same
// double back (at most 17), what is not finite as null, two spaces of indent.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace fpk::io {

using Json = nlohmann::ordered_json;

/// The text of a document, ending in a newline. A byte that is not UTF-8 becomes U+FFFD rather than an
/// exception.
inline std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace fpk::io
