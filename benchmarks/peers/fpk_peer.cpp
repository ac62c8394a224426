// fpk on problem B, for benchmarks/peers/compare.py: one line of JSON for each row of its table.
//
//     fpk_peer REFERENCE [REPEATS]     writes the exact cell masses on 512 x 512 cells to the file REFERENCE (doubles,
//                                      x fastest), then times
//
// Exact means: extrapolated from 512^2 and 1024^2 cells, to fourth order. The same from 256^2 and 512^2 is 16 times
// less exact, and its distance is printed, too. A row's seconds include building the generator, the initial masses
// apart; the median of REPEATS, or of more where they are short. On one thread they are seconds of the processor, which
// other programs on the machine change little; on two, of the clock. A row whose density is negative or whose mass has
// changed ends the program with status 1.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <numeric>

#include "benchmarks/problem_b.hpp"
#include "parallel/communicator.hpp"
#include "parallel/threads.hpp"
#include "solvers/stationary.hpp"

namespace {

using namespace fpk;
using namespace fpk::benchmarks;

constexpr std::size_t reference_cells = 512;
/// Seconds of the processor on one thread, of the clock on more.
double now() {
  if (parallel::threads() == 1) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::vector<double> solve(const law::GridPart& part, std::vector<double> masses, std::size_t dimension = 2) {
  const solvers::PropagatorTask task{solvers::generator_in_time(wells(dimension), box(dimension), part),
                                     false, end_time, 1e-6};
  solvers::find_propagator("chebyshev")->make(task)->advance(masses, 0, end_time, {});
  return masses;
}

std::vector<double> solve(std::size_t cells) {
  const auto part = cube(cells);
  return solve(part, start_on(part));
}

std::vector<double> richardson(std::size_t cells) {
  return extrapolated(solve(cells), solve(2 * cells), cells);
}

double l1(const std::vector<double>& p, const std::vector<double>& q) {
  double sum = 0;
  for (std::size_t c = 0; c < p.size(); ++c) sum += std::abs(p[c] - q[c]);
  return sum;
}

/// Rows that take less than this in all are repeated more often, up to so many times [s].
constexpr double too_short = 0.5;
constexpr std::size_t most_repeats = 51;

template <class Work>
double median_seconds(int repeats, Work work) {
  std::vector<double> seconds;
  double sum = 0;
  while (seconds.size() < static_cast<std::size_t>(repeats) ||
         (sum < too_short && seconds.size() < most_repeats)) {
    const double start = now();
    work();
    seconds.push_back(now() - start);
    sum += seconds.back();
  }
  const auto middle = seconds.size() / 2;
  std::nth_element(seconds.begin(), seconds.begin() + static_cast<std::ptrdiff_t>(middle), seconds.end());
  return seconds[middle];
}

class Rows {
 public:
  Rows(std::vector<double> reference, int repeats) : reference_(std::move(reference)), repeats_(repeats) {}

  void plain(std::size_t cells, std::size_t threads) {
    const auto part = cube(cells);
    const auto start = start_on(part);
    std::vector<double> masses;
    parallel::use_threads(threads);
    const double s = median_seconds(repeats_, [&] { masses = solve(part, start); });
    demand_positive_and_conservative("fpk", part, start, masses);
    parallel::use_threads(1);
    print("fpk", std::to_string(cells), threads, s, masses, cells);
  }

  void extrapolation(std::size_t cells, std::size_t threads) {
    const auto coarse = cube(cells), fine = cube(2 * cells);
    const auto m = start_on(coarse), m_fine = start_on(fine);
    std::vector<double> masses;
    parallel::use_threads(threads);
    const double s = median_seconds(
        repeats_, [&] { masses = extrapolated(solve(coarse, m), solve(fine, m_fine), cells); });
    parallel::use_threads(1);
    print("fpk, Richardson", std::to_string(cells) + " + " + std::to_string(2 * cells), threads, s, masses,
          cells);
  }

  static void cube_of_wells(std::size_t cells, std::size_t threads) {
    const auto part = cube(cells, 3);
    const auto start = start_on(part);
    parallel::use_threads(threads);
    const double begin = now();
    const auto masses = solve(part, start, 3);
    const double s = now() - begin;
    demand_positive_and_conservative("fpk", part, start, masses);
    parallel::use_threads(1);
    std::printf(
        R"({"who": "fpk, three variables", "cells": "%zu^3", "threads": %zu, "seconds": %.6g, "least": %.3g})"
        "\n",
        cells, threads, s, *std::min_element(masses.begin(), masses.end()) / part.volume(0));
  }

  static void alone(const char* what, std::size_t cells, double seconds) {
    std::printf(R"({"who": "%s", "cells": "%zu", "threads": 1, "seconds": %.6g})"
                "\n",
                what, cells, seconds);
  }

 private:
  void print(const char* who, const std::string& cells_text, std::size_t threads, double seconds,
             const std::vector<double>& masses, std::size_t cells) const {
    const double volume = 25.0 / static_cast<double>(cells * cells);
    std::printf(R"({"who": "%s", "cells": "%s", "threads": %zu, "seconds": %.6g)", who, cells_text.c_str(),
                threads, seconds);
    std::printf(R"(, "l1": %.3e)", error(masses, cells));
    std::printf(R"(, "least": %.3g})"
                "\n",
                *std::min_element(masses.begin(), masses.end()) / volume);
    std::fflush(stdout);
  }

  /// On the cells of the masses, or those of the reference where they are larger. What the cells of the reference do
  /// not divide into is extrapolated anew.
  [[nodiscard]] double error(const std::vector<double>& masses, std::size_t cells) const {
    if (cells > reference_cells) return l1(merged(masses, cells, cells / reference_cells), reference_);
    if (reference_cells % cells == 0)
      return l1(masses, merged(reference_, reference_cells, reference_cells / cells));
    const std::size_t factor = reference_cells / cells;
    auto& reference = others_[factor * cells];
    if (reference.empty()) reference = richardson(factor * cells);
    return l1(masses, merged(reference, factor * cells, factor));
  }

  std::vector<double> reference_;
  mutable std::map<std::size_t, std::vector<double>> others_;  ///< references by their cells an axis
  int repeats_;
};

}  // namespace

int main(int argc, char** argv) {
  const parallel::Environment environment(&argc, &argv);
  if (argc < 2) {
    std::fputs("usage: fpk_peer REFERENCE [REPEATS]\n", stderr);
    return 64;
  }
  const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
  const auto reference = richardson(reference_cells);
  std::ofstream(argv[1], std::ios::binary)
      .write(reinterpret_cast<const char*>(reference.data()),
             static_cast<std::streamsize>(reference.size() * sizeof(double)));
  std::printf(R"({"reference": "512 + 1024 against 256 + 512, L1", "l1": %.2e})"
              "\n",
              l1(richardson(256), merged(reference, reference_cells, 2)));
  Rows rows(reference, repeats);
  for (const std::size_t threads : {1, 2}) {
    for (const std::size_t cells : {52, 64, 128, 256, 512, 1024}) rows.plain(cells, threads);
    for (const std::size_t cells : {12, 16, 20, 24, 32, 40, 64, 80, 128}) rows.extrapolation(cells, threads);
    for (const std::size_t cells : {64, 128}) rows.cube_of_wells(cells, threads);
  }
  for (const std::size_t cells : {256, 1024}) {
    const auto part = cube(cells);
    std::shared_ptr<const solvers::Generator> generator;
    rows.alone("generator alone", cells,
               median_seconds(repeats, [&] { generator = solvers::build_generator(wells(), box(), part); }));
    rows.alone("stationary law alone", cells,
               median_seconds(repeats, [&] { solvers::stationary_masses(*generator); }));
  }
  return 0;
}
