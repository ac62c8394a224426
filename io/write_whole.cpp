// A file is whole or absent: the text goes to a neighbour of the path, which then takes the path's name.
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "io/writers.hpp"

namespace fpk::io {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& why) {
  throw OutputError("cannot write " + path.string() + ": " + why +
                    "; choose another folder with --out, or free the place");
}

std::string last_error() { return std::generic_category().message(errno); }

}  // namespace

void write_whole(const std::filesystem::path& path, const std::string& text) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) fail(path, error.message());
  auto beside = path;
  beside += ".part" + std::to_string(::getpid());
  errno = 0;
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  if (!file) fail(path, last_error());
  file << text;
  file.close();
  if (!file) {
    const std::string why = last_error();
    std::filesystem::remove(beside, error);
    fail(path, why);
  }
  std::filesystem::rename(beside, path, error);
  if (!error) return;
  const std::string why = error.message();
  std::filesystem::remove(beside, error);
  fail(path, why);
}

void remove_unfinished(const std::filesystem::path& folder, const std::string& beginning) {
  std::error_code none;
  std::vector<std::filesystem::path> unfinished;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const auto& file = entry.path();
    if (file.filename().string().starts_with(beginning) && file.extension().string().starts_with(".part"))
      unfinished.push_back(file);
  }
  for (const auto& file : unfinished) std::filesystem::remove(file, none);
}

void remove_outputs(const std::filesystem::path& folder, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    remove_unfinished(folder, name);
    std::error_code error;
    std::filesystem::remove(folder / name, error);
    if (error) throw OutputError("cannot remove " + (folder / name).string() + ": " + error.message());
  }
}

}  // namespace fpk::io
