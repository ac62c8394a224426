// The mean of an observable in the stationary law where that is known in closed form, to ten digits and more.
#pragma once

#include <optional>

#include "io/case_file.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace fpk::app {

/// integral of f exp(log pi) / integral of exp(log pi) over the box, by Gauss and Legendre on panels; the error is the change
/// from half as many. Nothing where the box absorbs, coefficients depend on time, no law is known, or it has no density on the box.
std::optional<verification::Value> stationary_mean(const io::Case& problem,
                                                   const law::Observable& observable);

}  // namespace fpk::app
