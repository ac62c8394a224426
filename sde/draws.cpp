#include "sde/draws.hpp"

#include <array>
#include <cmath>

#include "sde/noise/normal.hpp"
#include "sde/noise/uniform.hpp"

namespace fpk::sde {
namespace {

constexpr std::array kinds{NoiseKind::normal, NoiseKind::three_point, NoiseKind::two_point};

/// +-1 from a uniform number; midpoints of a lattice, so neither is favoured.
double sign(double u) { return u < 0.5 ? -1.0 : 1.0; }

/// Calls to[k][i] = f(uniform number k of particle first + i).
template <class Function>
void from_uniforms(const Stream& stream, std::uint64_t first, std::uint64_t step, std::span<double* const> to,
                   Function f) {
  for (std::size_t k = 0; k < to.size(); ++k)
    for (std::size_t i = 0; i < formula::block_width; ++i)
      to[k][i] = f(uniform(stream, first + i, step, static_cast<std::uint32_t>(k)));
}

}  // namespace

std::string_view name(NoiseKind kind) {
  switch (kind) {
    case NoiseKind::three_point:
      return "three-point";
    case NoiseKind::two_point:
      return "two-point";
    case NoiseKind::normal:
      break;
  }
  return "normal";
}

std::span<const NoiseKind> noise_kinds() { return kinds; }

DrawStreams ensemble_streams(std::uint64_t seed) {
  return {{seed, Purpose::brownian_increment},
          {seed, Purpose::sign},
          {seed, Purpose::decision},
          {seed, Purpose::observation}};
}

DrawStreams coupled_streams(std::uint64_t seed, std::uint16_t rung) {
  return {{seed, Purpose::coupled_increment, rung},
          {seed, Purpose::coupled_sign, rung},
          {seed, Purpose::coupled_decision, rung},
          {seed, Purpose::coupled_observation, rung}};
}

void draw_increments(const Stream& from, NoiseKind kind, std::uint64_t first_particle, std::uint64_t step,
                     double variance, std::span<double* const> to) {
  if (kind == NoiseKind::normal) return fill_normals(from, first_particle, step, variance, to);
  const double two = std::sqrt(variance), three = std::sqrt(3 * variance);
  if (kind == NoiseKind::two_point)
    from_uniforms(from, first_particle, step, to, [two](double u) { return two * sign(u); });
  else
    from_uniforms(from, first_particle, step, to, [three](double u) {
      return u < 1.0 / 6 ? -three : u > 5.0 / 6 ? three : 0.0;
    });
}

void draw(const DrawStreams& from, NoiseKind kind, std::uint64_t first_particle, std::uint64_t step,
          double dt, DrawBlocks& to) {
  draw_increments(from.increments, kind, first_particle, step, dt, to.dW.all());
  from_uniforms(from.signs, first_particle, step, to.signs.all(), sign);
  from_uniforms(from.uniforms, first_particle, step, to.uniforms.all(), [](double u) { return u; });
}

}  // namespace fpk::sde
