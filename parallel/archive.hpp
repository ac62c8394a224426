// State on its way into a checkpoint, or back out of one.
//
// Whoever owns state has one function, archive(Archive&), that names each of its parts in turn. The same function saves
// and restores, so the two cannot disagree about order, type or number: what is saved from a place comes back to it.
//
// There are two kinds of parts. *Values* are the same on every process. *Shared arrays* are spread over the processes,
// each of which names its own stretch by its place in the whole; so an archive that one number of processes has saved is
// restored by any other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fpk::parallel {

/// A stretch of an array that the processes share, of entries of 1 or 8 bytes.
struct SharedArray {
  std::span<std::byte> here;  ///< what this process holds
  std::uint64_t entry_size;
  std::uint64_t first;    ///< place of its first entry in the whole
  std::uint64_t entries;  ///< of the whole
};

class Archive {
 public:
  Archive() = default;
  virtual ~Archive() = default;
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// Whether parts are overwritten by what was saved, rather than saved.
  [[nodiscard]] virtual bool is_restoring() const = 0;

  /// A value: a number, a text, a flag; a vector, array, pair or optional of values; or anything for which a function
  /// archive(Archive&, T&) is found. Restoring throws where the archive has another name in that place.
  template <class T>
  void operator()(std::string_view name, T& value) {
    begin(name);
    put(value);
  }

  /// This process's stretch of an array of `entries` numbers, the first of them number `first`.
  template <class T>
  void shared(std::string_view name, std::span<T> here, std::uint64_t first, std::uint64_t entries) {
    static_assert(std::is_arithmetic_v<T> && (sizeof(T) == 1 || sizeof(T) == 8));
    begin(name);
    put_shared({std::as_writable_bytes(here), sizeof(T), first, entries});
  }

  /// One after another, without names: for the functions archive(Archive&, T&).
  template <class... T>
  void all(T&... values) {
    (put(values), ...);
  }

 protected:
  virtual void begin(std::string_view name) = 0;
  virtual void bytes(std::span<std::byte> value) = 0;
  /// A number of things to come: the one given, or where restoring the one saved. Throws where there cannot be as many.
  virtual std::uint64_t count(std::uint64_t here) = 0;
  virtual void put_shared(const SharedArray& array) = 0;

 private:
  template <class T>
  struct IsOptional : std::false_type {};
  template <class T>
  struct IsOptional<std::optional<T>> : std::true_type {};
  template <class T>
  struct IsPair : std::false_type {};
  template <class A, class B>
  struct IsPair<std::pair<A, B>> : std::true_type {};
  template <class T>
  struct IsArray : std::false_type {};
  template <class T, std::size_t n>
  struct IsArray<std::array<T, n>> : std::true_type {};
  template <class T>
  struct IsSequence : std::false_type {};
  template <class T>
  struct IsSequence<std::vector<T>> : std::true_type {};
  template <class C>
  struct IsSequence<std::basic_string<C>> : std::true_type {};

  template <class T>
  void put(T& value) {
    if constexpr (std::is_arithmetic_v<T>) {
      bytes(std::as_writable_bytes(std::span(&value, 1)));
    } else if constexpr (IsOptional<T>::value) {
      const bool there = count(value.has_value() ? 1 : 0) != 0;
      if (!there) value.reset();
      if (there && !value) value.emplace();
      if (there) put(*value);
    } else if constexpr (IsPair<T>::value) {
      all(value.first, value.second);
    } else if constexpr (IsArray<T>::value) {
      for (auto& element : value) put(element);
    } else if constexpr (IsSequence<T>::value) {
      value.resize(static_cast<std::size_t>(count(value.size())));
      put_elements(value);
    } else {
      archive(*this, value);
    }
  }

  template <class Sequence>
  void put_elements(Sequence& sequence) {
    if constexpr (std::is_arithmetic_v<typename Sequence::value_type>)
      bytes(std::as_writable_bytes(std::span(sequence.data(), sequence.size())));
    else
      for (auto& element : sequence) put(element);
  }
};

}  // namespace fpk::parallel
