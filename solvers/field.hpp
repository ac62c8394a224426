// Values on the cells of a part, with planes of the neighbouring processes' cells on both sides.
//
//    [ halo planes | own planes | halo planes ]       data()[c], c from -halo() to size() + halo() - 1
//
// The halo is zero where the grid ends, so that a stencil may read it: its rate there is zero.
#pragma once

#include <span>

#include "law/grid.hpp"
#include "solvers/aligned_array.hpp"

namespace fpk::solvers {

class Field {
 public:
  Field() = default;
  /// Zero everywhere, with `reach` halo planes on either side; `periodic`: the last axis closes on itself.
  /// Throws SolverError where a process holds fewer planes than that. Collective.
  Field(const law::GridPart& part, bool periodic, std::size_t reach = 1);

  [[nodiscard]] double* data() { return values_.data() + lead(); }  ///< on a cache line
  [[nodiscard]] const double* data() const { return values_.data() + lead(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t halo() const { return halo_; }
  [[nodiscard]] std::span<double> own() { return {data(), size_}; }
  [[nodiscard]] std::span<const double> own() const { return {data(), size_}; }
  /// Fills the halo from the neighbours. Collective.
  void exchange();

 private:
  /// What stands before the own cells: the halo, in whole cache lines.
  [[nodiscard]] std::size_t lead() const {
    return (halo_ + doubles_per_line - 1) / doubles_per_line * doubles_per_line;
  }
  AlignedArray values_;
  std::size_t size_ = 0, halo_ = 0;
  bool periodic_ = false;
  parallel::Communicator processes_ = parallel::Communicator::self();
};

}  // namespace fpk::solvers
