#include "sde/network/batch_rows.hpp"

#include <array>
#include <numeric>
#include <utility>

#include "formula/program.hpp"
#include "sde/noise/fill.hpp"
#include "sde/noise/philox.hpp"

namespace fpk::sde {
namespace {

/// Word `index` of a particle at a step: four to a block, 2^8 blocks to a rung.
std::uint32_t word(const Stream& from, std::uint64_t particle, std::uint64_t step, std::size_t index) {
  Stream stream = from;
  stream.rung = static_cast<std::uint16_t>(index / 4 >> 8);
  const TwoNumbers bits =
      philox(counter(stream, particle, step, static_cast<std::uint32_t>(index / 4 & 255)).word, stream.seed);
  const std::uint64_t half = index % 4 < 2 ? bits.first : bits.second;
  return static_cast<std::uint32_t>(index % 2 == 0 ? half : half >> 32);
}

std::uint32_t scaled(std::uint32_t word, std::size_t n) {
  return static_cast<std::uint32_t>(std::uint64_t{word} * n >> 32);
}

}  // namespace

void draw_rows(const Stream& stream, std::uint64_t chain, std::uint64_t step, std::size_t of,
               std::span<std::uint32_t> rows) {
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = scaled(word(stream, chain, step, k), of);
}

std::vector<std::uint32_t> shuffled(const Stream& stream, std::size_t of) {
  std::vector<std::uint32_t> order(of);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = of; i > 1; --i) std::swap(order[i - 1], order[scaled(word(stream, 0, i, 0), i)]);
  return order;
}

/// A chain's parameters stand in for particles: those of chain n are numbers n B, n B + 1, ... with B the parameters rounded up to
/// whole blocks.
void draw_normals(const Stream& stream, std::uint64_t chain, std::uint64_t step, Eigen::VectorXd& normals) {
  constexpr std::size_t width = formula::block_width;
  const auto n = static_cast<std::size_t>(normals.size());
  const std::uint64_t blocks = (n + width - 1) / width;
  std::array<double, width> block{};
  std::array<double*, 1> to{block.data()};
  for (std::uint64_t k = 0; k < blocks; ++k) {
    fill_normals(stream, (chain * blocks + k) * width, step, 1, to);
    for (std::size_t i = k * width; i < std::min<std::size_t>(n, (k + 1) * width); ++i)
      normals[static_cast<Eigen::Index>(i)] = block[i - k * width];
  }
}

}  // namespace fpk::sde
