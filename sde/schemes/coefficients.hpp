// The coefficients b and sigma of a process at the points of a block, for the schemes.
//
// Everything that varies is one Program, so that drift and noise share their common subexpressions. Noise
// entries that are zero cost nothing; constant ones are one number for the block.
#pragma once

#include <vector>

#include "formula/program.hpp"
#include "model/process.hpp"
#include "sde/block.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

class Coefficients {
 public:
  explicit Coefficients(const model::Process& process);

  [[nodiscard]] std::size_t sources() const { return sources_; }  ///< m, the components of dW

  /// b and the varying entries of sigma at one block of points. Of one thread.
  class Values : public Scratch {
   public:
    explicit Values(const Coefficients& coefficients);
    [[nodiscard]] const double* drift(std::size_t i) const { return outputs_[i]; }

   private:
    friend class Coefficients;
    std::shared_ptr<formula::Program::Workspace> workspace_;
    BlockArrays outputs_;
    BlockArrays time_;
    std::vector<const double*> inputs_;
  };

  /// Sets `at` to the values at x[a][0..block_width) and time t.
  void evaluate(std::span<double* const> x, double t, Values& at) const;
  /// x_i += b_i dt + sum_k sigma_ik dW_k, the drift first; b and sigma from `at`.
  void add_increment(std::span<double* const> x, double dt, const Values& at,
                     std::span<const double* const> dW) const;

 private:
  struct ConstantEntry {
    std::size_t i, k;
    double sigma;
  };
  struct VaryingEntry {
    std::size_t i, k, output;
  };
  std::size_t dimension_, sources_;
  bool depends_on_time_;
  std::vector<ConstantEntry> constant_;  ///< in the order of i
  std::vector<VaryingEntry> varying_;
  formula::Program program_;

  static formula::Program compile(const model::Process& process, std::vector<ConstantEntry>& constant,
                                  std::vector<VaryingEntry>& varying);
};

}  // namespace fpk::sde
