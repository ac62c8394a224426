// A checkpoint brings back every bit, or is refused.
#include "io/checkpoint.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <system_error>

#include "io/checkpoint/hash.hpp"
#include "io/checkpoint/layout.hpp"
#include "io/checkpoint/together.hpp"
#include "io/writers.hpp"
#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

using parallel::Archive;
using parallel::Communicator;

constexpr std::uint64_t fingerprint = 0x1234567890abcdefULL;

/// Some of everything that an archive takes.
struct Things {
  double number = 0;
  std::int64_t count = 0;
  bool flag = false;
  std::string text;
  std::vector<double> numbers;
  std::vector<std::pair<double, std::string>> pairs;
  std::optional<double> maybe;
  std::vector<std::array<double, 3>> points;
  std::vector<double> masses;
  std::vector<std::uint8_t> alive;

  void archive(Archive& archive) {
    archive("number", number);
    archive("count", count);
    archive("flag", flag);
    archive("text", text);
    archive("numbers", numbers);
    archive("pairs", pairs);
    archive("maybe", maybe);
    archive("points", points);
    archive.shared("masses", std::span(masses), 0, masses.size());
    archive.shared("alive", std::span(alive), 0, alive.size());
  }
};

Things some_things() {
  return {-0.0,
          -42,
          true,
          "a text with \"quotes\" and \n",
          {1e-310, std::numeric_limits<double>::infinity(), 1.0 / 3},
          {{0.25, "density/density_0000.vti"}, {1, ""}},
          0.1,
          {{1, 2, 3}, {4, 5, 6}},
          {0.125, 0.25, 1.0 / 7},
          {1, 0, 1, 1, 0}};
}

/// As restored into, with the arrays as long as they were.
Things empty_things() {
  Things things;
  things.masses.resize(3, -1);
  things.alive.resize(5, 7);
  things.maybe = 3;
  return things;
}

State state_of(Things& things) {
  return [&things](Archive& archive) { things.archive(archive); };
}

std::filesystem::path file_for(const std::string& name) {
  return std::filesystem::temp_directory_path() / ("fpk-checkpoint-" + std::to_string(getpid())) / name;
}

std::filesystem::path written(const std::string& name) {
  auto things = some_things();
  const auto path = file_for(name);
  write_checkpoint(path, fingerprint, Communicator::self(), state_of(things));
  return path;
}

void overwrite(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

/// What it is refused with; empty where it is not.
std::string refusal(const std::filesystem::path& path, std::uint64_t of_case = fingerprint) {
  try {
    auto things = empty_things();
    Checkpoint(path, of_case, Communicator::self()).restore(state_of(things));
    return "";
  } catch (const CheckpointError& e) {
    return e.what();
  }
}

#define EXPECT_SAYS(text, words) EXPECT_NE((text).find(words), std::string::npos) << (text)

TEST(Checkpoint, BringsBackEveryPart) {
  const auto path = written("parts");
  auto things = empty_things();
  Checkpoint(path, fingerprint, Communicator::self()).restore(state_of(things));
  const auto saved = some_things();
  EXPECT_TRUE(std::signbit(things.number));
  EXPECT_EQ(things.count, saved.count);
  EXPECT_EQ(things.flag, saved.flag);
  EXPECT_EQ(things.text, saved.text);
  EXPECT_EQ(things.numbers, saved.numbers);
  EXPECT_EQ(things.pairs, saved.pairs);
  EXPECT_EQ(things.maybe, saved.maybe);
  EXPECT_EQ(things.points, saved.points);
  EXPECT_EQ(things.masses, saved.masses);
  EXPECT_EQ(things.alive, saved.alive);
}

TEST(Checkpoint, IsAsLongAsItSaysItWas) {
  auto things = some_things();
  const auto path = file_for("length");
  const auto size = write_checkpoint(path, fingerprint, Communicator::self(), state_of(things));
  EXPECT_EQ(size, std::filesystem::file_size(path));
}

RC_GTEST_PROP(Checkpoint, BringsBackTheBitsOfAnyNumbers, (std::vector<std::uint64_t> bits)) {
  std::vector<double> numbers(bits.size()), found(bits.size());
  if (!bits.empty()) std::memcpy(numbers.data(), bits.data(), bits.size() * sizeof(double));
  const auto path = file_for("bits");
  write_checkpoint(path, fingerprint, Communicator::self(),
                   [&](Archive& a) { a.shared("numbers", std::span(numbers), 0, numbers.size()); });
  Checkpoint(path, fingerprint, Communicator::self()).restore([&](Archive& a) {
    a.shared("numbers", std::span(found), 0, found.size());
  });
  RC_ASSERT(bits.empty() || std::memcmp(found.data(), bits.data(), bits.size() * sizeof(double)) == 0);
}

// Every byte of the file in turn: none is without a guard.
TEST(Checkpoint, IsRefusedWhereAnyBitOfItIsAnother) {
  const auto path = written("flipped");
  const auto whole = file_text(path);
  ASSERT_EQ(refusal(path), "");
  for (std::size_t k = 0; k < whole.size(); ++k) {
    auto text = whole;
    text[k] = static_cast<char>(text[k] ^ (1 << (k % 8)));
    overwrite(path, text);
    EXPECT_SAYS(refusal(path), "--resume");
  }
  EXPECT_GT(whole.size(), 200U);
}

TEST(Checkpoint, IsRefusedWhereItIsCutShortOrHasMoreBehindIt) {
  const auto path = written("cut");
  const auto whole = file_text(path);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    overwrite(path, whole.substr(0, length));
    EXPECT_SAYS(refusal(path), "cut short");
  }
  overwrite(path, whole + "x");
  EXPECT_SAYS(refusal(path), "not as long as it says");
}

