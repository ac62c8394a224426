#include "sde/observe.hpp"

#include "sde/sample_blocks.hpp"

namespace fpk::sde {
namespace {

struct Workplace {
  explicit Workplace(const Motion& motion) : flight(motion), numbers({motion.scheme->draws().increments}) {}
  Flight flight;
  DrawBlocks numbers;
};

}  // namespace

void observe(const Motion& motion, const law::Sample& states, const Timeline& timeline, double dt,
             const Stream& stream, NoiseKind kind, law::Sample& observed) {
  observed = states;
  if (timeline.steps_done() == 0) return;
  auto places = one_for_each_thread<Workplace>(motion);
  for_each_block(states, [&](const Block& block, std::size_t worker) {
    auto& [flight, numbers] = places[worker];
    load(states, block, flight.paths);
    fill_increments(stream, kind, block.number, timeline.steps_done(), dt, numbers.dW.all());
    motion.scheme->observe(flight.paths.x.all(), timeline.time(), dt, numbers.all(), *flight.scratch);
    motion.walls.apply(flight.paths, timeline.time());
    for (std::size_t a = 0; a < observed.dimension(); ++a)
      for (std::size_t i = 0; i < block.count; ++i)
        if (states.alive()[block.begin + i] != 0)
          observed.positions(a)[block.begin + i] = flight.paths.position(a, i);
    return Losses{};
  });
}

}  // namespace fpk::sde
