#include "sde/draws.hpp"

#include <algorithm>
#include <array>

#include "sde/noise/fill.hpp"

namespace fpk::sde {
namespace {

constexpr std::array kinds{NoiseKind::normal, NoiseKind::normal_32, NoiseKind::three_point,
                           NoiseKind::two_point};

}  // namespace

std::string_view name(NoiseKind kind) {
  switch (kind) {
    case NoiseKind::normal_32:
      return "normal-32";
    case NoiseKind::three_point:
      return "three-point";
    case NoiseKind::two_point:
      return "two-point";
    case NoiseKind::normal:
      break;
  }
  return "normal";
}

bool adds_up(NoiseKind kind) { return kind == NoiseKind::normal || kind == NoiseKind::normal_32; }

std::span<const NoiseKind> noise_kinds() { return kinds; }

DrawStreams ensemble_streams(std::uint64_t seed) {
  return {{seed, Purpose::brownian_increment}, {seed, Purpose::sign},     {seed, Purpose::decision},
          {seed, Purpose::observation},        {seed, Purpose::crossing}, {seed, Purpose::batch}};
}

DrawStreams chain_streams(std::uint64_t seed, std::uint16_t rung) {
  return {{seed, Purpose::chain_injection, rung}, {seed, Purpose::sign, rung},
          {seed, Purpose::decision, rung},        {seed, Purpose::observation, rung},
          {seed, Purpose::crossing, rung},        {seed, Purpose::batch, rung}};
}

DrawStreams coupled_streams(std::uint64_t seed, std::uint16_t rung) {
  return {{seed, Purpose::coupled_increment, rung}, {seed, Purpose::coupled_sign, rung},
          {seed, Purpose::coupled_decision, rung},  {seed, Purpose::coupled_observation, rung},
          {seed, Purpose::coupled_crossing, rung},  {seed, Purpose::coupled_batch, rung}};
}

void draw(const DrawStreams& from, NoiseKind kind, std::uint64_t first_particle, std::uint64_t step,
          double dt, DrawBlocks& to) {
  fill_increments(from.increments, kind, first_particle, step, dt, to.dW.all(), to.kept);
  fill_signs(from.signs, first_particle, step, to.signs.all());
  fill_uniforms(from.uniforms, first_particle, step, to.uniforms.all());
  to.rows.draw(from.rows, first_particle, step);
}

void join(const DrawBlocks& first, const DrawBlocks& second, DrawBlocks& whole) {
  for (std::size_t k = 0; k < whole.dW.count(); ++k) set_sum(whole.dW[k], first.dW[k], second.dW[k]);
  for (std::size_t k = 0; k < whole.signs.count(); ++k)
    std::copy_n(first.signs[k], formula::block_width, whole.signs[k]);
  for (std::size_t k = 0; k < whole.uniforms.count(); ++k)
    std::copy_n(first.uniforms[k], formula::block_width, whole.uniforms[k]);
  whole.rows.copy(first.rows);
}

}  // namespace fpk::sde
