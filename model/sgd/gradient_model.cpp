#include "model/sgd/gradient_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "model/lowest_minimum.hpp"
#include "model/noise_factor.hpp"

namespace fpk::model {
namespace {

using Matrix = std::vector<std::vector<Formula>>;
using Starts = std::vector<std::vector<double>>;

Matrix multiple_of_identity(std::size_t d, const Formula& c) {
  Matrix m(d, std::vector<Formula>(d, Formula(0.0)));
  for (std::size_t i = 0; i < d; ++i) m[i][i] = c;
  return m;
}

Matrix sum(const Matrix& A, const Formula& c, const Matrix& B) {
  Matrix m = A;
  for (std::size_t i = 0; i < A.size(); ++i)
    for (std::size_t j = 0; j < A.size(); ++j) m[i][j] = A[i][j] + c * B[i][j];
  return m;
}

Matrix hessian(const std::vector<Formula>& slope, const std::vector<std::string>& variables) {
  Matrix H(slope.size());
  for (std::size_t i = 0; i < slope.size(); ++i)
    for (const auto& v : variables) H[i].push_back(slope[i].derivative(v));
  return H;
}

Formula trace(const Matrix& A) {
  Formula t = 0;
  for (std::size_t i = 0; i < A.size(); ++i) t = t + A[i][i];
  return t;
}

/// c/b: what of Sigma is the covariance of a batch's gradient.
Formula share_of_covariance(const StochasticGradient& chain) {
  return chain.finite_population_factor() / chain.batch;
}

/// 1 / (1 - mu), by which momentum moves an overdamped model faster.
double boost(const StochasticGradient& chain) { return 1 / (1 - chain.momentum); }

/// dX = drift dt + noise of that covariance per unit time.
Process with_covariance(std::vector<std::string> variables, std::vector<Formula> drift,
                        const Matrix& covariance) {
  Process p;
  p.variables = std::move(variables);
  p.drift = std::move(drift);
  p.noise = noise_factor(covariance);
  p.known_diffusion = covariance;
  for (auto& row : p.known_diffusion)
    for (auto& entry : row) entry = entry / Formula(2.0);
  return p;
}

/// -u grad L, with momentum the faster.
std::vector<Formula> downhill(const StochasticGradient& chain) {
  std::vector<Formula> drift = chain.loss.gradient();
  for (auto& b : drift) b = -(boost(chain) * chain.schedule * b);
  return drift;
}

Process flow(const StochasticGradient& chain, const Starts&) {
  Process p;
  p.variables = chain.loss.parameters;
  p.drift = downhill(chain);
  p.noise.assign(p.dimension(), std::vector<Formula>(p.dimension(), Formula(0.0)));
  return p;
}

Process langevin(const StochasticGradient& chain, const Starts& starts) {
  const Formula L = chain.loss.mean();
  const auto lowest = lowest_minimum(L, chain.loss.parameters, starts);
  if (!lowest) throw std::invalid_argument("the loss has no minimum to match the temperature of langevin at");
  Formula tr = trace(gradient_covariance(chain.loss));
  for (std::size_t i = 0; i < chain.loss.dimension(); ++i)
    tr = tr.substitute(chain.loss.parameters[i], Formula(lowest->at[static_cast<Eigen::Index>(i)]));
  const Formula matched = Formula(chain.learning_rate / (2.0 * static_cast<double>(chain.loss.dimension()))) *
                          boost(chain) * share_of_covariance(chain) * tr;
  const Formula D = matched + chain.temperature;
  const auto constant = D.constant();  // then the roads know the Gibbs law
  if (constant && *constant > 0 && chain.schedule.constant() == 1.0 && !chain.has_momentum())
    return overdamped_langevin(chain.loss.parameters, L, *constant);
  return with_covariance(
      chain.loss.parameters, downhill(chain),
      multiple_of_identity(chain.loss.dimension(), Formula(2.0) * boost(chain) *
                                                       (chain.schedule * chain.schedule * matched +
                                                        chain.schedule * chain.temperature)));
}

/// 2 a0: noise of the batches and injected noise, per unit time.
Matrix first_covariance(const StochasticGradient& chain) {
  const Formula u = chain.schedule;
  const std::size_t d = chain.loss.dimension();
  const double m = boost(chain);
  return sum(multiple_of_identity(d, Formula(2 * m) * u * chain.temperature),
             Formula(m * m * chain.learning_rate) * u * u * share_of_covariance(chain),
             gradient_covariance(chain.loss));
}

Process sme1(const StochasticGradient& chain, const Starts&) {
  return with_covariance(chain.loss.parameters, downhill(chain), first_covariance(chain));
}

Process sme2(const StochasticGradient& chain, const Starts&) {
  const auto& names = chain.loss.parameters;
  const auto slope = chain.loss.gradient();
  const auto H = hessian(slope, names);
  const Formula u = chain.schedule, D = chain.temperature, half_step = chain.step() / 2;
  std::vector<Formula> drift;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Formula along = 0;  // (H grad L)_i
    for (std::size_t j = 0; j < names.size(); ++j) along = along + H[i][j] * slope[j];
    const Formula second =
        u * u * along - u.derivative(time_name) * slope[i] - u * u * D * trace(H).derivative(names[i]);
    drift.push_back(-(u * slope[i]) - half_step * second);
  }
  const Formula h = chain.step();
  Matrix covariance = sum(first_covariance(chain), Formula(2.0) * h * u * u * D, H);
  covariance = sum(covariance, -h * (u * D).derivative(time_name), multiple_of_identity(names.size(), 1.0));
  return with_covariance(names, std::move(drift), covariance);
}

Process underdamped(const StochasticGradient& chain, const Starts&) {
  const auto& parameters = chain.loss.parameters;
  const std::size_t d = parameters.size();
  const double eta = chain.learning_rate, friction = (1 - chain.momentum) / eta;
  const Formula u = chain.schedule;
  auto variables = parameters;
  std::vector<Formula> drift;
  for (const auto& p : parameters) {
    variables.push_back(velocity_name(p));
    drift.push_back(Formula::variable(variables.back()));
  }
  const auto slope = chain.loss.gradient();
  for (std::size_t i = 0; i < d; ++i) drift.push_back(-(friction * drift[i]) - u / Formula(eta) * slope[i]);
  const Matrix of_velocity =
      sum(multiple_of_identity(d, Formula(2 * (1 - chain.momentum) / (eta * eta)) * u * chain.temperature),
          u * u * share_of_covariance(chain) / Formula(eta), gradient_covariance(chain.loss));
  Matrix covariance = multiple_of_identity(2 * d, 0.0);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) covariance[d + i][d + j] = of_velocity[i][j];
  return with_covariance(std::move(variables), std::move(drift), covariance);
}

