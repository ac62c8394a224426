// raw_bits normal|planes [SEED]: the random bits of a run, on standard output, in the order in which a run takes them.
//
// A block of 256 particles takes 256 steps while it is in the cache, then the next block does; a step takes the blocks of Philox
// of two components. `normal`: one for each particle. `planes`: those of the bits of two-point (plane 0) and three-point (planes
// 0 to 11) numbers. Made by the scalar generator, to which the tests hold the kernels.
//
//     raw_bits normal | dieharder -a -g 200
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "sde/noise/counter.hpp"
#include "sde/noise/philox.hpp"

namespace {

using namespace fpk::sde;
constexpr std::uint64_t width = 256, blocks = 64, steps_in_cache = 256, planes = 12;

/// Appends the blocks of Philox with the numbers [0, count) after `particle` at a step.
void take(const Stream& stream, std::uint64_t particle, std::uint64_t step, std::uint32_t draw,
          std::uint64_t count, std::vector<std::uint64_t>& to) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto two = philox(counter(stream, particle + i, step, draw).word, stream.seed);
    to.push_back(two.first);
    to.push_back(two.second);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what != "normal" && what != "planes") {
    std::fputs("usage: raw_bits normal|planes [SEED]\n", stderr);
    return 64;
  }
  const Stream stream{argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1};
  std::vector<std::uint64_t> bits;
  for (std::uint64_t sweep = 0;; sweep += steps_in_cache)
    for (std::uint64_t block = 0; block < blocks; ++block)
      for (std::uint64_t step = sweep; step < sweep + steps_in_cache; ++step) {
        bits.clear();
        if (what == "normal") take(stream, block * width, step, 0, width, bits);
        if (what == "planes")
          for (std::uint32_t component = 0; component < 2; ++component)
            take(stream, block * width, step, component, 2 * planes, bits);
        // Until the reader has had enough.
        if (std::fwrite(bits.data(), sizeof bits[0], bits.size(), stdout) != bits.size()) return 0;
      }
}