TEST(Checkpoint, OfAnotherCaseIsRefusedByItsFingerprint) {
  const auto said = refusal(written("case"), fingerprint + 1);
  EXPECT_SAYS(said, "of another case");
  EXPECT_SAYS(said, "1234567890abcdef");
  EXPECT_SAYS(said, "--set options that it was started with");
}

TEST(Checkpoint, OfAnotherVersionOrFormatSaysSo) {
  const auto path = written("version");
  auto text = file_text(path);
  text.replace(offsetof(checkpoint::Head, version), 5, "9.8.7");
  overwrite(path, text);
  EXPECT_SAYS(refusal(path), "written by fpk 9.8.7");
  text[15] = '2';
  overwrite(path, text);
  EXPECT_SAYS(refusal(path), "another format");
}

TEST(Checkpoint, WithOtherPartsThanAreWantedIsRefusedByTheirNames) {
  const auto path = written("parts");
  const Checkpoint found(path, fingerprint, Communicator::self());
  double x = 0;
  const auto said = [&](const State& state) {
    try {
      found.restore(state);
      return std::string();
    } catch (const CheckpointError& e) {
      return std::string(e.what());
    }
  };
  EXPECT_SAYS(said([&](Archive& a) { a("weight", x); }), "\"number\" where \"weight\"");
  EXPECT_SAYS(said([&](Archive& a) { a("number", x); }), "left over");
}

// The disk fails after the checkpoint has been found whole: cut short at its arrays, the values are there.
TEST(Checkpoint, WhoseArraysCannotBeReadIsRefusedAfterTheWholeStateWasMet) {
  const auto path = written("failing");
  const Checkpoint found(path, fingerprint, Communicator::self());
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 20);
  auto things = empty_things();
  bool met = false;
  try {
    found.restore([&](Archive& a) {
      things.archive(a);
      met = true;  // whatever is collective behind the arrays
    });
    FAIL() << "no exception";
  } catch (const CheckpointError& e) {
    EXPECT_SAYS(std::string(e.what()), "cannot read the checkpoint");
  }
  EXPECT_TRUE(met);
}

// On two processes: the second alone fails, and the first does not wait for it.
TEST(MpiTogether, FailsOnAllWhereItFailsOnOne) {
  const auto world = Communicator::world();
  const auto words = [](const std::string& what) { return "here: " + what; };
  const auto fails = [&](auto error) {
    try {
      checkpoint::together<CheckpointError>(
          world,
          [&] {
            if (world.rank() == world.size() - 1) throw error;
          },
          words);
      return std::string();
    } catch (const CheckpointError& e) {
      return std::string(e.what());
    }
  };
  const bool own = world.rank() == world.size() - 1;
  EXPECT_SAYS(fails(std::system_error(std::make_error_code(std::errc::io_error))),
              own ? std::make_error_code(std::errc::io_error).message() : "here: another process failed");
  EXPECT_SAYS(fails(CheckpointError("damaged")), own ? "damaged" : "here: another process failed");
  checkpoint::together<CheckpointError>(
      world, [] {}, words);
}

TEST(Checkpoint, ThatCannotBeReadSaysWhy) { EXPECT_SAYS(refusal(file_for("nowhere")), "No such file"); }

TEST(Checkpoint, ThatCannotBeWrittenIsAnOutputError) {
  auto things = some_things();
  EXPECT_THROW(
      write_checkpoint(written("a_file") / "checkpoint", fingerprint, Communicator::self(), state_of(things)),
      OutputError);
}

// What a kill between two writes leaves: a whole one, and an unfinished one beside it.
TEST(Checkpoint, StaysWhatItWasUntilTheNextIsWhole) {
  const auto path = written("unfinished");
  overwrite(path.string() + ".part", "half of");
  EXPECT_EQ(refusal(path), "");
  written("unfinished");
  EXPECT_EQ(refusal(path), "");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

RC_GTEST_PROP(CheckpointHash, IsTheSameHoweverTheArrayIsCut, (std::vector<std::uint64_t> words)) {
  const auto bytes = std::as_bytes(std::span(words));
  const auto cut = *rc::gen::inRange<std::size_t>(0, words.size() + 1);
  RC_ASSERT(checkpoint::hash(bytes, 8) ==
            checkpoint::hash(bytes.first(8 * cut), 8) + checkpoint::hash(bytes.subspan(8 * cut), 8, cut));
}

TEST(CheckpointHash, FeelsTheOrder) { EXPECT_NE(checkpoint::hash("ab"), checkpoint::hash("ba")); }

/// No file of this process may grow beyond some bytes: what a disk does that is full. Undone at the end.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);  // an error of the write rather than the end of the process
    rlimit now = before_;
    now.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST(Checkpoint, ThatDoesNotFitOnTheDiskLeavesNothingBesideTheOldOne) {
  const auto file = file_for("full/checkpoint.bin");
  auto things = some_things();
  write_checkpoint(file, fingerprint, Communicator::self(), state_of(things));
  auto larger = things;
  larger.masses.assign(100000, 0.5);
  {
    const FullDisk full(65536);
    EXPECT_THROW(write_checkpoint(file, fingerprint, Communicator::self(), state_of(larger)), OutputError);
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
    EXPECT_EQ(entry.path(), file);
    ++files;
  }
  EXPECT_EQ(files, 1U);
  auto back = empty_things();
  Checkpoint(file, fingerprint, Communicator::self()).restore(state_of(back));
  EXPECT_EQ(back.masses, things.masses);
  std::filesystem::remove_all(file.parent_path());
}

}  // namespace
}  // namespace fpk::io