std::string takes_all(const StochasticGradient&) { return ""; }

std::string wants_known_batch(const StochasticGradient& chain) {
  return chain.adaptive ? "the batch that grows with the gradient's noise is not known to a diffusion; take "
                          "flow, or a batch as a "
                          "formula of t"
                        : "";
}

std::string wants_no_momentum(const StochasticGradient& chain) {
  if (chain.has_momentum()) return "sme2 is derived for steps without momentum; take underdamped, or sme1";
  return wants_known_batch(chain);
}

std::string wants_momentum(const StochasticGradient& chain) {
  if (!chain.has_momentum())
    return "underdamped stands for steps with momentum; set sgd.momentum, or take sme1";
  if (chain.svag > 1) return "SVAG is defined for steps without momentum; leave sgd.svag out";
  return wants_known_batch(chain);
}

constexpr std::array<GradientModel, 5> table = {{
    {"flow", "gradient flow", "dX = -u grad L dt", 1, false, takes_all, flow},
    {"langevin", "isotropic Langevin equation with matched temperature",
     "dX = -u grad L dt + sqrt(2 (u^2 T + u D)) dW,  T = eta c/b tr Sigma / (2 d) at the lowest minimum", 1,
     false, wants_known_batch, langevin},
    {"sme1", "first-order modified equation", "dX = -u grad L dt + sqrt(u^2 eta c/b Sigma + 2 u D) dW", 1,
     false, wants_known_batch, sme1},
    {"sme2", "second-order modified equation",
     "dX = -(u grad L + (h/2)(u^2 H grad L - u' grad L - u^2 D grad tr H)) dt + sqrt(u^2 eta c/b Sigma + 2 u "
     "D + h (2 u^2 D H - (u D)')) dW",
     2, false, wants_no_momentum, sme2},
    {"underdamped", "underdamped Langevin equation",
     "dX = V dt,  dV = -((1 - mu)/eta V + u/eta grad L) dt + sqrt(u^2 c/(eta b) Sigma + 2 (1 - mu) u "
     "D/eta^2) dW",
     1, true, wants_momentum, underdamped},
}};

}  // namespace

std::span<const GradientModel> gradient_models() { return table; }

const GradientModel* find_gradient_model(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &GradientModel::name);
  return found == table.end() ? nullptr : found;
}

std::string velocity_name(const std::string& parameter) { return "v_" + parameter; }

}  // namespace fpk::model
