// Where what stands in a checkpoint (docs/checkpoint.md). Numbers are little-endian, as on the machines fpk is built for.
//
//     | Head, 64 bytes | values | a TableRow for each shared array | array 0 | array 1 | ... |
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "io/checkpoint/hash.hpp"
#include "parallel/communicator.hpp"

namespace fpk::io::checkpoint {

inline constexpr char magic[17] = "fpk checkpoint 1";  ///< the digit is the version of the format

struct Head {
  char magic[16];
  char version[16];           ///< of fpk
  std::uint64_t fingerprint;  ///< of the case
  std::uint64_t values;       ///< bytes
  std::uint64_t arrays;       ///< shared ones
  std::uint64_t hash;         ///< of this head, where it is 0, and of values and table behind it
};
static_assert(sizeof(Head) == 64);

struct TableRow {
  std::uint64_t entry_size, entries;
  std::uint64_t offset;  ///< from the start of the file
  std::uint64_t hash;
};
static_assert(sizeof(TableRow) == 32);

inline std::uint64_t bytes_of(const TableRow& row) { return row.entry_size * row.entries; }

/// Sums modulo 2^64 over the processes, by halves of the words: signed numbers must not overflow. Collective.
inline void sum_hashes(const parallel::Communicator& processes, std::vector<std::uint64_t>& hashes) {
  std::vector<std::int64_t> halves;
  for (const std::uint64_t h : hashes) {
    halves.push_back(static_cast<std::int64_t>(h & 0xffffffffU));
    halves.push_back(static_cast<std::int64_t>(h >> 32));
  }
  processes.sum(std::span(halves));
  for (std::size_t k = 0; k < hashes.size(); ++k)
    hashes[k] =
        static_cast<std::uint64_t>(halves[2 * k]) + (static_cast<std::uint64_t>(halves[2 * k + 1]) << 32);
}

inline void set_text(char (&field)[16], std::string_view text) {
  std::memset(field, 0, sizeof field);
  std::memcpy(field, text.data(), text.size() < sizeof field ? text.size() : sizeof field);
}

inline std::string text_of(const char (&field)[16]) {
  std::size_t length = 0;
  while (length < sizeof field && field[length] != 0) ++length;
  return {field, length};
}

/// Head, values and table as they stand in the file; `front` begins with a head.
inline std::uint64_t hash_of_front(std::string front) {
  const std::uint64_t none = 0;
  std::memcpy(front.data() + offsetof(Head, hash), &none, sizeof none);
  return hash(front);
}

}  // namespace fpk::io::checkpoint
