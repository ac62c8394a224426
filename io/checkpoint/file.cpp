#include "io/checkpoint/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace fpk::io::checkpoint {
namespace {

[[noreturn]] void fail(int error) { throw std::system_error(error, std::generic_category()); }

int flags(File::Mode mode) {
  switch (mode) {
    case File::Mode::create:
      return O_RDWR | O_CREAT | O_TRUNC;
    case File::Mode::write:
      return O_RDWR;
    case File::Mode::read:
      break;
  }
  return O_RDONLY;
}

/// Calls move(bytes left, their offset) until all have moved: a call may move fewer, or be interrupted.
template <class Bytes, class Move>
void move_all(Bytes bytes, std::uint64_t offset, Move move) {
  while (!bytes.empty()) {
    const ssize_t moved = move(bytes, static_cast<off_t>(offset));
    if (moved < 0 && errno == EINTR) continue;
    if (moved < 0) fail(errno);
    if (moved == 0) fail(EIO);
    bytes = bytes.subspan(static_cast<std::size_t>(moved));
    offset += static_cast<std::uint64_t>(moved);
  }
}

}  // namespace

File::File(const std::filesystem::path& path, Mode mode)
    : handle_(::open(path.c_str(), flags(mode) | O_CLOEXEC, 0666)) {
  if (handle_ < 0) fail(errno);
}

File::~File() { ::close(handle_); }

std::uint64_t File::size() const {
  struct stat facts {};
  if (::fstat(handle_, &facts) != 0) fail(errno);
  return static_cast<std::uint64_t>(facts.st_size);
}

void File::resize(std::uint64_t size) {
  if (::ftruncate(handle_, static_cast<off_t>(size)) != 0) fail(errno);
}

void File::write(std::span<const std::byte> bytes, std::uint64_t offset) {
  move_all(bytes, offset,
           [&](auto rest, off_t at) { return ::pwrite(handle_, rest.data(), rest.size(), at); });
}

void File::read(std::span<std::byte> bytes, std::uint64_t offset) const {
  move_all(bytes, offset,
           [&](auto rest, off_t at) { return ::pread(handle_, rest.data(), rest.size(), at); });
}

void File::sync() {
  if (::fsync(handle_) != 0) fail(errno);
}

void rename_for_good(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::rename(from, to);
  const auto folder = to.has_parent_path() ? to.parent_path() : std::filesystem::path(".");
  File(folder, File::Mode::read).sync();  // the name is in the folder
}

}  // namespace fpk::io::checkpoint
