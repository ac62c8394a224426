// What a reader must know of the chains of stochastic gradient descent beside their numbers.
#pragma once

#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "io/sgd_record.hpp"

namespace fpk::app {

std::vector<std::string> notes_on_chains(const io::Case& problem, const io::SgdRecord& chains);

}  // namespace fpk::app
