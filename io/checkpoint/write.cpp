#include <algorithm>

#include "io/checkpoint.hpp"
#include "io/checkpoint/file.hpp"
#include "io/checkpoint/layout.hpp"
#include "io/checkpoint/together.hpp"
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

std::vector<TableRow> lay_out(const Collector& state, const parallel::Communicator& processes) {
  std::vector<TableRow> table;
  std::uint64_t offset = sizeof(Head) + state.values.size() + state.arrays.size() * sizeof(TableRow);
  for (const auto& array : state.arrays) {
    table.push_back(
        {array.entry_size, array.entries, offset, hash(array.here, array.entry_size, array.first)});
    offset += bytes_of(table.back());
  }
  std::vector<std::uint64_t> hashes;
  for (const auto& row : table) hashes.push_back(row.hash);
  sum_hashes(processes, hashes);
  for (std::size_t k = 0; k < table.size(); ++k) table[k].hash = hashes[k];
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
  const auto on_all = [&](const auto& action) {
    try {
      together<OutputError>(processes, action, [&](const std::string& what) {
        return "cannot write the checkpoint " + path.string() + ": " + what +
               "; free the place, or choose another folder with --out";
      });
    } catch (const OutputError&) {  // on all of them
      std::error_code nothing_there;
      if (processes.is_root()) std::filesystem::remove(beside, nothing_there);
      throw;
    }
  };
  on_all([&] {
    if (!processes.is_root()) return;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    File file(beside, File::Mode::create);
    file.resize(size);
    file.write(std::as_bytes(std::span(text)), 0);
  });
  on_all([&] {
    File file(beside, File::Mode::write);
    for (std::size_t k = 0; k < table.size(); ++k) {
      const auto& array = collected.arrays[k];
      file.write(array.here, table[k].offset + array.first * array.entry_size);
    }
    file.sync();
  });
  on_all([&] {
    if (processes.is_root()) rename_for_good(beside, path);
  });
  return size;
}

}  // namespace fpk::io
