#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {
namespace {

// No formula of a case can hold these: a name has no blanks.
const std::string dt_name = "step dt", root_dt_name = "step root";
std::string increment_name(std::size_t k) { return "increment " + std::to_string(k); }
std::string sign_name(std::size_t k) { return "sign " + std::to_string(k); }
std::string uniform_name(std::size_t k) { return "uniform " + std::to_string(k); }
std::string elsewhere(const std::string& name) { return "elsewhere " + name; }

}  // namespace

Vector operator+(const Vector& a, const Vector& b) {
  Vector c = a;
  return c += b;
}

Vector& operator+=(Vector& a, const Vector& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] + b[i];
  return a;
}

Vector operator-(const Vector& a, const Vector& b) {
  Vector c = a;
  for (std::size_t i = 0; i < a.size(); ++i) c[i] = c[i] - b[i];
  return c;
}

Vector operator*(const Vector& a, const Formula& c) {
  Vector product = a;
  for (auto& p : product) p = p * c;
  return product;
}

Letters::Letters(const model::Process& process)
    : d(process.dimension()),
      m(process.noise_sources()),
      t(Formula::variable(model::time_name)),
      dt(Formula::variable(dt_name)),
      root_dt(Formula::variable(root_dt_name)),
      b(process.drift),
      sigma(m) {
  for (const auto& name : process.variables) x.push_back(Formula::variable(name));
  for (std::size_t k = 0; k < m; ++k)
    for (std::size_t i = 0; i < d; ++i) sigma[k].push_back(process.noise[i][k]);
}

Formula Letters::dW(std::size_t k) { return Formula::variable(increment_name(k)); }
Formula Letters::sign(std::size_t k) { return Formula::variable(sign_name(k)); }
Formula Letters::uniform(std::size_t k) { return Formula::variable(uniform_name(k)); }

Formula Letters::at(const Formula& f, const Vector& point, const Formula& time) const {
  Formula g = f.substitute(model::time_name, Formula::variable(elsewhere(model::time_name)));
  // All at once: `point` holds x itself, so each name steps aside before any value comes in.
  for (const auto& v : x) {
    const auto name = v.variables().front();
    g = g.substitute(name, Formula::variable(elsewhere(name)));
  }
  for (std::size_t i = 0; i < d; ++i) g = g.substitute(elsewhere(x[i].variables().front()), point[i]);
  return g.substitute(elsewhere(model::time_name), time);
}

Vector Letters::at(const Vector& f, const Vector& point, const Formula& time) const {
  Vector g;
  for (const auto& component : f) g.push_back(at(component, point, time));
  return g;
}

Vector Letters::noise() const {
  Vector sum(d, Formula(0.0));
  for (std::size_t k = 0; k < m; ++k) sum += sigma[k] * dW(k);
  return sum;
}

std::vector<std::string> Letters::names(const DrawCounts& draws) const {
  std::vector<std::string> all;
  for (const auto& v : x) all.push_back(v.variables().front());
  all.insert(all.end(), {model::time_name, dt_name, root_dt_name});
  for (std::size_t k = 0; k < draws.increments; ++k) all.push_back(increment_name(k));
  for (std::size_t k = 0; k < draws.signs; ++k) all.push_back(sign_name(k));
  for (std::size_t k = 0; k < draws.uniforms; ++k) all.push_back(uniform_name(k));
  return all;
}

Vector along_noise(const Letters& letters, std::size_t j, const Vector& f) {
  Vector derivative(f.size(), Formula(0.0));
  for (std::size_t l = 0; l < letters.d; ++l) {
    const auto name = letters.x[l].variables().front();
    for (std::size_t i = 0; i < f.size(); ++i)
      derivative[i] = derivative[i] + letters.sigma[j][l] * f[i].derivative(name);
  }
  return derivative;
}

}  // namespace fpk::sde
