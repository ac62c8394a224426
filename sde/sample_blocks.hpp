// A sample taken block by block: from memory into a block of paths, and back.
#pragma once

#include <cstdint>
#include <functional>

#include "law/sample.hpp"
#include "sde/boundary.hpp"
#include "sde/paths.hpp"

namespace fpk::sde {

/// Some particles of a sample, all in one block.
struct Block {
  std::size_t begin;     ///< the first one's place among the particles held here
  std::size_t count;     ///< at most formula::block_width
  std::uint64_t number;  ///< the first one's number among all particles
};

/// Lanes beyond the block's particles repeat the last one, not alive.
void load(const law::Sample& sample, const Block& block, Paths& paths);
void store(const Paths& paths, const Block& block, law::Sample& sample);

/// Calls body(block, worker) for every block of the particles held here; a whole piece of the sample at a
/// time goes to one worker, which then calls done(particles of the piece, worker). Returns the sum of what
/// the calls return.
Losses for_each_block(const law::Sample& sample, const std::function<Losses(const Block&, std::size_t)>& body,
                      const std::function<void(std::size_t, std::size_t)>& done = {});

/// The losses of all processes. Collective.
Losses of_all_processes(const parallel::Communicator& processes, const Losses& here);

}  // namespace fpk::sde
