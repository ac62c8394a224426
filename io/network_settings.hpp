// What a case asks of `fpk network`: [network] and the tables below it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model/network/labelled_rows.hpp"

namespace fpk::io {

/// Chains from random weights, whose loss is followed.
struct TrainingSettings {
  double learning_rate = 0.5;
  std::size_t batch = 32;
  double temperature = 1e-5;  ///< of the Langevin chains; the others have none
  std::uint64_t steps = 2000;
  std::size_t replicas = 2;    ///< of either kind
  std::size_t observe = 41;    ///< times, equally spaced in steps
  std::uint64_t polish = 300;  ///< steps of full gradients that take the first chain to the trained point
};

struct GradientNoiseSettings {
  std::vector<std::size_t> batches{1, 4, 16, 64};
  std::size_t samples = 2000;    ///< batches of each size
  std::size_t random = 2;        ///< directions, beside the two leading ones
  std::size_t references = 200;  ///< samples of normal numbers for the laws of the statistics
};

/// The plane of the two leading directions, with the rest frozen, against chains.
struct ReductionSettings {
  double learning_rate = 0.02;
  std::size_t batch = 8;
  double temperature = 0;
  std::uint64_t steps = 200;
  std::size_t observe = 5;  ///< times, equally spaced, 0 left out
  std::int64_t replicas = 300;
  double half_width = 6;   ///< of the plane, in stationary standard deviations
  std::size_t degree = 8;  ///< of the polynomials
  std::size_t cells = 96;  ///< along each axis
};

struct NetworkSettings {
  std::size_t hidden = 30;
  double weight_decay = 1e-3;
  std::size_t held_out = 0;  ///< rows kept for tests
  std::uint64_t seed = 1;
  TrainingSettings training;
  std::size_t modes = 12;  ///< leading eigenpairs of the Hessian
  GradientNoiseSettings noise;
  ReductionSettings reduction;
};

struct NetworkCase {
  std::filesystem::path file;
  std::string name, text, title, reference;
  NetworkSettings settings;
  model::LabelledRows data;
};

/// As read_case, of a case with a table [network]. Throws CaseError or MissingInput.
NetworkCase read_network_case(const std::filesystem::path& file,
                              const std::vector<std::string>& overrides = {});

}  // namespace fpk::io
