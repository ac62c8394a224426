// The random rows, weights and injections of one chain in many parameters: functions of (seed, purpose, chain, step) alone.
//
// A row is floor(w N / 2^32) for a random word w of 32 bits, as in sde/row_draws.hpp; there 256 chains go together, here one at a time,
// since each has thousands of parameters.
#pragma once

#include <Eigen/Dense>
#include <span>

#include "sde/noise/counter.hpp"

namespace fpk::sde {

/// Fills `rows` with independent rows of `of`.
void draw_rows(const Stream& stream, std::uint64_t chain, std::uint64_t step, std::size_t of,
               std::span<std::uint32_t> rows);

/// The numbers below `of` in random order, all orders alike but for 1/2^32
/// (Fisher, Yates 1938; Durstenfeld 1964).
std::vector<std::uint32_t> shuffled(const Stream& stream, std::size_t of);

/// Independent standard normal numbers; those of another chain or step are others.
void draw_normals(const Stream& stream, std::uint64_t chain, std::uint64_t step, Eigen::VectorXd& normals);

}  // namespace fpk::sde
