// Arithmetic on blocks of formula::block_width numbers, the unit in which particles are advanced.
#pragma once

#include <vector>

#include "formula/program.hpp"

namespace fpk::sde {

/// Arrays of one block each, aligned for the widest vectors.
class BlockArrays {
 public:
  explicit BlockArrays(std::size_t count);
  BlockArrays(BlockArrays&&) noexcept = default;
  BlockArrays& operator=(BlockArrays&&) noexcept = default;

  [[nodiscard]] std::size_t count() const { return arrays_.size(); }
  [[nodiscard]] double* operator[](std::size_t k) const { return pointers_[k]; }
  [[nodiscard]] std::span<double* const> all() const { return pointers_; }
  [[nodiscard]] std::span<const double* const> all_const() const {
    return {pointers_.data(), pointers_.size()};
  }

 private:
  struct alignas(64) Array {
    double value[formula::block_width];
  };
  std::vector<Array> arrays_;
  std::vector<double*> pointers_;
};

// One block each; arrays do not overlap.
void add_multiple(double* x, double c, const double* y);  ///< x += c y
/// x = (x + c y) + d z
void add_two_multiples(double* x, double c, const double* y, double d, const double* z);
void add_product(double* x, const double* y, const double* z);  ///< x += y z
void set_sum(double* x, const double* y, const double* z);      ///< x = y + z
bool is_inside(const double* x, double lower, double upper);    ///< every x in [lower, upper] (NaN is not)
/// Some (x - wall) (y - wall) <= reach * square, so that a path from x to y may have been at the wall.
bool is_near(const double* x, const double* y, double wall, double reach, const double* square);

}  // namespace fpk::sde
