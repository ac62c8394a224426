// A claim as JSON, the same in every file that holds claims.
#pragma once

#include "io/json_text.hpp"
#include "verification/claim.hpp"

namespace fpk::io {

inline Json claims_json(const std::vector<verification::Claim>& claims) {
  Json json = Json::array();
  for (const auto& c : claims)
    json.push_back({{"name", c.name},
                    {"sentence", c.sentence},
                    {"evidence", verification::name(c.evidence)},
                    {"measured", c.measured},
                    {"allowed", c.allowed},
                    {"reason", c.reason},
                    {"holds", c.holds()}});
  return json;
}

}  // namespace fpk::io
