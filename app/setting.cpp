#include "app/setting.hpp"

#include <algorithm>
#include <thread>

#include "parallel/threads.hpp"

namespace fpk::app {

Setting::Setting(const Options& options)
    : options_(options), environment_(nullptr, nullptr), processes_(parallel::Communicator::world()) {
  const auto shared = std::max<std::size_t>(
      1, std::thread::hardware_concurrency() / static_cast<std::size_t>(processes_.size()));
  parallel::use_threads(options_.threads == 0 ? shared : options_.threads);
}

io::Progress::Style Setting::progress() const {
  return io::Progress::style(options_.quiet || !processes_.is_root());
}

std::filesystem::path Setting::folder(const io::Case& problem) const {
  return options_.out.empty() ? std::filesystem::path("out") / problem.name : options_.out;
}

}  // namespace fpk::app
