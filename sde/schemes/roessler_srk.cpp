#include "sde/schemes/roessler_srk.hpp"

#include <cmath>

namespace fpk::sde {
namespace {

constexpr std::size_t stages = 3;
using Stages = std::array<Vector, stages>;

double row_sum(const RoesslerTableau::Column& row) { return row[0] + row[1] + row[2]; }

/// The stages of one step, each kept as the coefficient there.
class Step {
 public:
  Step(const model::Process& process, const RoesslerTableau& tableau)
      : s_(process), T_(tableau), column_(s_.m) {
    for (std::size_t i = 0; i < stages; ++i) {
      drift_[i] = s_.at(s_.b, H(i), time(T_.A0[i]));
      for (std::size_t k = 0; k < s_.m; ++k) column_[k][i] = s_.at(s_.sigma[k], H(i, k), time(T_.A1[i]));
    }
  }

  [[nodiscard]] StepFormulas formulas() const {
    Vector next = s_.x;
    for (std::size_t i = 0; i < stages; ++i) {
      next += drift_[i] * (Formula(T_.alpha[i]) * s_.dt);
      for (std::size_t k = 0; k < s_.m; ++k) {
        next += column_[k][i] * (Formula(T_.beta1[i]) * I(k) + Formula(T_.beta2[i]) * I(k, k) / s_.root_dt);
        if (s_.m == 1) continue;  // then every G is X_n, and beta3 and beta4 sum to zero
        next += s_.at(s_.sigma[k], G(i, k), time(T_.A2[i])) *
                (Formula(T_.beta3[i]) * I(k) + Formula(T_.beta4[i]) * s_.root_dt);
      }
    }
    return {{s_.m, s_.m > 0 ? s_.m - 1 : 0}, next};
  }

 private:
  [[nodiscard]] Formula time(const RoesslerTableau::Column& row) const {
    return s_.t + Formula(row_sum(row)) * s_.dt;
  }
  [[nodiscard]] static Formula I(std::size_t k) { return Letters::dW(k); }
  [[nodiscard]] Formula I(std::size_t k, std::size_t l) const {
    const Formula area = k == l ? s_.dt : k < l ? Letters::sign(k) * s_.dt : -(Letters::sign(l) * s_.dt);
    return Formula(0.5) * (I(k) * I(l) - area);
  }

  /// X_n and the share of the drifts of earlier stages.
  [[nodiscard]] Vector drifted(const RoesslerTableau::Column& row, std::size_t i) const {
    Vector sum = s_.x;
    for (std::size_t j = 0; j < i; ++j) sum += drift_[j] * (Formula(row[j]) * s_.dt);
    return sum;
  }
  [[nodiscard]] Vector H(std::size_t i) const {
    Vector sum = drifted(T_.A0[i], i);
    for (std::size_t j = 0; j < i; ++j)
      for (std::size_t l = 0; l < s_.m; ++l) sum += column_[l][j] * (Formula(T_.B0[i][j]) * I(l));
    return sum;
  }
  [[nodiscard]] Vector H(std::size_t i, std::size_t k) const {
    Vector sum = drifted(T_.A1[i], i);
    for (std::size_t j = 0; j < i; ++j) sum += column_[k][j] * (Formula(T_.B1[i][j]) * s_.root_dt);
    return sum;
  }
  [[nodiscard]] Vector G(std::size_t i, std::size_t k) const {
    Vector sum = drifted(T_.A2[i], stages);
    for (std::size_t j = 0; j < stages; ++j)
      for (std::size_t l = 0; l < s_.m; ++l)
        if (l != k) sum += column_[l][j] * (Formula(T_.B2[i][j]) * I(k, l) / s_.root_dt);
    return sum;
  }

  Letters s_;
  const RoesslerTableau& T_;
  Stages drift_;                ///< a(H_i)
  std::vector<Stages> column_;  ///< b^k(H_i^k)
};

}  // namespace

const RoesslerTableau& dri1() {
  static const double r6 = std::sqrt(6.0), r38 = std::sqrt(38.0 / 491), r221 = std::sqrt(221.0 / 4955);
  static const double a1 = 342.0 / 491, b1 = 3 * r38;
  static const double b21 = 214.0 / 513 * std::sqrt(1105.0 / 991), b22 = 491.0 / 513 * r221;
  static const RoesslerTableau tableau{.A0 = {{{0, 0, 0}, {0.5, 0, 0}, {-1, 2, 0}}},
                                       .A1 = {{{0, 0, 0}, {a1, 0, 0}, {a1, 0, 0}}},
                                       .A2 = {},
                                       .B0 = {{{0, 0, 0}, {(6 - r6) / 10, 0, 0}, {(3 + 2 * r6) / 5, 0, 0}}},
                                       .B1 = {{{0, 0, 0}, {b1, 0, 0}, {-b1, 0, 0}}},
                                       .B2 = {{{0, 0, 0}, {-b21, -b22, -b22}, {b21, b22, b22}}},
                                       .alpha = {1.0 / 6, 2.0 / 3, 1.0 / 6},
                                       .beta1 = {193.0 / 684, 491.0 / 1368, 491.0 / 1368},
                                       .beta2 = {0, 1 / (6 * r38), -1 / (6 * r38)},
                                       .beta3 = {-4955.0 / 7072, 4955.0 / 14144, 4955.0 / 14144},
                                       .beta4 = {0, -1 / (8 * r221), 1 / (8 * r221)}};
  return tableau;
}

StepFormulas roessler_srk(const model::Process& process, const RoesslerTableau& tableau) {
  return Step(process, tableau).formulas();
}

StepFormulas roessler_srk(const model::Process& process) { return roessler_srk(process, dri1()); }

}  // namespace fpk::sde
