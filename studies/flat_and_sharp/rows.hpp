// The rows of the study's tables. A rate is 1 / mean time from one minimum to the other.
#pragma once

#include <filesystem>
#include <vector>

#include "studies/flat_and_sharp/computed.hpp"

namespace fpk::studies {

/// A rate of escape from one well: by the density road, by quadrature, by Laplace's method, and by two laws.
struct Rates {
  double minimum = 0;  ///< 0, the flat one, or 1
  double computed = 0, computed_error = 0, exact = 0, laplace = 0, kramers = 0, power_law = 0;
};

/// The wells under one noise of the shipped cases.
struct NoiseRow {
  double strength = 0;                ///< D, or T
  double floor = 0;                   ///< of the loss; 0 where the noise does not depend on it
  double share = 0, exact_share = 0;  ///< stationary probability of the flat well
  Rates flat, sharp;
};

/// Stochastic gradient descent, from the sharp well.
struct SgdRow {
  double learning_rate = 0, batch = 0, noise = 0;
  SeenRate chains;
  PassageTime sme1, sme2;
  double exact = 0, kramers = 0,
         power_law = 0;    ///< rates of sme1; the two laws from what is known at the minimum
  double sharp_share = 0;  ///< stationary probability of the sharp well under sme1
};

struct StudyRows {
  std::vector<NoiseRow> isotropic, curvature, loss;
  std::vector<SgdRow> sgd;
};

/// All of them, each table written to `folder` as it grows. `cases`: where data/cases is.
StudyRows study_rows(const std::filesystem::path& cases, const std::filesystem::path& folder);

/// The pictures of the study, as a page.
std::string study_page(const StudyRows& rows);

}  // namespace fpk::studies
