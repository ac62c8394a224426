// The schema applied to a document: nothing unknown, nothing of the wrong type, nothing out of range, nothing
// missing.
#pragma once

#include <string_view>

#include "io/case/document.hpp"

namespace fpk::io::reader {

/// Complains of every departure from the schema, and rejects those values so that no later look-up finds
/// them.
void check(Document& document);

/// `name` is not a key of the table with pattern `parent`: names the nearest one, here or elsewhere.
void complain_of_unknown(Complaints& complaints, const Place& at, std::string_view parent,
                         std::string_view name);

}  // namespace fpk::io::reader
