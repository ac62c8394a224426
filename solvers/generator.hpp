// The Fokker-Planck operator as the generator of a Markov chain on the cells.
//
//     dm_c/dt = sum over faces (rate in * mass of the neighbour) - (sum of rates out) * m_c        m: cell masses
//
//            forward[c]                     Faces come in families: all faces that join c to c + shift.
//      c  ------------->  c + shift         A face that does not exist has rates 0.
//         <-------------
//            backward[c]
//
//            o      Families are as many as the process needs: one for each axis where noise is independent from
//           /       variable to variable, one for each offset of solvers/flux/selling.hpp where it is not. What
//      o---c---o    a family cannot hold, since it is not the same shift for all cells (rings, mirrored jumps), is a link.
//         /
//        o
//
// From these rates follow the forward operator A (apply), its transpose (backward Kolmogorov), the
// symmetrised form for reversible processes, and the rows of a sparse matrix. Rates are non-negative and the
// columns of A sum to minus the rate of absorption: mass is conserved, positivity kept, entropy never grows.
//
//     | ----- o ------]  rate          What an absorbing face takes is kept face by face: solvers/exits.hpp
//             c     wall               follows where the mass went.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "law/grid.hpp"
#include "model/domain.hpp"
#include "solvers/flux/limited_flux.hpp"

namespace fpk::solvers {

/// One absorbing face of the box: the cells of this part that mass leaves from, and at which rates [1/time].
struct Exit {
  std::size_t axis;
  bool upper;  ///< at the upper end of the axis
  std::vector<std::size_t> cells = {};
  std::vector<double> rates = {};
};

/// What a generator is made of.
struct Rates {
  Rates() = default;
  /// No rates yet, and an exit for each absorbing face: on every process, though it may hold none of its cells.
  Rates(law::GridPart on, const model::Domain& domain);

  law::GridPart part;
  bool periodic = false;  ///< along the last axis, where halos close on themselves
  std::size_t reach = 1;  ///< planes of the last axis that the longest jump crosses
  std::vector<Family> families;
  std::vector<Link> links;
  LimitedFlux limited;      ///< what is not linear in the masses; mostly nothing
  bool is_signed = false;   ///< the linear form of limited fluxes, whose rates may be negative
  std::vector<Exit> exits;  ///< by axis, the lower end first
  std::optional<std::vector<double>> log_weights;  ///< ln pi_c (any constant) where detailed balance holds

  /// Lets mass leave `cell` through the absorbing face at that end of the axis.
  void absorb(std::size_t cell, std::size_t axis, bool upper, double rate);
  /// Zero, with as many halo planes as the jumps cross.
  [[nodiscard]] Field field() const { return {part, periodic, reach}; }
  /// Rate of absorption of each cell, through all exits.
  [[nodiscard]] std::vector<double> absorption() const;
};

/// Which of the two equations of a generator.
enum class Direction {
  forward,  ///< A: moves masses
  backward  ///< A^T: moves expectations, u_c = E[f(X_t) | X_0 in c]
};

class Generator {
 public:
  /// Exchanges the halos of the rates. Collective.
  explicit Generator(Rates rates);

  [[nodiscard]] const law::GridPart& part() const { return rates_.part; }
  [[nodiscard]] const Rates& rates() const { return rates_; }
  [[nodiscard]] const std::vector<double>& outflow() const {
    return outflow_;
  }  ///< sum of rates out of each cell
  /// Over all processes; with the most that limited fluxes can take.
  [[nodiscard]] double largest_outflow() const { return largest_outflow_; }
  /// Whether some of its fluxes are limited, and so not linear in the masses. What is linear then has the limits left
  /// out, and rates of either sign: apply_transpose, and all that asks for a matrix or for faces.
  [[nodiscard]] bool is_limited() const { return !rates_.limited.empty(); }
  /// Itself, or the linear form of a limited one, which lives as long as it does. Collective.
  [[nodiscard]] const Generator& linear() const;
  [[nodiscard]] bool is_closed() const { return closed_; }  ///< nothing is absorbed anywhere
  [[nodiscard]] Field field() const { return rates_.field(); }

  // Each exchanges the halo of its input. Collective.
  void apply(Field& masses, std::span<double> out) const;            ///< out = A masses
  void apply_transpose(Field& values, std::span<double> out) const;  ///< out = A^T values

 private:
  Rates rates_;
  std::vector<double> outflow_;
  double largest_outflow_ = 0;
  mutable std::shared_ptr<const Generator> linear_;  ///< made when first asked for
  bool closed_ = true;
};

/// The reversible generator made symmetric, S = Pi^{-1/2} A Pi^{1/2}: off-diagonal sqrt(forward * backward).
class SymmetricGenerator {
 public:
  /// Collective. The generator must carry log_weights.
  explicit SymmetricGenerator(const Generator& generator);

  void apply(Field& q, std::span<double> out) const;  ///< out = S q
  [[nodiscard]] const std::vector<Family>& families() const { return families_; }
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }
  [[nodiscard]] const std::vector<double>& diagonal() const { return diagonal_; }  ///< of -S
  [[nodiscard]] double spectral_bound() const {
    return bound_;
  }  ///< eigenvalues lie in [-bound, 0] (Gershgorin)

 private:
  std::vector<Family> families_;  ///< forward holds the weights, backward is empty
  std::vector<Link> links_;
  std::vector<double> diagonal_;
  double bound_ = 0;
};

}  // namespace fpk::solvers
