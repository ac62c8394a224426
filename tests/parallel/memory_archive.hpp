// An archive in memory, for tests of whoever has a state to save. Of one process.
#pragma once

#include <cstring>
#include <stdexcept>

#include "parallel/archive.hpp"

namespace fpk::parallel {

/// Saves first; after rewind() it restores, as often as it is rewound.
class MemoryArchive : public Archive {
 public:
  [[nodiscard]] bool is_restoring() const override { return restoring_; }
  void rewind() {
    restoring_ = true;
    position_ = 0;
  }
  /// Everything that was saved has been restored.
  [[nodiscard]] bool is_at_end() const { return position_ == content_.size(); }
  [[nodiscard]] std::size_t size() const { return content_.size(); }

 protected:
  void begin(std::string_view name) override {
    std::string here(name);
    bytes(std::as_writable_bytes(std::span(here)));
    if (here != name)
      throw std::runtime_error("\"" + here + "\" where \"" + std::string(name) + "\" is wanted");
  }
  void bytes(std::span<std::byte> value) override {
    if (!restoring_) {
      content_.insert(content_.end(), value.begin(), value.end());
      return;
    }
    if (value.size() > content_.size() - position_) throw std::runtime_error("the archive ends too early");
    if (!value.empty()) std::memcpy(value.data(), content_.data() + position_, value.size());
    position_ += value.size();
  }
  std::uint64_t count(std::uint64_t here) override {
    bytes(std::as_writable_bytes(std::span(&here, 1)));
    return here;
  }
  void put_shared(const SharedArray& array) override { bytes(array.here); }

 private:
  bool restoring_ = false;
  std::size_t position_ = 0;
  std::vector<std::byte> content_;
};

}  // namespace fpk::parallel
