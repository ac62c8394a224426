#include "sde/sample_blocks.hpp"

#include <algorithm>
#include <atomic>

#include "parallel/threads.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

}  // namespace

void load(const law::Sample& sample, const Block& block, Paths& paths) {
  const std::size_t begin = block.begin, count = block.count;
  for (std::size_t a = 0; a < sample.dimension(); ++a) {
    const double* x = sample.positions(a) + begin;
    std::copy_n(x, count, paths.x[a]);
    std::copy_n(x, count, paths.end[a]);
    std::fill(paths.x[a] + count, paths.x[a] + width, x[count - 1]);
  }
  std::copy_n(sample.alive() + begin, count, paths.alive.begin());
  std::fill(paths.alive.begin() + static_cast<std::ptrdiff_t>(count), paths.alive.end(), std::uint8_t{0});
}

void store(const Paths& paths, const Block& block, law::Sample& sample) {
  for (std::size_t a = 0; a < sample.dimension(); ++a)
    for (std::size_t i = 0; i < block.count; ++i) sample.positions(a)[block.begin + i] = paths.position(a, i);
  std::copy_n(paths.alive.begin(), block.count, sample.alive() + block.begin);
}

Losses for_each_block(const law::Sample& sample, const std::function<Losses(const Block&, std::size_t)>& body,
                      const std::function<void(std::size_t, std::size_t)>& done) {
  std::atomic<std::int64_t> absorbed{0}, exploded{0}, mirrored{0};
  const auto first = static_cast<std::uint64_t>(sample.first());
  parallel::for_each_chunk(sample.size(), law::Sample::piece,
                           [&](std::size_t begin, std::size_t end, std::size_t worker) {
                             for (std::size_t b = begin; b < end; b += width) {
                               const Losses lost = body({b, std::min(width, end - b), first + b}, worker);
                               absorbed += lost.absorbed;
                               exploded += lost.exploded;
                               mirrored += lost.mirrored;
                             }
                             if (done) done(end - begin, worker);
                           });
  return {absorbed, exploded, mirrored};
}

Losses of_all_processes(const parallel::Communicator& processes, const Losses& here) {
  return {processes.sum(here.absorbed), processes.sum(here.exploded), processes.sum(here.mirrored)};
}

}  // namespace fpk::sde
