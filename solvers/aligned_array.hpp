// Arrays of doubles that begin on a cache line: a vector register is then filled from one line, not from two.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace fpk::solvers {

inline constexpr std::size_t cache_line = 64;  ///< bytes
inline constexpr std::size_t doubles_per_line = cache_line / sizeof(double);

template <class T>
struct LineAllocator {
  using value_type = T;
  LineAllocator() = default;
  template <class U>
  explicit LineAllocator(const LineAllocator<U>& /*other*/) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{cache_line}));
  }
  void deallocate(T* p, std::size_t /*n*/) { ::operator delete (p, std::align_val_t{cache_line}); }
  friend bool operator==(const LineAllocator& /*a*/, const LineAllocator& /*b*/) { return true; }
};

using AlignedArray = std::vector<double, LineAllocator<double>>;

}  // namespace fpk::solvers
