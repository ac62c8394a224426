// What a test of a hypothesis says.
#pragma once

namespace fpk::verification {

struct Tested {
  double statistic = 0;
  double p_value = 1;  ///< probability of a statistic at least as extreme where the hypothesis is true
};

}  // namespace fpk::verification
