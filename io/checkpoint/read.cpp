#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "io/checkpoint.hpp"
#include "io/checkpoint/file.hpp"
#include "io/checkpoint/layout.hpp"
#include "io/checkpoint/together.hpp"

namespace fpk::io {
namespace {

using namespace checkpoint;

/// Bytes that are looked at together.
constexpr std::uint64_t buffer_size = 1 << 20;

constexpr const char* start_anew = "run without --resume to start anew";

std::string cannot_read(const std::filesystem::path& path, const std::string& what) {
  return fmt::format("cannot read the checkpoint {}: {}; {}", path.string(), what, start_anew);
}

}  // namespace

struct Checkpoint::Content {
  Content(const std::filesystem::path& at, const parallel::Communicator& among)
      : path(at), processes(among), file(at, File::Mode::read) {}

  std::filesystem::path path;
  parallel::Communicator processes;
  File file;
  std::string values;
  std::vector<TableRow> table;

  [[noreturn]] void refuse(const std::string& what, const std::string& remedy = start_anew) const {
    throw CheckpointError(fmt::format("the checkpoint {} {}; {}", path.string(), what, remedy));
  }
  [[noreturn]] void refuse_as_cut_short() const { refuse("is cut short: it is not as long as it says"); }

  Head read_head(std::uint64_t fingerprint) const;
  void read_front(const Head& head);
  void check_length() const;
  void check_arrays(const std::vector<std::uint64_t>& hashes) const;
  std::uint64_t hash_of_share(const TableRow& row) const;
};

namespace {

/// Hands the values out again, in the order in which they were collected.
class Distributor : public parallel::Archive {
 public:
  Distributor(const std::string& values, const std::vector<TableRow>& table, const File& file,
              std::function<void(const std::string&)> refuse)
      : values_(values), table_(table), file_(file), refuse_(std::move(refuse)) {}

  [[nodiscard]] bool is_restoring() const override { return true; }
  void finish() const {
    if (failure_) throw std::system_error(*failure_);
    if (position_ != values_.size() || next_array_ != table_.size()) refuse_("has parts left over");
  }

 protected:
  void begin(std::string_view name) override {
    std::string saved(static_cast<std::size_t>(count(0)), ' ');
    bytes(std::as_writable_bytes(std::span(saved)));
    if (saved != name) refuse_(fmt::format("has \"{}\" where \"{}\" is wanted", saved, name));
  }
  void bytes(std::span<std::byte> value) override {
    if (value.size() > values_.size() - position_) refuse_("ends too early");
    if (!value.empty()) std::memcpy(value.data(), values_.data() + position_, value.size());
    position_ += value.size();
  }
  std::uint64_t count(std::uint64_t /*here*/) override {
    std::uint64_t saved = 0;
    bytes(std::as_writable_bytes(std::span(&saved, 1)));
    if (saved > values_.size() - position_) refuse_("counts more than it holds");
    return saved;
  }
  void put_shared(const parallel::SharedArray& array) override {
    if (next_array_ == table_.size()) refuse_("has too few arrays");
    const auto& row = table_[next_array_++];
    if (row.entry_size != array.entry_size || row.entries != array.entries)
      refuse_(fmt::format("has an array of {} numbers where {} are wanted", row.entries, array.entries));
    try {
      file_.read(array.here, row.offset + array.first * array.entry_size);
    } catch (const std::system_error& e) {  // read on: what is collective in the state is met by all
      if (!failure_) failure_ = e;
    }
  }

