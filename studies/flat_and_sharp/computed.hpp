// What fpk computes of the shipped cases of the two wells, with some keys set.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace fpk::studies {

using Overrides = std::vector<std::string>;

/// Stationary probability of the flat well on the grid of the density road: of its own stationary law, unless there is a potential.
double stationary_share(const std::filesystem::path& file, const Overrides& keys);

struct PassageTime {
  double mean = 0, error = 0;  ///< of the density road, and its estimate of the grid's error
  double rate = 0;             ///< the quasi-stationary one
};
/// From one minimum to the other.
PassageTime passage_from(double minimum, const std::filesystem::path& file, const Overrides& keys);

/// A rate seen in a sample, with its standard error.
struct SeenRate {
  double value = 0, standard_error = 0;
  double left = 0;            ///< share of the walkers that stay at the end
  std::int64_t exploded = 0;  ///< chains that ceased to be finite: they count as gone from the well
};
/// At which the chains of stochastic gradient descent leave the sharp well: of the slope of the logarithm of the share x >= barrier over the last
/// three quarters of the run.
SeenRate chain_escape(const std::filesystem::path& file, const Overrides& keys);

}  // namespace fpk::studies
