#include "solvers/sweep/wavefront.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "parallel/threads.hpp"

namespace fpk::solvers {
namespace {

/// What a group may take of the second-level cache [bytes], and how deep it may be.
constexpr std::size_t cache = std::size_t{768} * 1024, deepest = 16;

/// Below this there is too little to share among threads [cells].
constexpr std::size_t worth_sharing = 4096;

class Groups {
 public:
  using Step = std::function<void(std::size_t, std::size_t, std::size_t)>;

  Groups(const Wavefront& wave, std::size_t levels, const Step& step)
      : wave_(wave), levels_(levels), step_(step), done_((levels + wave.depth - 1) / wave.depth) {}

  [[nodiscard]] std::size_t size() const { return done_.size(); }

  void run(std::size_t group) {
    const std::size_t first = group * wave_.depth + 1;
    const std::size_t depth = std::min(wave_.depth, levels_ + 1 - first);
    const std::size_t lag = wave_.reach * (depth - 1);
    for (std::size_t front = wave_.chunk;; front += wave_.chunk) {
      for (std::size_t k = 0; k < depth; ++k) {
        const std::size_t behind = k * wave_.reach;
        const std::size_t begin = std::min(wave_.cells, from(front - wave_.chunk, behind)),
                          end = std::min(wave_.cells, from(front, behind));
        if (begin == end) continue;
        if (k == 0 && group > 0) wait_for(group - 1, std::min(wave_.cells, end + wave_.reach));
        step_(first + k, begin, end);
      }
      done_[group].store(std::min(wave_.cells, from(front, lag)), std::memory_order_release);
      if (from(front, lag) >= wave_.cells) return;
    }
  }

 private:
  static std::size_t from(std::size_t front, std::size_t behind) {
    return front > behind ? front - behind : 0;
  }

  /// Until the last level of that group is complete up to `cells`. Some thread is at it, since groups are taken in
  /// their order.
  void wait_for(std::size_t group, std::size_t cells) const {
    for (int k = 0; done_[group].load(std::memory_order_acquire) < cells; ++k)
      if (k > 1000) std::this_thread::yield();
  }

  const Wavefront& wave_;
  std::size_t levels_;
  const Step& step_;
  std::vector<std::atomic<std::size_t>> done_;  ///< cells of the last level of each group
};

}  // namespace

void run_wavefront(const Wavefront& wave, std::size_t levels,
                   const std::function<void(std::size_t, std::size_t, std::size_t)>& step) {
  if (levels == 0 || wave.cells == 0) return;
  Groups groups(wave, levels, step);
  if (wave.cells < worth_sharing) {
    for (std::size_t g = 0; g < groups.size(); ++g) groups.run(g);
    return;
  }
  parallel::for_each_chunk(groups.size(), 1, [&](std::size_t g, std::size_t, std::size_t) { groups.run(g); });
}

std::size_t wavefront_depth(std::size_t reach, std::size_t bytes_per_cell) {
  return std::clamp<std::size_t>(cache / (reach * bytes_per_cell), 1, deepest);
}

}  // namespace fpk::solvers
