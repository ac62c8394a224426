#include "solvers/spectrum/reversible_modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "solvers/petsc/backward_extension.hpp"
#include "solvers/petsc/eigensolver.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/spectrum/dirichlet_form.hpp"
#include "solvers/spectrum/mode_signs.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using Vectors = std::vector<std::vector<double>>;

/// Shift over the largest rate: below it eigenvalues look alike to the solver, and Rayleigh-Ritz tells them apart.
constexpr double relative_shift = 1e-8;
/// Modes beyond those asked for: a multiple eigenvalue at the end of the list is then seen whole.
constexpr std::size_t spare = 2;
/// Of the largest sqrt(pi): below it q / sqrt(pi) is rounding, and the backward equation says what l is.
constexpr double visible = 1e-4;
/// Eigenvalues apart by less, relatively, cannot be counted one by one.
constexpr double countable = 1e-6;
constexpr int most_searches = 4;

double dot(const law::GridPart& part, const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> terms(a);
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] *= b[c];
  return law::total(part, terms);
}

/// Takes from v what lies along the vectors of `unit`, twice for round-off, and gives it unit length.
void orthonormalise(const law::GridPart& part, std::vector<double>& v, const Vectors& unit) {
  for (int pass = 0; pass < 2; ++pass) {
    for (const auto& u : unit) {
      const double along = dot(part, u, v);
      for (std::size_t c = 0; c < v.size(); ++c) v[c] -= along * u[c];
    }
    const double norm = std::sqrt(dot(part, v, v));
    for (auto& x : v) x /= norm;
  }
}

/// sqrt(pi), pi summing to 1.
std::vector<double> root_weights(const Generator& generator) {
  const auto& log_weights = *generator.rates().log_weights;
  const auto& part = generator.part();
  const double largest = part.processes().max(*std::max_element(log_weights.begin(), log_weights.end()));
  std::vector<double> root(log_weights);
  for (auto& w : root) w = std::exp(0.5 * (w - largest));
  orthonormalise(part, root, {});
  return root;
}

class Search {
 public:
  Search(const Generator& generator, std::size_t count, bool full)
      : generator_(generator),
        part_(generator.part()),
        root_(root_weights(generator)),
        bound_(SymmetricGenerator(generator).spectral_bound()),
        full_(full) {
    if (generator.is_closed()) known_.push_back(root_);
    const std::size_t n = part_.grid().size();
    count_ = std::min(count, n) - known_.size();
    wanted_ = std::min(count + spare, n) - known_.size();
  }

  Spectrum run() {
    find(wanted_);
    for (int k = 1; full_ && missing() > 0; ++k) {
      if (k == most_searches)
        throw SolverError(
            fmt::format("the eigensolver missed {} of the modes below {:.3g} in {} searches; try another "
                        "number of modes",
                        missing(), cut(), k));
      find(missing());
    }
    fix_bases(part_, values_, root_, q_);
    return answer();
  }

 private:
  void find(std::size_t more) {
    if (more == 0) return;
    Vectors deflated = known_;
    deflated.insert(deflated.end(), q_.begin(), q_.end());
    for (const auto& pair :
         petsc::symmetric_eigenpairs(generator_, more, relative_shift * bound_, deflated)) {
      std::vector<double> q(part_.size());
      std::transform(pair.right.begin(), pair.right.end(), q.begin(), [](auto z) { return z.real(); });
      q_.push_back(std::move(q));
    }
    rayleigh_ritz();
  }

  void rayleigh_ritz() {
    Vectors unit = known_;
    for (auto& q : q_) {
      orthonormalise(part_, q, unit);
      unit.push_back(q);
    }
    const auto ritz = jacobi_eigenproblem(dirichlet_matrix(generator_, q_), q_.size());
    values_ = ritz.values;
    Vectors turned(q_.size(), std::vector<double>(part_.size(), 0.0));
    for (std::size_t k = 0; k < q_.size(); ++k)
      for (std::size_t m = 0; m < q_.size(); ++m)
        for (std::size_t c = 0; c < turned[k].size(); ++c) turned[k][c] += ritz.vectors[k][m] * q_[m][c];
    q_ = std::move(turned);
  }

