// A law known through particles: N points of equal weight, shared among the processes.
#pragma once

#include <cstdint>

#include "law/law.hpp"
#include "parallel/archive.hpp"

namespace fpk::law {

/// Particles are kept as structure of arrays. A particle that was absorbed or has exploded is not alive: it
/// counts in N, but lies in no cell and contributes nothing to an expectation.
class Sample : public Law {
 public:
  /// Particles in a piece whose sums are formed one after another; pieces are then added in a fixed tree, so
  /// sums have the same bits for any number of threads and processes. Each process holds whole pieces.
  static constexpr std::size_t piece = 4096;

  /// This process's share of `count` particles, numbered from `number` on.
  Sample(std::vector<std::string> variables, std::int64_t count, parallel::Communicator processes,
         std::int64_t number = 0);

  [[nodiscard]] const std::vector<std::string>& variables() const { return variables_; }
  [[nodiscard]] std::size_t dimension() const { return variables_.size(); }
  [[nodiscard]] std::int64_t count() const { return count_; }  ///< of all processes
  [[nodiscard]] std::int64_t first() const { return first_; }  ///< number of the first particle held here
  [[nodiscard]] std::size_t size() const { return alive_.size(); }  ///< particles held here
  [[nodiscard]] double* positions(std::size_t a) { return positions_[a].data(); }
  [[nodiscard]] const double* positions(std::size_t a) const { return positions_[a].data(); }
  [[nodiscard]] std::uint8_t* alive() { return alive_.data(); }
  [[nodiscard]] const std::uint8_t* alive() const { return alive_.data(); }
  [[nodiscard]] const parallel::Communicator& processes() const { return processes_; }

  /// On a grid of the first few variables: their marginal law.
  [[nodiscard]] std::vector<double> cell_masses(const GridPart& part) const override;
  [[nodiscard]] std::vector<Estimate> expectations(const std::vector<Observable>& observables) const override;
  [[nodiscard]] double total_mass() const override;  ///< the share that is alive

  /// Saves or restores positions and lives, from and to any number of processes. Collective.
  void archive(parallel::Archive& archive);

 private:
  std::vector<std::string> variables_;
  std::int64_t count_, first_;
  parallel::Communicator processes_;
  std::vector<std::vector<double>> positions_;
  std::vector<std::uint8_t> alive_;
};

}  // namespace fpk::law
