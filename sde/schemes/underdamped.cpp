#include "sde/schemes/underdamped.hpp"

#include <algorithm>
#include <optional>

#include "sde/schemes/noise_structure.hpp"

namespace fpk::sde {
namespace {

using formula::Formula;

bool is_driven(const model::Process& process, std::size_t i) {
  const auto& row = process.noise[i];
  return std::any_of(row.begin(), row.end(), [](const Formula& s) { return s.constant() != 0.0; });
}

std::vector<std::size_t> variables_where(const model::Process& process, bool driven) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < process.dimension(); ++i)
    if (is_driven(process, i) == driven) found.push_back(i);
  return found;
}

/// f where every velocity is 0.
Formula at_rest(Formula f, const model::Process& process) {
  for (const auto j : variables_where(process, true)) f = f.substitute(process.variables[j], Formula(0.0));
  return f;
}

std::string why_not_a_position(const model::Process& process, std::size_t i) {
  const std::string of =
      "the drift of " + process.variables[i] + ", which has no noise and so is a position, ";
  const Formula& b = process.drift[i];
  for (const auto j : variables_where(process, true))
    if (!b.derivative(process.variables[j]).constant())
      return of + "is not linear in the velocity " + process.variables[j];
  if (at_rest(b, process).constant() != 0.0) return of + "does not vanish with the velocities";
  return {};
}

std::string why_not_a_velocity(const model::Process& process, std::size_t i) {
  for (const auto j : variables_where(process, true))
    if (!process.drift[i].derivative(process.variables[j]).constant())
      return "the friction of " + process.variables[i] + " is not linear in the velocity " +
             process.variables[j];
  return {};
}

constexpr const char* form = "it is for dq = v dt, dv = (F(q) - gamma v) dt + sigma dW, and ";

}  // namespace

std::string underdamped_refusal(const model::Process& process) {
  if (!has_constant_noise(process)) return std::string(form) + "this noise is not constant";
  const auto positions = variables_where(process, false), velocities = variables_where(process, true);
  if (velocities.empty()) return std::string(form) + "here no variable has noise";
  if (positions.empty()) return std::string(form) + "here every variable has noise, so none is a position";
  for (const auto i : positions)
    if (const auto why = why_not_a_position(process, i); !why.empty()) return form + why;
  for (const auto i : velocities)
    if (const auto why = why_not_a_velocity(process, i); !why.empty()) return form + why;
  return {};
}

Underdamped underdamped(const model::Process& process) {
  Underdamped u{variables_where(process, false), variables_where(process, true), {}, {}, {}, {}};
  const auto slopes = [&](const std::vector<std::size_t>& rows) {
    Eigen::MatrixXd D(rows.size(), u.velocities.size());
    for (std::size_t r = 0; r < rows.size(); ++r)
      for (std::size_t c = 0; c < u.velocities.size(); ++c)
        D(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) =
            process.drift[rows[r]].derivative(process.variables[u.velocities[c]]).constant().value();
    return D;
  };
  u.M = slopes(u.positions);
  u.Gamma = -slopes(u.velocities);
  u.sigma.resize(static_cast<Eigen::Index>(u.velocities.size()),
                 static_cast<Eigen::Index>(process.noise_sources()));
  for (std::size_t r = 0; r < u.velocities.size(); ++r) {
    for (std::size_t k = 0; k < process.noise_sources(); ++k)
      u.sigma(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(k)) =
          process.noise[u.velocities[r]][k].constant().value();
    u.force.push_back(at_rest(process.drift[u.velocities[r]], process));
  }
  return u;
}

}  // namespace fpk::sde
