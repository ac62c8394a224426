#include "model/moments_in_time.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fpk::model {
namespace {

constexpr std::size_t fewest_steps = 32, most_steps = std::size_t{1} << 18;
constexpr double agreement = 1e-12;

/// The mean in the first column, the covariance in the others.
using State = Eigen::MatrixXd;

/// The coefficients at equally spaced times from 0 to `end`.
class Table {
 public:
  Table(const formula::Program& program, double end, std::size_t intervals)
      : columns_(program.output_count(), std::vector<double>(intervals + 1)) {
    std::vector<double> t(intervals + 1);
    for (std::size_t k = 0; k <= intervals; ++k)
      t[k] = end * static_cast<double>(k) / static_cast<double>(intervals);
    std::vector<double*> out;
    for (auto& column : columns_) out.push_back(column.data());
    program.evaluate(std::vector<const double*>{t.data()}, t.size(), out);
  }

  [[nodiscard]] State slope(std::size_t k, const State& s) const {
    const Eigen::Index d = s.rows();
    Eigen::MatrixXd B(d, d), noise(d, d);
    Eigen::VectorXd c(d);
    for (Eigen::Index i = 0; i < d; ++i) {
      c[i] = at(d * d + i, k);
      for (Eigen::Index j = 0; j < d; ++j) {
        B(i, j) = at(d * i + j, k);
        noise(i, j) = at(d * d + d + d * i + j, k);
      }
    }
    State change = B * s;
    change.col(0) += c;
    change.rightCols(d) += s.rightCols(d) * B.transpose() + noise;
    return change;
  }

 private:
  [[nodiscard]] double at(Eigen::Index column, std::size_t k) const {
    return columns_[static_cast<std::size_t>(column)][k];
  }
  std::vector<std::vector<double>> columns_;
};

State runge_kutta(const formula::Program& coefficients, State s, double end, std::size_t steps) {
  const Table table(coefficients, end, 2 * steps);
  const double h = end / static_cast<double>(steps);
  for (std::size_t n = 0; n < steps; ++n) {
    const State k1 = table.slope(2 * n, s), k2 = table.slope(2 * n + 1, s + h / 2 * k1),
                k3 = table.slope(2 * n + 1, s + h / 2 * k2), k4 = table.slope(2 * n + 2, s + h * k3);
    s += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return s;
}

}  // namespace

std::optional<AffineInTime> AffineInTime::of(const Process& process) {
  const auto free_of_place = [&](const Formula& f) {
    return std::ranges::none_of(process.variables, [&](const auto& v) { return f.depends_on(v); });
  };
  std::vector<Formula> B, c, noise;
  const auto a = process.diffusion();
  for (std::size_t i = 0; i < process.dimension(); ++i) {
    Formula at_origin = process.drift[i];
    for (std::size_t j = 0; j < process.dimension(); ++j) {
      B.push_back(process.drift[i].derivative(process.variables[j]));
      noise.push_back(Formula(2.0) * a[i][j]);
      if (!free_of_place(B.back()) || !free_of_place(noise.back())) return std::nullopt;
      at_origin = at_origin.substitute(process.variables[j], Formula(0.0));
    }
    c.push_back(at_origin);
  }
  B.insert(B.end(), c.begin(), c.end());
  B.insert(B.end(), noise.begin(), noise.end());
  return AffineInTime(process.variables,
                      std::make_shared<const formula::Program>(B, std::vector<std::string>{time_name}));
}

law::Gaussian AffineInTime::law_at(double t, const Eigen::VectorXd& mean,
                                   const Eigen::MatrixXd& covariance) const {
  State start(mean.size(), mean.size() + 1);
  start << mean, covariance;
  State found = start;
  if (t > 0) {
    found = runge_kutta(*coefficients_, start, t, fewest_steps);
    double change = 1;
    for (std::size_t steps = 2 * fewest_steps; !(change <= agreement); steps *= 2) {
      if (steps > most_steps) throw std::invalid_argument("the moments of the affine process do not settle");
      const State finer = runge_kutta(*coefficients_, start, t, steps);
      change = (finer - found).cwiseAbs().maxCoeff() / (1e-300 + finer.cwiseAbs().maxCoeff());
      found = finer;
    }
  }
  const Eigen::MatrixXd C = found.rightCols(mean.size());
  return {variables_, found.col(0), 0.5 * (C + C.transpose())};
}

}  // namespace fpk::model
