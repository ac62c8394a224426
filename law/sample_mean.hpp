// Mean over the particles of a sample of whatever is computed for each of them, with its standard error,
//
//     mean = sum_n v_n / N,     standard error^2 = sum_n (v_n - mean)^2 / (N (N - 1)),
//
// by the corrected two-pass algorithm in each piece of the sample, and the moments of the pieces combined in
// a fixed tree: no cancellation however large the mean, equal values have their own value as mean and the
// standard error 0, and the bits depend neither on threads nor on processes. (Neely 1966; Chan, Golub,
// LeVeque 1983)
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "formula/program.hpp"
#include "law/sample.hpp"

namespace fpk::law {

/// The observables as one program in the variables of the sample.
formula::Program compile(const std::vector<Observable>& observables,
                         const std::vector<std::string>& variables);

/// values[k][0..n) of output k of the program for the particles begin, ..., begin + n - 1 held here; 0 where
/// a particle is not alive.
void evaluate_alive(const formula::Program& program, const Sample& sample, std::size_t begin, std::size_t n,
                    std::span<double* const> values);

/// Fills values[k][0..n) for the particles begin, ..., begin + n - 1 held here.
using FillPiece = std::function<void(std::size_t begin, std::size_t n, std::span<double* const> values)>;

/// The mean of each of `quantities` values of a particle; `fill` is called from several threads. Collective.
std::vector<Estimate> sample_means(const Sample& sample, std::size_t quantities, const FillPiece& fill);

}  // namespace fpk::law
