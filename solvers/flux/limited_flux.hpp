// Fluxes that are second order without noise to carry them, and limited so that no mass can become negative.
//
// Drift without noise in its direction (kinetic equations: dq = v dt). Across the face between cells c and d, velocity v:
//
//      u       c   face  d        flux = v p,   p = clip(p*, 0, 2 p_c),       p*: the quadratic with the means of u, c, d,
//   |--o--|----o----|----o----|                                                at the face
//                v --->           for equal cells p* = (-p_u + 5 p_c + 2 p_d) / 6, third order upwind biased (van Leer 1977)
//
// and the mirror image for v < 0. What leaves a cell is non-negative and at most 2 |v| p_c: forward Euler keeps masses
// non-negative for steps up to 1 / (largest outflow, with this bound in it), and so do the methods that are convex
// combinations of such steps (solvers/propagators/ssp_runge_kutta.hpp). Positivity is all that the limiter enforces:
// smooth extrema keep the order.
//
// Noise along offsets that cells cannot represent (solvers/flux/selling.hpp): a rate -rho < 0 from x to y would take mass
// out of y in proportion to the mass of x. It moves
//
//      rho min(m_x, 2 m_y)   from y to x:                  the linear scheme while neighbours differ by less than a factor 2
//
// Without the limits both are linear, with rates of either sign, for what needs a matrix: spectra, passage times and
// stationary laws. (Positivity by limiting: Boris, Book 1973; Zalesak 1979.)
#pragma once

#include <vector>

#include "model/domain.hpp"
#include "solvers/family.hpp"

namespace fpk::solvers {

/// Drift without noise across the faces of one axis.
class Transport {
 public:
  Transport(const law::GridPart& part, const model::Domain& domain, std::size_t axis, Field velocity);

  void exchange() { velocity_.exchange(); }
  /// out += what the fluxes bring. The halo of the masses must be filled, two planes of it.
  void add(const double* masses, std::span<double> out) const;
  /// Adds to each cell the most that can leave it, relative to its mass [1/time].
  void add_bound(std::span<double> outflow) const;
  /// The same without limits: rates of either sign to the next cell and to the one after it, as families, and as links
  /// where a ring closes inside this process. The halo of the velocity must be filled.
  void add_linear(std::vector<Family>& families, std::vector<Link>& links) const;

 private:
  /// The face above the cells at one position of the axis. Weights take masses to a point value at the face.
  struct Rule {
    std::ptrdiff_t below, above, above_that;  ///< from the cell below the face; 0 where there is none
    std::array<double, 3> up, down;           ///< (u, c, d) for v > 0 and for v < 0
    double most_up, most_down;                ///< 2 / width of the cell that is left
  };
  [[nodiscard]] std::size_t position(std::ptrdiff_t cell) const;
  [[nodiscard]] double flux(const Rule& rule, const double* m, std::ptrdiff_t cell) const;

  law::GridPart part_;
  std::size_t axis_;
  std::ptrdiff_t stride_;
  Field velocity_;  ///< at the face above each cell [length/time]; 0 at a wall
  std::vector<Rule> rules_;
};

struct LimitedFlux {
  std::vector<Transport> transport;
  std::vector<Family> negative;  ///< sizes of negative rates
  std::vector<Link> negative_links;

  [[nodiscard]] bool empty() const { return transport.empty() && negative.empty(); }
  void exchange();
  void add(const double* masses, std::span<double> out) const;
  void add_bound(std::span<double> outflow) const;
  /// The same without limits, as rates of either sign.
  void add_linear(std::vector<Family>& families, std::vector<Link>& links) const;
};

}  // namespace fpk::solvers
