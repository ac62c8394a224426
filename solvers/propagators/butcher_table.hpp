// The coefficients of a diagonally implicit Runge-Kutta scheme with an explicit first stage, stiffly accurate.
//
//       0 |
//      2g |  g     g                          y_i  = y + h sum_j a_ij k_j,   k_i = A(t + c_i h) y_i
//     c_3 | a_31  a_32   g                    y(t + h) = y_s, the last stage
//     ... |                                   estimate = h sum_j (b_j - a_sj) k_j, by the embedded weights b
//       1 | a_s1  a_s2  ...   g
//     --- + ------------------------
//         | b_1   b_2   ...   b_s
//
// All implicit stages share the matrix I - h g A, and the first stage is the last of the step before.
#pragma once

#include <string_view>
#include <vector>

namespace fpk::solvers {

/// What becomes of the embedded estimate E, with P = (I - h g A)^{-1}.
enum class Estimate {
  smoothed,  ///< P E: for embedded weights whose stability function is not bounded
  /// 2 (P E - E) = 2 h g A P E where A is constant: an order higher, that of the last stage's own error h^(p+1) A^(p+1) y,
  /// which E of an embedded scheme of order p - 1 exceeds by orders of magnitude. E itself where A depends on time.
  sharpened
};

struct ButcherTable {
  std::string_view name;
  int order = 0;              ///< of the last stage
  int order_of_embedded = 0;  ///< of the embedded weights
  Estimate estimate = Estimate::smoothed;
  std::vector<std::vector<double>> a;  ///< row i has i + 1 entries; row 0 is {0}
  std::vector<double> embedded;        ///< b

  [[nodiscard]] std::size_t stages() const { return a.size(); }
  [[nodiscard]] double diagonal() const { return a.back().back(); }
  /// c_i, the sum of row i.
  [[nodiscard]] double time(std::size_t i) const {
    double sum = 0;
    for (const double x : a[i]) sum += x;
    return sum;
  }
};

}  // namespace fpk::solvers
