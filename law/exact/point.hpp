// All mass at one point.
#pragma once

#include "law/law.hpp"

namespace fpk::law {

/// On a grid the mass is shared among the cells whose centres surround the point, with the weights of linear
/// interpolation: mass and mean are kept.
class PointMass : public InitialLaw {
 public:
  PointMass(std::vector<std::string> variables, std::vector<double> position);

  [[nodiscard]] std::size_t dimension() const override { return variables_.size(); }
  [[nodiscard]] const std::vector<double>& position() const { return position_; }
  [[nodiscard]] std::vector<double> cell_masses(const GridPart& part) const override;
  [[nodiscard]] std::vector<Estimate> expectations(const std::vector<Observable>& observables) const override;
  [[nodiscard]] double total_mass() const override { return 1; }
  void place(std::span<const double* const> uniforms, std::size_t n,
             std::span<double* const> positions) const override;

 private:
  std::vector<std::string> variables_;
  std::vector<double> position_;
};

}  // namespace fpk::law
