// What drives one step: Brownian increments, and whatever else random a scheme wants, a block at a time.
//
// A step never draws: it is given its numbers. The same code then runs on random numbers, on the increments of a coupled
// path and on the nodes of a quadrature.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sde/block.hpp"
#include "sde/noise/counter.hpp"
#include "sde/noise/fill.hpp"
#include "sde/noise/noise_kind.hpp"
#include "sde/row_draws.hpp"

namespace fpk::sde {

/// Numbers that a step of one particle wants.
struct DrawCounts {
  std::size_t increments = 0;  ///< independent, mean 0, variance dt
  std::size_t signs = 0;       ///< independent, +1 or -1 with probability 1/2 each
  std::size_t uniforms = 0;    ///< independent, uniform on (0, 1)
  RowCounts rows = {};         ///< rows of data, at random
};

/// The numbers of one step, each an array of formula::block_width.
struct Draws {
  std::span<const double* const> dW;
  std::span<const double* const> signs = {};
  std::span<const double* const> uniforms = {};
  std::span<const std::uint32_t* const> rows = {};  ///< batch by batch
};

std::string_view name(NoiseKind kind);  ///< as in a case: "three-point"
/// Whether two increments of dt/2 add up to the law of one of dt: so do normal numbers, and those of two or three points do not.
bool adds_up(NoiseKind kind);
/// All kinds, in the order of the enumeration.
std::span<const NoiseKind> noise_kinds();

/// Room for the numbers of one step of one block. Of one thread.
class DrawBlocks {
 public:
  explicit DrawBlocks(const DrawCounts& counts)
      : dW(counts.increments),
        signs(counts.signs),
        uniforms(counts.uniforms),
        rows(counts.rows),
        kept(draws_of_normals(counts.increments)) {}

  [[nodiscard]] Draws all() const {
    return {dW.all_const(), signs.all_const(), uniforms.all_const(), rows.all()};
  }

  BlockArrays dW, signs, uniforms;
  RowBlocks rows;
  std::vector<BlockRounds> kept;  ///< of dW
};

/// The random numbers of a family of paths, each kind under a purpose of its own.
struct DrawStreams {
  Stream increments, signs, uniforms;
  Stream observation;  ///< increments of a postprocessor (Scheme::observe)
  Stream crossing;     ///< of borders between two steps (sde/absorbing_faces.hpp)
  Stream rows;
};
DrawStreams ensemble_streams(std::uint64_t seed);
DrawStreams chain_streams(std::uint64_t seed, std::uint16_t rung = 0);
DrawStreams coupled_streams(std::uint64_t seed, std::uint16_t rung);

/// Sets `to` to the numbers of step `step` of length dt of the block of particles that begins with first_particle, a multiple of
/// the block width. A pure function of its arguments, the same bits on every instruction set.
void draw(const DrawStreams& from, NoiseKind kind, std::uint64_t first_particle, std::uint64_t step,
          double dt, DrawBlocks& to);

/// The numbers of a step, from those of its two halves: increments are sums; signs, uniform numbers and rows, which do not add, are
/// those of the first half.
void join(const DrawBlocks& first, const DrawBlocks& second, DrawBlocks& whole);

}  // namespace fpk::sde
