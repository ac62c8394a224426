// fpk network: all that is asked of a network's case, in one record.
#pragma once

#include "io/network_settings.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// Collective.
io::Record network(const io::NetworkCase& problem, const parallel::Communicator& processes,
                   io::Progress::Style progress);

}  // namespace fpk::app
