#include "solvers/spectrum/general_modes.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>

#include "solvers/each_face.hpp"
#include "solvers/petsc/backward_extension.hpp"
#include "solvers/petsc/eigensolver.hpp"
#include "solvers/spectrum/mode_signs.hpp"
#include "solvers/spectrum/small_eigenvalues.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using Complex = std::complex<double>;

constexpr double relative_shift = 1e-8;
/// ln of the least sqrt(pi) over the largest that balances: what is smaller weighs nothing in any mode.
constexpr double least_log_scale = -115;
/// The same for rates of either sign, whose stationary law is rounding, of either sign, where it is small.
constexpr double least_log_scale_signed = -14;
constexpr double visible = 1e-4;
/// Imaginary parts below this of the modulus are rounding.
constexpr double real_enough = 1e-10;
/// Eigenvalues closer than this, relatively, count as one.
constexpr double equal = 1e-8;

Complex total(const law::GridPart& part, const ComplexVector& terms) {
  std::vector<double> re(terms.size()), im(terms.size());
  for (std::size_t c = 0; c < terms.size(); ++c) {
    re[c] = terms[c].real();
    im[c] = terms[c].imag();
  }
  return {law::total(part, re), law::total(part, im)};
}

/// Sum of u_c v_c, without conjugation.
Complex product(const law::GridPart& part, const ComplexVector& u, const ComplexVector& v) {
  ComplexVector terms(u);
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] *= v[c];
  return total(part, terms);
}

/// The masses that balance the two sides.
std::vector<double> balancing_law(const Generator& generator) {
  if (generator.is_closed()) return stationary_masses(generator).masses;
  Rates closed = generator.rates();
  closed.exits.clear();
  return stationary_masses(Generator(std::move(closed))).masses;
}

Field real_field(const Generator& generator, const ComplexVector& v, bool imaginary) {
  Field field = generator.field();
  for (std::size_t c = 0; c < v.size(); ++c) field.data()[c] = imaginary ? v[c].imag() : v[c].real();
  field.exchange();
  return field;
}

/// A vector with its halo.
struct Halved {
  Halved(const Generator& generator, const ComplexVector& v)
      : re(real_field(generator, v, false)), im(real_field(generator, v, true)) {}
  [[nodiscard]] Complex at(std::ptrdiff_t c) const { return {re.data()[c], im.data()[c]}; }
  Field re, im;
};

/// The two-sided Rayleigh quotient of -A for l . r = 1, as a sum over the faces.
Complex rayleigh_quotient(const Generator& generator, const Mode& mode) {
  const Halved r(generator, mode.right), l(generator, mode.left);
  Complex sum = 0;
  for_each_face(generator, [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward) {
    sum += (forward * r.at(i) - backward * r.at(j)) * (l.at(i) - l.at(j));
  });
  for (const auto& exit : generator.rates().exits)
    for (std::size_t k = 0; k < exit.cells.size(); ++k)
      sum += exit.rates[k] * mode.right[exit.cells[k]] * mode.left[exit.cells[k]];
  const auto& processes = generator.part().processes();
  return {processes.sum(sum.real()), processes.sum(sum.imag())};
}

class GeneralModes {
 public:
  GeneralModes(const Generator& generator, std::size_t count, bool full)
      : generator_(generator),
        part_(generator.part()),
        law_(balancing_law(generator)),
        count_(count),
        full_(full) {
    const double largest = part_.processes().max(*std::max_element(law_.begin(), law_.end()));
    const double least = generator.rates().is_signed ? least_log_scale_signed : least_log_scale;
    for (const double m : law_)
      log_scale_.push_back(std::max(least, 0.5 * std::log(std::max(m, 1e-300) / largest)));
  }

  Spectrum run() {
    const std::size_t n = part_.grid().size(), wanted = std::min(2 * count_ + 6, n);
    const double tau = relative_shift * generator_.largest_outflow();
    auto pairs = petsc::general_eigenpairs(generator_, wanted, tau, log_scale_);
    std::sort(pairs.begin(), pairs.end(),
              [](const auto& a, const auto& b) { return std::abs(a.value) < std::abs(b.value); });
    const bool closed = generator_.is_closed();
    Spectrum s;
    for (std::size_t k = closed ? 1 : 0; k < pairs.size(); ++k) s.modes.push_back(mode(pairs[k]));
    sort_by_decay(s.modes);
    biorthogonalise(s.modes);
    refine_small_eigenvalues(generator_, s.modes);
    sort_by_decay(s.modes);
    for (auto& m : s.modes) rescale(m);
    if (closed) s.modes.insert(s.modes.begin(), stationary_mode());
    cut(s.modes);
    s.complete_below = std::abs(pairs.back().value);
    finish(s);
    return s;
  }

 private:
  [[nodiscard]] Mode stationary_mode() const {
    return {0.0, ComplexVector(law_.begin(), law_.end()), ComplexVector(law_.size(), 1.0), 0};
  }

  [[nodiscard]] Mode mode(const petsc::Eigenpair& pair) const {
    Mode m{pair.value, pair.right, pair.left, 0};
    for (std::size_t c = 0; c < law_.size(); ++c) {
      const double w = std::exp(log_scale_[c]);
      m.right[c] *= w;
      m.left[c] /= w;
    }
    if (std::abs(pair.value.imag()) < real_enough * std::abs(pair.value)) make_real(m);
    normalise(m);
    return m;
  }

  static void make_real(Mode& m) {
    m.eigenvalue.imag(0);
    for (auto* v : {&m.right, &m.left})
      for (auto& z : *v) z.imag(0);
  }

