// A law known through its cell masses on a grid, and how the mass of a cell is spread inside it.
//
// Inside a cell the density is taken proportional to a known shape (the stationary density, where there is
// one) or constant. As p / pi is smoother than p, expectations gain accuracy; those of the stationary law
// itself are exact up to quadrature.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "law/law.hpp"

namespace fpk::law {

/// The cells of a part with the shape of the density inside them; remembers the cell averages of observables.
class CellShape {
 public:
  /// `log_shape`: ln of the shape up to a constant, in the variables of the grid; none: constant.
  explicit CellShape(GridPart part, std::optional<formula::Formula> log_shape = std::nullopt);

  [[nodiscard]] const GridPart& part() const { return part_; }
  [[nodiscard]] const std::optional<formula::Formula>& log_shape() const { return log_shape_; }
  /// E[f | cell] for each cell of the part.
  [[nodiscard]] const std::vector<double>& averages(const Observable& observable) const;

 private:
  GridPart part_;
  std::optional<formula::Formula> log_shape_;
  mutable std::map<std::string, std::vector<double>> averages_;  ///< by the text of the formula
};

class Density : public Law {
 public:
  Density(std::shared_ptr<const CellShape> cells, std::vector<double> masses);

  /// The law proportional to the shape itself, normalised on the grid. Collective. Throws
  /// std::invalid_argument where there is no shape.
  static Density equilibrium(std::shared_ptr<const CellShape> cells);

  [[nodiscard]] const GridPart& part() const { return cells_->part(); }
  [[nodiscard]] const std::vector<double>& masses() const { return masses_; }
  [[nodiscard]] std::vector<double>& masses() { return masses_; }
  /// Smallest cell average over all processes. Collective.
  [[nodiscard]] double minimum() const;

  /// On its own grid only.
  [[nodiscard]] std::vector<double> cell_masses(const GridPart& on) const override;
  [[nodiscard]] std::vector<Estimate> expectations(const std::vector<Observable>& observables) const override;
  [[nodiscard]] double total_mass() const override;
  /// Largest less smallest cell average of the observable over the cells with more mass than `mass`.
  /// Collective.
  [[nodiscard]] double range(const Observable& observable, double mass) const;

 private:
  std::shared_ptr<const CellShape> cells_;
  std::vector<double> masses_;
};

}  // namespace fpk::law
