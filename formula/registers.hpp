// From virtual registers to few real ones, so that a block's values stay in the L1 cache.
#pragma once

#include "formula/schedule.hpp"

namespace fpk::formula {

/// Linear scan (Poletto and Sarkar 1999): a register is free again behind the last use of its value. Inputs
/// and outputs keep their own. A value made before a loop over rows and used in it is kept to the loop's end.
void assign_registers(Schedule& schedule);

}  // namespace fpk::formula
