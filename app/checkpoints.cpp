#include "app/checkpoints.hpp"

namespace fpk::app {
namespace {

constexpr const char* name = "checkpoint.bin";

}  // namespace

Checkpoints::Checkpoints(const std::filesystem::path& folder, double seconds, std::uint64_t fingerprint,
                         bool resume, const parallel::Communicator& processes)
    : file_(folder / name), seconds_(seconds), fingerprint_(fingerprint), processes_(processes) {
  if (!resume)
    remove();
  else if (std::filesystem::exists(file_))
    found_ = std::make_unique<io::Checkpoint>(file_, fingerprint_, processes_);
}

void Checkpoints::restore(const io::State& state) {
  found_->restore(state);
  found_.reset();
  last_ = Clock::now();
}

/// Not collective: the first process's clock decides for all.
bool Checkpoints::is_due(Place place) const {
  if (seconds_ == 0) return place == Place::observation;
  return std::chrono::duration<double>(Clock::now() - last_).count() >= seconds_;
}

void Checkpoints::pause(const io::State& state, Place place) {
  const double here = StopSignal::received() ? 2 : processes_.is_root() && is_due(place) ? 1 : 0;
  const double wanted = processes_.max(here);
  if (wanted == 0) return;
  io::write_checkpoint(file_, fingerprint_, processes_, state);
  last_ = Clock::now();
  if (wanted == 2) throw Interrupted();
}

void Checkpoints::remove() const {
  processes_.barrier();
  if (!processes_.is_root()) return;
  std::error_code nothing_there;
  std::filesystem::remove(file_, nothing_there);
  std::filesystem::remove(file_.string() + ".part", nothing_there);
}

}  // namespace fpk::app
