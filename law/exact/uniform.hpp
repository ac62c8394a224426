// Uniform law on a box, exact.
#pragma once

#include "law/law.hpp"

namespace fpk::law {

class Uniform : public InitialLaw {
 public:
  /// Throws std::invalid_argument unless lower[a] < upper[a] for every axis.
  Uniform(std::vector<std::string> variables, std::vector<double> lower, std::vector<double> upper);

  [[nodiscard]] std::size_t dimension() const override { return variables_.size(); }
  [[nodiscard]] const std::vector<double>& lower() const { return lower_; }
  [[nodiscard]] const std::vector<double>& upper() const { return upper_; }
  [[nodiscard]] std::vector<double> cell_masses(const GridPart& part) const override;
  [[nodiscard]] std::vector<Estimate> expectations(const std::vector<Observable>& observables) const override;
  [[nodiscard]] double total_mass() const override { return 1; }
  void place(std::span<const double* const> uniforms, std::size_t n,
             std::span<double* const> positions) const override;

 private:
  std::vector<std::string> variables_;
  std::vector<double> lower_, upper_;
};

}  // namespace fpk::law
