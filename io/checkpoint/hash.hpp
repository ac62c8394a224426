// A hash of an array that does not depend on how the array is cut: a sum over its entries, modulo 2^64,
//
//     h = sum_i mix(w_i xor mix(i + 1))        w_i: entry i, 1 or 8 bytes
//
// mix is a bijection of 64-bit words that avalanches (Steele, Lea, Flood 2014, SplitMix64, the constants of Stafford's
// variant 13), so every change of a single entry changes h, and any other damage goes unseen once in 2^64. Processes that
// hold pieces add up theirs. It guards against accidents and mistaken edits, not against forgery.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace fpk::io::checkpoint {

inline std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// Of entries number `first`, first + 1, ... of an array.
inline std::uint64_t hash(std::span<const std::byte> entries, std::size_t entry_size,
                          std::uint64_t first = 0) {
  std::uint64_t sum = 0;
  for (std::size_t offset = 0; offset + entry_size <= entries.size(); offset += entry_size) {
    std::uint64_t word = 0;
    std::memcpy(&word, entries.data() + offset, entry_size);
    sum += mix(word ^ mix(++first));
  }
  return sum;
}

inline std::uint64_t hash(std::string_view text) { return hash(std::as_bytes(std::span(text)), 1); }

}  // namespace fpk::io::checkpoint
