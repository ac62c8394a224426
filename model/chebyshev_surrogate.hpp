// Formulas that are dear to evaluate, as sums over the rows of a table are, replaced by polynomials on a box:
//
//     f(x) ~ p(x) = sum over i, j, ... of c_ij... T_i(s_1) T_j(s_2) ...,        s_a = (2 x_a - lower_a - upper_a) / (upper_a - lower_a),
//
// interpolating f at the zeros of T_(n+1) along every axis; T_k are Chebyshev's polynomials. For an analytic f the error falls like
// rho^-n (Trefethen 2013, "Approximation Theory and Approximation Practice", theorem 8.2). Outside of the box s is held at its end.
//
// The degree n grows until the error, looked for at points off the nodes, is below a tolerance. What is stated is twice the largest error
// found, relative to the largest value of the fields.
#pragma once

#include <span>
#include <stdexcept>
#include <vector>

#include "formula/formula.hpp"
#include "model/domain.hpp"

namespace fpk::model {

/// No polynomial of the degrees that are tried is near enough.
class NoSurrogate : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Surrogate {
  std::vector<formula::Formula> fields;  ///< one for each that was given, in the box's variables
  std::size_t degree = 0;                ///< along each axis
  double error = 0;  ///< relative to the largest value of any of the fields; at most the tolerance
};

/// What has to be near: the fields, or their slopes as well (each against the largest slope of any).
enum class Nearness { values, values_and_slopes };

/// `fields` depend on the box's variables alone. Throws NoSurrogate, which says how near the largest degree comes, and where a field is
/// not finite.
Surrogate chebyshev_surrogate(std::span<const formula::Formula> fields, const Domain& box, double tolerance,
                              Nearness nearness = Nearness::values);

/// The largest degree that is tried in d dimensions.
std::size_t largest_surrogate_degree(std::size_t d);

}  // namespace fpk::model