 private:
  const std::string& values_;
  const std::vector<TableRow>& table_;
  const File& file_;
  std::function<void(const std::string&)> refuse_;  ///< throws
  std::size_t position_ = 0, next_array_ = 0;
  std::optional<std::system_error> failure_;
};

}  // namespace

/// What can be told from the first bytes alone.
Head Checkpoint::Content::read_head(std::uint64_t fingerprint) const {
  if (file.size() < sizeof(Head)) refuse_as_cut_short();
  Head head{};
  file.read(std::as_writable_bytes(std::span(&head, 1)), 0);
  if (text_of(head.magic) != magic)
    refuse("is none, or of another format than this version of fpk writes",
           fmt::format("use the version that wrote it, or {}", start_anew));
  if (text_of(head.version) != FPK_VERSION)
    refuse(fmt::format("was written by fpk {}, and this is {}", text_of(head.version), FPK_VERSION),
           fmt::format("use that version, or {}", start_anew));
  if (head.fingerprint != fingerprint)
    refuse(fmt::format(
               "is of another case: its fingerprint is {:016x}, that of this case and its overrides {:016x}",
               head.fingerprint, fingerprint),
           fmt::format("give the case and the --set options that it was started with, or {}", start_anew));
  return head;
}

void Checkpoint::Content::read_front(const Head& head) {
  const std::uint64_t length = file.size() - sizeof(Head);
  if (head.values > length || head.arrays > (length - head.values) / sizeof(TableRow)) refuse_as_cut_short();
  std::string front(sizeof(Head) + head.values + head.arrays * sizeof(TableRow), '\0');
  file.read(std::as_writable_bytes(std::span(front)), 0);
  if (hash_of_front(front) != head.hash) refuse("is damaged: its values are not those that were written");
  values = front.substr(sizeof(Head), head.values);
  table.resize(head.arrays);
  if (!table.empty())
    std::memcpy(table.data(), front.data() + sizeof(Head) + head.values, head.arrays * sizeof(TableRow));
}

void Checkpoint::Content::check_length() const {
  const std::uint64_t expected =
      table.empty() ? sizeof(Head) + values.size() : table.back().offset + bytes_of(table.back());
  if (file.size() != expected) refuse_as_cut_short();
}

/// Of an even share of the entries.
std::uint64_t Checkpoint::Content::hash_of_share(const TableRow& row) const {
  const auto share = [&](int rank) {
    return row.entries / static_cast<std::uint64_t>(processes.size()) * static_cast<std::uint64_t>(rank);
  };
  const std::uint64_t first = share(processes.rank());
  const std::uint64_t end =
      processes.rank() + 1 == processes.size() ? row.entries : share(processes.rank() + 1);
  std::vector<std::byte> buffer(buffer_size);
  const std::uint64_t together = buffer_size / row.entry_size;
  std::uint64_t sum = 0;
  for (std::uint64_t k = first; k < end; k += together) {
    const auto bytes = std::span(buffer).first(std::min(together, end - k) * row.entry_size);
    file.read(bytes, row.offset + k * row.entry_size);
    sum += hash(bytes, row.entry_size, k);
  }
  return sum;
}

/// Of the hashes of all shares.
void Checkpoint::Content::check_arrays(const std::vector<std::uint64_t>& hashes) const {
  for (std::size_t k = 0; k < table.size(); ++k)
    if (hashes[k] != table[k].hash) refuse("is damaged: its arrays are not those that were written");
}

Checkpoint::Checkpoint(const std::filesystem::path& path, std::uint64_t fingerprint,
                       const parallel::Communicator& processes) {
  std::unique_ptr<Content> content;
  std::vector<std::uint64_t> hashes;
  together<CheckpointError>(
      processes,
      [&] {
        content = std::make_unique<Content>(path, processes);
        content->read_front(content->read_head(fingerprint));
        content->check_length();
        for (const auto& row : content->table) hashes.push_back(content->hash_of_share(row));
      },
      [&](const std::string& what) { return cannot_read(path, what); });
  sum_hashes(processes, hashes);
  content->check_arrays(hashes);
  content_ = std::move(content);
}

Checkpoint::~Checkpoint() = default;

void Checkpoint::restore(const State& state) const {
  Distributor saved(content_->values, content_->table, content_->file,
                    [this](const std::string& what) { content_->refuse(what); });
  state(saved);
  together<CheckpointError>(
      content_->processes, [&] { saved.finish(); },
      [&](const std::string& what) { return cannot_read(content_->path, what); });
}

}  // namespace fpk::io
