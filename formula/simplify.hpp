// Building nodes with constants folded and trivial identities removed.
#pragma once

#include "formula/node.hpp"

namespace fpk::formula {

/// `operation` on `arguments`. Constants are folded unless a NaN would arise from numbers that are none (it
/// is then left to the evaluation); a product with the constant 0 is 0.
Formula build(Operation operation, const std::vector<Formula>& arguments);

}  // namespace fpk::formula
