// A file that several processes read and write at places of their own, and that can be made to last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace fpk::io::checkpoint {

/// Every failure throws std::system_error.
class File {
 public:
  enum class Mode { create, write, read };

  /// create: empty, whatever was there before; write: one that is there.
  File(const std::filesystem::path& path, Mode mode);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  void resize(std::uint64_t size);
  void write(std::span<const std::byte> bytes, std::uint64_t offset);
  /// Throws std::system_error where the file ends before.
  void read(std::span<std::byte> bytes, std::uint64_t offset) const;
  /// Returns when what was written is on the disk.
  void sync();

 private:
  int handle_;
};

/// Gives `from` the name `to`, in one step that lasts.
void rename_for_good(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace fpk::io::checkpoint
