// What `fpk spectrum` found out, as plain data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "law/grid.hpp"

namespace fpk::io {

/// The real part of an eigenfunction, as the page shows it.
struct ModePicture {
  std::vector<double> right, left;  ///< one variable: cell averages of the density-like, values of the other
  law::PlaneMarginal right_plane;   ///< more: integrated over the axes beyond the second
  law::PlaneMarginal left_plane;    ///< two variables only: values times areas
};

struct ModeRecord {
  double real = 0, imaginary = 0;  ///< of the eigenvalue of minus the generator
  double residual = 0;             ///< over the largest rate
  ModePicture picture;
};

/// Along each axis; 0 along one that is no ring.
struct TransportRecord {
  std::vector<double> velocity;
  std::vector<std::vector<double>> diffusion;
};

struct SpectrumRecord {
  std::vector<std::size_t> cells;
  std::string flux;          ///< face weights
  std::string form, remark;  ///< "symmetric" or "general"; how well the eigenvalues are known
  std::vector<ModeRecord> modes;
  std::optional<double> gap;
  std::optional<double>
      gap_error;  ///< estimate: a third of the change from half as many cells along each axis
  double largest_rate = 0;
  double complete_below = 0;
  std::optional<double> stationary_residual;
  std::optional<TransportRecord> transport;  ///< of a closed box with a periodic axis
  std::vector<double> edges;                 ///< of the first axis, for one variable
  double seconds = 0;
};

}  // namespace fpk::io
