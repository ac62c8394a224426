#include "verification/claim.hpp"

#include <algorithm>

namespace fpk::verification {

std::string_view name(Evidence evidence) {
  switch (evidence) {
    case Evidence::exact:
      return "exact";
    case Evidence::asymptotic:
      return "asymptotic";
    case Evidence::statistical:
      return "statistical";
  }
  return "";
}

bool all_hold(const std::vector<Claim>& claims) {
  return !claims.empty() &&
         std::all_of(claims.begin(), claims.end(), [](const Claim& c) { return c.holds(); });
}

}  // namespace fpk::verification