  /// Free of the stationary mode; mean square of l is 1 under the law.
  void normalise(Mode& m) const {
    const ComplexVector law(law_.begin(), law_.end());
    if (generator_.is_closed()) {
      const Complex mean = product(part_, m.left, law), mass = total(part_, m.right);
      for (std::size_t c = 0; c < law_.size(); ++c) {
        m.left[c] -= mean;
        m.right[c] -= mass * law_[c];
      }
    }
    rescale(m);
  }

  /// Mean square of l is 1 under the law; l . r stays.
  void rescale(Mode& m) const {
    std::vector<double> squares(law_);
    for (std::size_t c = 0; c < squares.size(); ++c) squares[c] *= std::norm(m.left[c]);
    const double size = std::sqrt(law::total(part_, squares));
    for (auto& l : m.left) l /= size;
    for (auto& r : m.right) r *= size;
  }

  /// Makes l_a . r_b = 1 for a = b and 0 else among the modes [first, last) of one eigenvalue: r <- r (l . r)^{-1}.
  void biorthogonalise(std::vector<Mode>& modes, std::size_t first, std::size_t last) const {
    const auto n = static_cast<Eigen::Index>(last - first);
    Eigen::MatrixXcd overlap(n, n);
    const auto at = [&](Eigen::Index k) -> Mode& { return modes[first + static_cast<std::size_t>(k)]; };
    for (Eigen::Index a = 0; a < n; ++a)
      for (Eigen::Index b = 0; b < n; ++b) overlap(a, b) = product(part_, at(a).left, at(b).right);
    const Eigen::MatrixXcd inverse = overlap.inverse();
    for (std::size_t c = 0; c < law_.size(); ++c) {
      Eigen::RowVectorXcd r(n);
      for (Eigen::Index k = 0; k < n; ++k) r(k) = at(k).right[c];
      r = r * inverse;
      for (Eigen::Index k = 0; k < n; ++k) at(k).right[c] = r(k);
    }
  }

  void biorthogonalise(std::vector<Mode>& modes) const {
    for (std::size_t first = 0, last = 0; first < modes.size(); first = last) {
      for (last = first + 1; last < modes.size(); ++last) {
        const Complex a = modes[first].eigenvalue, b = modes[last].eigenvalue;
        if (std::abs(a - b) > equal * std::abs(a)) break;
      }
      biorthogonalise(modes, first, last);
    }
    for (auto& m : modes) {
      const bool is_real = m.eigenvalue.imag() == 0;
      m.eigenvalue = rayleigh_quotient(generator_, m);
      if (is_real) m.eigenvalue.imag(0);
    }
  }

  static void sort_by_decay(std::vector<Mode>& modes) {
    std::stable_sort(modes.begin(), modes.end(), [](const Mode& a, const Mode& b) {
      const double x = a.eigenvalue.real(), y = b.eigenvalue.real();
      if (std::abs(x - y) > real_enough * std::max(std::abs(a.eigenvalue), std::abs(b.eigenvalue)))
        return x < y;
      return a.eigenvalue.imag() > b.eigenvalue.imag();
    });
  }

  void cut(std::vector<Mode>& modes) const {
    std::size_t end = std::min(count_, modes.size());
    if (end < modes.size() && end > 0 && modes[end - 1].eigenvalue.imag() > 0) ++end;
    modes.resize(end);
  }

  void continue_observables(Spectrum& s) const {
    std::vector<char> core(law_.size());
    for (std::size_t c = 0; c < core.size(); ++c) core[c] = log_scale_[c] >= std::log(visible) ? 1 : 0;
    std::vector<Complex> values;
    std::vector<ComplexVector*> functions;
    for (std::size_t k = generator_.is_closed() ? 1 : 0; k < s.modes.size(); ++k) {
      values.push_back(s.modes[k].eigenvalue);
      functions.push_back(&s.modes[k].left);
    }
    petsc::continue_into_tail(generator_, core, values, functions);
  }

  void finish(Spectrum& s) const {
    if (full_) continue_observables(s);
    fix_phases(part_, s.modes);
    for (auto& m : s.modes) m.residual = residual(m);
    if (generator_.is_closed()) s.stationary_residual = relative_residual(generator_, law_);
    s.form = "general";
    s.remark =
        "no detailed balance: two-sided Rayleigh quotients, the small ones summed in double-double "
        "arithmetic";
  }

  [[nodiscard]] double residual(const Mode& m) const {
    const std::size_t n = law_.size();
    std::vector<double> re(n), im(n), squares(n), sizes(n);
    Halved r(generator_, m.right);
    generator_.apply(r.re, re);
    generator_.apply(r.im, im);
    for (std::size_t c = 0; c < n; ++c) {
      const double w2 = std::exp(-2 * log_scale_[c]);
      squares[c] = std::norm(Complex(re[c], im[c]) + m.eigenvalue * m.right[c]) * w2;
      sizes[c] = std::norm(m.right[c]) * w2;
    }
    return std::sqrt(law::total(part_, squares) / law::total(part_, sizes)) / generator_.largest_outflow();
  }

  const Generator& generator_;
  law::GridPart part_;
  std::vector<double> law_, log_scale_;
  std::size_t count_;
  bool full_;
};

}  // namespace

Spectrum general_modes(const Generator& generator, std::size_t count, Thoroughness thoroughness) {
  return GeneralModes(generator, std::max<std::size_t>(count, 1), thoroughness == Thoroughness::full).run();
}

}  // namespace fpk::solvers
