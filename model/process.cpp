#include "model/process.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "model/noise_convention.hpp"

namespace fpk::model {
namespace {

bool is_zero(const Formula& f) { return f.constant() == 0.0; }

}  // namespace

std::vector<std::vector<Formula>> Process::diffusion() const {
  if (!known_diffusion.empty()) return known_diffusion;
  const std::size_t d = dimension();
  std::vector<std::vector<Formula>> a(d, std::vector<Formula>(d, Formula(0.0)));
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      for (std::size_t k = 0; k < noise_sources(); ++k)
        a[i][j] = a[i][j] + noise[i][k] * noise[j][k] / Formula(2.0);
  // Exactly D I, without the round-off of sqrt(2 D)^2 / 2.
  for (std::size_t i = 0; i < d; ++i) {
    if (reversible) a[i][i] = Formula(reversible->temperature);
    if (rotating) a[i][i] = Formula(rotating->temperature);
    if (annealed) a[i][i] = annealed->temperature;
  }
  return a;
}

bool Process::has_diagonal_diffusion() const {
  const auto a = diffusion();
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j)
      if (i != j && !is_zero(a[i][j])) return false;
  return true;
}

bool Process::depends_on_time() const {
  for (const auto& b : drift)
    if (b.depends_on(time_name)) return true;
  for (const auto& row : noise)
    for (const auto& s : row)
      if (s.depends_on(time_name)) return true;
  return false;
}

std::vector<std::string> Process::inputs() const {
  auto names = variables;
  names.emplace_back(time_name);
  return names;
}

std::optional<Formula> Process::log_stationary() const {
  if (reversible) return -(reversible->potential / Formula(reversible->temperature));
  if (rotating) return -(rotating->potential / Formula(rotating->temperature));
  if (stationary) return log(*stationary);
  return std::nullopt;
}

const Formula* Process::potential() const {
  if (reversible) return &reversible->potential;
  if (rotating) return &rotating->potential;
  return annealed ? &annealed->potential : nullptr;
}

Process Process::frozen(double t) const {
  const auto at = [t](const Formula& f) { return f.substitute(time_name, Formula(t)); };
  if (annealed) {
    const double D = at(annealed->temperature).constant().value_or(-1);
    if (!(D > 0)) throw std::domain_error(fmt::format("the temperature is {} at t = {}", D, t));
    return annealed->J.empty() ? overdamped_langevin(variables, annealed->potential, D)
                               : rotating_langevin(variables, annealed->potential, D, annealed->J);
  }
  Process p = *this;
  for (auto& b : p.drift) b = at(b);
  for (auto* matrix : {&p.noise, &p.known_diffusion})
    for (auto& row : *matrix)
      for (auto& s : row) s = at(s);
  return p;
}

std::vector<std::string> Process::equations() const {
  if (!written.empty()) return written;
  if (const Formula* L = potential()) {
    const auto& J = rotating ? rotating->J : annealed ? annealed->J : std::vector<std::vector<double>>{};
    const std::string D = reversible ? fmt::format("{}", reversible->temperature)
                          : rotating ? fmt::format("{}", rotating->temperature)
                                     : annealed->temperature.text();
    std::vector<std::string> lines = {
        fmt::format("dX = -{} dt + sqrt(2 D) dW", J.empty() ? "grad L" : "(I + J) grad L"),
        fmt::format("L = {}", L->text()), fmt::format("D = {}", D)};
    std::string rows;
    for (const auto& row : J) rows += fmt::format("{}[{}]", rows.empty() ? "" : ", ", fmt::join(row, ", "));
    if (!J.empty()) lines.push_back(fmt::format("J = [{}]", rows));
    return lines;
  }
  std::vector<std::string> lines;
  const auto add = [&](const std::vector<Formula>& b, std::string_view product, std::string_view sense) {
    for (std::size_t i = 0; i < dimension(); ++i) {
      std::string line = fmt::format("d{} = ({}) dt", variables[i], b[i].text());
      for (std::size_t k = 0; k < noise_sources(); ++k)
        if (!is_zero(noise[i][k])) line += fmt::format(" + ({}){}dW{}", noise[i][k].text(), product, k + 1);
      lines.push_back(fmt::format("{}{}", line, sense));
    }
  };
  if (given_in != nullptr)
    add(drift_as_given, given_in->sign, fmt::format(" ({}, as given)", given_in->title));
  add(drift, " ", given_in != nullptr ? " (Ito, converted)" : "");
  return lines;
}

Process overdamped_langevin(std::vector<std::string> variables, const Formula& potential,
                            double temperature) {
  Process p;
  p.variables = std::move(variables);
  const std::size_t d = p.dimension();
  p.noise.assign(d, std::vector<Formula>(d, Formula(0.0)));
  for (std::size_t i = 0; i < d; ++i) {
    p.drift.push_back(-potential.derivative(p.variables[i]));
    p.noise[i][i] = Formula(std::sqrt(2 * temperature));
  }
  p.reversible = Reversible{potential, temperature};
  return p;
}

Process rotating_langevin(std::vector<std::string> variables, const Formula& potential, double temperature,
                          std::vector<std::vector<double>> J) {
  Process p = overdamped_langevin(std::move(variables), potential, temperature);
  const std::size_t d = p.dimension();
  if (J.size() != d) throw std::invalid_argument("a rotation has a row for each variable");
  const auto slope = p.drift;  // -grad L
  for (std::size_t i = 0; i < d; ++i) {
    if (J[i].size() != d) throw std::invalid_argument("a rotation has a column for each variable");
    for (std::size_t j = 0; j < d; ++j) {
      if (J[i][j] != -J[j][i]) throw std::invalid_argument("a rotation is antisymmetric");
      if (J[i][j] != 0) p.drift[i] = p.drift[i] + Formula(J[i][j]) * slope[j];
    }
  }
  p.reversible.reset();
  p.rotating = Rotating{potential, temperature, std::move(J)};
  return p;
}

Process annealed_langevin(std::vector<std::string> variables, const Formula& potential,
                          const Formula& temperature, std::vector<std::vector<double>> J) {
  Process p = J.empty() ? overdamped_langevin(std::move(variables), potential, 1)
                        : rotating_langevin(std::move(variables), potential, 1, J);
  for (std::size_t i = 0; i < p.dimension(); ++i) p.noise[i][i] = sqrt(Formula(2.0) * temperature);
  p.reversible.reset();
  p.rotating.reset();
  p.annealed = Annealed{potential, temperature, std::move(J)};
  return p;
}

}  // namespace fpk::model