  /// Where to cut the list for counting: the widest gap, relatively, at or behind the last mode asked for.
  [[nodiscard]] std::size_t cut_index() const {
    std::size_t best = count_;
    double widest = -1;
    for (std::size_t k = std::max<std::size_t>(count_, 1); k < values_.size(); ++k) {
      const double width = (values_[k] - values_[k - 1]) / values_[k];
      if (width > widest) {
        widest = width;
        best = k;
      }
    }
    return widest > countable ? best : 0;
  }
  [[nodiscard]] double cut() const {
    const std::size_t k = cut_index();
    return k == 0 ? 0 : 0.5 * (values_[k - 1] + values_[k]);
  }

  /// How many modes below the cut the search has passed over; 0 where they cannot be counted.
  [[nodiscard]] std::size_t missing() const {
    const double at = cut();
    if (!(at > 1e-10 * bound_)) return 0;  // pivots of that size have no sign that one could trust
    const std::size_t there = petsc::eigenvalues_below(generator_, at), found = cut_index() + known_.size();
    return there > found ? there - found : 0;
  }

  [[nodiscard]] Mode mode(double value, const std::vector<double>& q, const SymmetricGenerator& S) const {
    Mode m{value, ComplexVector(q.size()), ComplexVector(q.size()), 0};
    Field in = generator_.field();
    std::copy(q.begin(), q.end(), in.data());
    std::vector<double> residual(q.size());
    S.apply(in, residual);
    for (std::size_t c = 0; c < q.size(); ++c) {
      residual[c] += value * q[c];
      m.right[c] = root_[c] * q[c];
      m.left[c] = q[c] / root_[c];
    }
    m.residual = std::sqrt(dot(part_, residual, residual)) / bound_;
    return m;
  }

  Spectrum answer() {
    Spectrum s;
    const SymmetricGenerator S(generator_);
    if (!known_.empty()) s.modes.push_back(mode(0, root_, S));
    for (std::size_t k = 0; k < std::min(count_, q_.size()); ++k)
      s.modes.push_back(mode(values_[k], q_[k], S));
    if (!known_.empty()) {
      std::fill(s.modes.front().left.begin(), s.modes.front().left.end(), 1.0);
      s.stationary_residual = stationary_masses(generator_).residual;
    }
    if (full_) continue_observables(s);
    s.form = "symmetric";
    s.remark = "detailed balance: Ritz values of the Dirichlet form, a sum of squares over the faces";
    if (full_ && cut() > 0) s.remark += "; none is missing, by a count of pivots";
    s.complete_below = values_.empty() ? 0 : values_[std::min(count_, values_.size()) - 1];
    return s;
  }

  void continue_observables(Spectrum& s) const {
    const double largest = part_.processes().max(*std::max_element(root_.begin(), root_.end()));
    std::vector<char> core(root_.size());
    for (std::size_t c = 0; c < core.size(); ++c) core[c] = root_[c] >= visible * largest ? 1 : 0;
    std::vector<std::complex<double>> values;
    std::vector<ComplexVector*> functions;
    for (auto& m : s.modes) {
      if (m.eigenvalue == 0.0 && generator_.is_closed()) continue;
      values.push_back(m.eigenvalue);
      functions.push_back(&m.left);
    }
    petsc::continue_into_tail(generator_, core, values, functions);
  }

  const Generator& generator_;
  law::GridPart part_;
  std::vector<double> root_;
  double bound_;
  bool full_;
  std::size_t count_ = 0, wanted_ = 0;
  Vectors known_, q_;
  std::vector<double> values_;
};

}  // namespace

Spectrum reversible_modes(const Generator& generator, std::size_t count, Thoroughness thoroughness) {
  return Search(generator, std::max<std::size_t>(count, 1), thoroughness == Thoroughness::full).run();
}

}  // namespace fpk::solvers
