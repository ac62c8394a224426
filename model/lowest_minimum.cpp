#include "model/lowest_minimum.hpp"

#include <cmath>

#include "formula/program.hpp"

namespace fpk::model {
namespace {

using formula::Formula;

constexpr int most_steps = 200;
constexpr double flat =
    1e-10;  ///< slope below which a place counts as a minimum, against the slope it began with
constexpr double armijo = 1e-4;  ///< share of the fall that the slope promises

/// f, its gradient and its Hessian by one program.
class Jet {
 public:
  Jet(const Formula& f, const std::vector<std::string>& variables)
      : d_(static_cast<Eigen::Index>(variables.size())), program_(outputs(f, variables), variables) {}

  struct Value {
    double f;
    Eigen::VectorXd slope;
    Eigen::MatrixXd hessian;
  };

  [[nodiscard]] Value at(const Eigen::VectorXd& x) const {
    const auto v = program_({x.data(), static_cast<std::size_t>(d_)});
    return {v[0], Eigen::Map<const Eigen::VectorXd>(v.data() + 1, d_),
            Eigen::Map<const Eigen::MatrixXd>(v.data() + 1 + d_, d_, d_)};
  }

 private:
  static std::vector<Formula> outputs(const Formula& f, const std::vector<std::string>& variables) {
    std::vector<Formula> all{f};
    for (const auto& v : variables) all.push_back(f.derivative(v));
    for (const auto& v : variables)
      for (const auto& w : variables) all.push_back(f.derivative(v).derivative(w));
    return all;
  }
  Eigen::Index d_;
  formula::Program program_;
};

Eigen::VectorXd downhill(const Jet::Value& here) {
  const auto d = here.slope.size();
  double shift = 0;
  const double size = 1e-3 * here.hessian.norm() + 1e-12;
  while (true) {
    const Eigen::LLT<Eigen::MatrixXd> factor(here.hessian + shift * Eigen::MatrixXd::Identity(d, d));
    if (factor.info() == Eigen::Success) return -factor.solve(here.slope);
    shift = shift == 0 ? size : 10 * shift;
    if (!std::isfinite(shift)) return -here.slope;
  }
}

bool is_minimum(const Jet::Value& here, double first_slope) {
  return here.slope.norm() <= flat * (1 + first_slope) &&
         Eigen::LLT<Eigen::MatrixXd>(here.hessian).info() == Eigen::Success;
}

std::optional<Minimum> descend(const Jet& jet, Eigen::VectorXd x) {
  auto here = jet.at(x);
  const double first_slope = here.slope.norm();
  for (int n = 0; n < most_steps && std::isfinite(here.f); ++n) {
    if (is_minimum(here, first_slope)) return Minimum{x, here.f, here.hessian};
    const Eigen::VectorXd step = downhill(here);
    if (!step.allFinite()) return std::nullopt;
    double share = 1;
    auto there = jet.at(x + step);
    while (!(there.f <= here.f + armijo * share * here.slope.dot(step)) && share > 1e-12) {
      share /= 2;
      there = jet.at(x + share * step);
    }
    if (share <= 1e-12) break;
    x += share * step;
    here = std::move(there);
  }
  // The last digits of a minimum are lost in the rounding of f, not in its slope.
  if (here.slope.norm() <= 1e3 * flat * (1 + first_slope) &&
      Eigen::LLT<Eigen::MatrixXd>(here.hessian).info() == Eigen::Success)
    return Minimum{x, here.f, here.hessian};
  return std::nullopt;
}

}  // namespace

std::vector<std::vector<double>> starts_in(const std::vector<std::array<double, 2>>& sides) {
  constexpr std::size_t most_sides = 4;
  const int parts = sides.size() <= most_sides ? 5 : 1;
  std::vector<std::vector<double>> starts{{}};
  for (const auto& [lower, upper] : sides) {
    std::vector<std::vector<double>> longer;
    for (const auto& start : starts)
      for (int k = 0; k < parts; ++k) {
        longer.push_back(start);
        longer.back().push_back(lower + (upper - lower) * (k + 0.5) / parts);
      }
    starts = std::move(longer);
  }
  return starts;
}

std::optional<Minimum> lowest_minimum(const Formula& f, const std::vector<std::string>& variables,
                                      const std::vector<std::vector<double>>& starts) {
  const Jet jet(f, variables);
  std::optional<Minimum> lowest;
  for (const auto& start : starts) {
    auto found = descend(
        jet, Eigen::Map<const Eigen::VectorXd>(start.data(), static_cast<Eigen::Index>(start.size())));
    if (found && (!lowest || found->value < lowest->value)) lowest = std::move(found);
  }
  return lowest;
}

}  // namespace fpk::model
