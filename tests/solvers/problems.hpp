// Processes with known answers, and small helpers, shared by the tests of the solvers.
#pragma once

#include <cmath>
#include <memory>

#include "law/density.hpp"
#include "law/exact/gaussian.hpp"
#include "model/affine.hpp"
#include "solvers/choose_propagator.hpp"

namespace fpk::solvers::testing {

inline formula::Formula parse(const std::string& text, const std::vector<std::string>& variables) {
  return formula::parse(text, {variables, {}, {}});
}

inline model::Process langevin(const std::string& potential, double D, std::vector<std::string> variables) {
  const auto L = parse(potential, variables);
  return model::overdamped_langevin(std::move(variables), L, D);
}

/// Drift formulas and one independent source of noise for each variable.
inline model::Process drifted(const std::vector<std::string>& drift, const std::vector<std::string>& noise,
                              const std::vector<std::string>& variables) {
  model::Process p;
  p.variables = variables;
  auto scope = variables;
  scope.emplace_back("t");
  p.noise.assign(drift.size(), std::vector<formula::Formula>(drift.size(), formula::Formula(0.0)));
  for (std::size_t i = 0; i < drift.size(); ++i) {
    p.drift.push_back(parse(drift[i], scope));
    p.noise[i][i] = parse(noise[i], scope);
  }
  return p;
}

/// Drift formulas and a matrix of noise, a row for each variable and a column for each source.
inline model::Process correlated(const std::vector<std::string>& drift,
                                 const std::vector<std::vector<std::string>>& noise,
                                 const std::vector<std::string>& variables) {
  model::Process p;
  p.variables = variables;
  auto scope = variables;
  scope.emplace_back("t");
  for (const auto& b : drift) p.drift.push_back(parse(b, scope));
  for (const auto& row : noise) {
    p.noise.emplace_back();
    for (const auto& s : row) p.noise.back().push_back(parse(s, scope));
  }
  return p;
}

inline model::Domain box(const std::vector<std::string>& variables, double lower, double upper,
                         model::Boundary boundary = model::Boundary::reflecting) {
  model::Domain d;
  for (const auto& v : variables) d.sides.push_back({v, lower, upper, boundary, boundary});
  return d;
}

inline law::GridPart grid(const model::Domain& domain, std::size_t cells,
                          parallel::Communicator processes = parallel::Communicator::self()) {
  return {domain.grid(std::vector<std::size_t>(domain.dimension(), cells)), processes};
}

inline law::Gaussian gaussian(const std::vector<std::string>& variables, std::vector<double> mean,
                              std::vector<double> sd) {
  const auto d = static_cast<Eigen::Index>(mean.size());
  const Eigen::VectorXd s = Eigen::Map<Eigen::VectorXd>(sd.data(), d);
  return {variables, Eigen::Map<Eigen::VectorXd>(mean.data(), d), s.cwiseAbs2().asDiagonal()};
}

using law::l1_distance;

inline std::vector<double> gibbs(const model::Process& process, const law::GridPart& part) {
  return law::Density::equilibrium(std::make_shared<law::CellShape>(part, process.log_stationary())).masses();
}

/// Masses at time t by the propagator of that name.
inline std::vector<double> evolve(const std::string& propagator, const model::Process& process,
                                  const model::Domain& domain, const law::GridPart& part,
                                  std::vector<double> masses, double t, double tolerance = 1e-9) {
  const PropagatorTask task{generator_in_time(process, domain, part), process.depends_on_time(), t,
                            tolerance};
  choose_propagator(propagator, task).propagator->make(task)->advance(masses, 0, t, {});
  return masses;
}

/// Mean and second central moments of cell masses, cells taken as uniform.
struct Moments {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

inline Moments moments(const law::GridPart& part, std::span<const double> masses) {
  const auto d = static_cast<Eigen::Index>(part.grid().dimension());
  Moments m{Eigen::VectorXd::Zero(d), Eigen::MatrixXd::Zero(d, d)};
  const auto point = [&](std::size_t c) -> Eigen::VectorXd {
    const auto x = part.grid().center(part.index(c));
    return Eigen::Map<const Eigen::VectorXd>(x.data(), d);
  };
  for (std::size_t c = 0; c < masses.size(); ++c) m.mean += masses[c] * point(c);
  for (std::size_t c = 0; c < masses.size(); ++c)
    m.covariance += masses[c] * (point(c) - m.mean) * (point(c) - m.mean).transpose();
  for (Eigen::Index a = 0; a < d; ++a) {
    const double h = part.grid().axis(static_cast<std::size_t>(a)).width(0);
    m.covariance(a, a) += h * h / 12;  // of a uniform cell
  }
  return m;
}

}  // namespace fpk::solvers::testing
