// A sentence that a run can confirm or refute, with its kind of evidence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fpk::verification {

enum class Evidence {
  exact,       ///< holds to round-off, whatever the grid
  asymptotic,  ///< an error that falls at a known order, within a stated constant
  statistical  ///< within the reach of chance at a stated false-alarm rate
};

struct Claim {
  std::string name;      ///< kebab-case, stable: "mass-conserved"
  std::string sentence;  ///< "Mass is conserved to round-off."
  Evidence evidence = Evidence::exact;
  double measured = 0;
  double allowed = 0;  ///< holds when measured <= allowed; a NaN never holds
  std::string reason;  ///< why that much is allowed
  [[nodiscard]] bool holds() const { return measured <= allowed; }
};

std::string_view name(Evidence evidence);

/// All hold, and there is at least one.
bool all_hold(const std::vector<Claim>& claims);

}  // namespace fpk::verification
