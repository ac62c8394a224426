#include <algorithm>
#include <system_error>

#include "io/checkpoint.hpp"
#include "io/checkpoint/file.hpp"
#include "io/checkpoint/layout.hpp"
#include "io/writers.hpp"

namespace fpk::io {
namespace {

using namespace checkpoint;

/// Takes values as bytes, and remembers where shared arrays are.
class Collector : public parallel::Archive {
 public:
  [[nodiscard]] bool is_restoring() const override { return false; }

  std::string values;
  std::vector<parallel::SharedArray> arrays;

 protected:
  void begin(std::string_view name) override {
    count(name.size());
    values += name;
  }
  void bytes(std::span<std::byte> value) override {
    values.append(reinterpret_cast<const char*>(value.data()), value.size());
  }
  std::uint64_t count(std::uint64_t here) override {
    bytes(std::as_writable_bytes(std::span(&here, 1)));
    return here;
  }
  void put_shared(const parallel::SharedArray& array) override { arrays.push_back(array); }
};

/// Sums modulo 2^64 over the processes, by halves of the words: signed numbers must not overflow.
void sum_hashes(const parallel::Communicator& processes, std::vector<TableRow>& table) {
  std::vector<std::int64_t> halves;
  for (const auto& row : table) {
    halves.push_back(static_cast<std::int64_t>(row.hash & 0xffffffffU));
    halves.push_back(static_cast<std::int64_t>(row.hash >> 32));
  }
  processes.sum(std::span(halves));
  for (std::size_t k = 0; k < table.size(); ++k)
    table[k].hash =
        static_cast<std::uint64_t>(halves[2 * k]) + (static_cast<std::uint64_t>(halves[2 * k + 1]) << 32);
}

std::vector<TableRow> lay_out(const Collector& state, const parallel::Communicator& processes) {
  std::vector<TableRow> table;
  std::uint64_t offset = sizeof(Head) + state.values.size() + state.arrays.size() * sizeof(TableRow);
  for (const auto& array : state.arrays) {
    table.push_back(
        {array.entry_size, array.entries, offset, hash(array.here, array.entry_size, array.first)});
    offset += bytes_of(table.back());
  }
  sum_hashes(processes, table);
  return table;
}

std::string front(std::uint64_t fingerprint, const std::string& values, const std::vector<TableRow>& table) {
  Head head{};
  set_text(head.magic, magic);
  set_text(head.version, FPK_VERSION);
  head.fingerprint = fingerprint;
  head.values = values.size();
  head.arrays = table.size();
  std::string text(reinterpret_cast<const char*>(&head), sizeof head);
  text += values;
  text.append(reinterpret_cast<const char*>(table.data()), table.size() * sizeof(TableRow));
  head.hash = hash_of_front(text);
  text.replace(0, sizeof head, reinterpret_cast<const char*>(&head), sizeof head);
  return text;
}

/// Runs `action` on this process; where it fails on any, every process throws OutputError.
template <class Action>
void together(const parallel::Communicator& processes, const std::filesystem::path& path, Action action) {
  std::string failure;
  try {
    action();
  } catch (const std::system_error& e) {
    failure = e.code().message();
  }
  if (processes.sum(static_cast<std::int64_t>(failure.empty() ? 0 : 1)) > 0)
    throw OutputError("cannot write the checkpoint " + path.string() + ": " +
                      (failure.empty() ? "another process failed" : failure) +
                      "; free the place, or choose another folder with --out");
}

}  // namespace

std::uint64_t write_checkpoint(const std::filesystem::path& path, std::uint64_t fingerprint,
                               const parallel::Communicator& processes, const State& state) {
  Collector collected;
  state(collected);
  const auto table = lay_out(collected, processes);
  const auto text = front(fingerprint, collected.values, table);
  const std::uint64_t size = table.empty() ? text.size() : table.back().offset + bytes_of(table.back());
  auto beside = path;
  beside += ".part";
  together(processes, path, [&] {
    if (!processes.is_root()) return;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    File file(beside, File::Mode::create);
    file.resize(size);
    file.write(std::as_bytes(std::span(text)), 0);
  });
  together(processes, path, [&] {
    File file(beside, File::Mode::write);
    for (std::size_t k = 0; k < table.size(); ++k) {
      const auto& array = collected.arrays[k];
      file.write(array.here, table[k].offset + array.first * array.entry_size);
    }
    file.sync();
  });
  together(processes, path, [&] {
    if (processes.is_root()) rename_for_good(beside, path);
  });
  return size;
}

}  // namespace fpk::io
