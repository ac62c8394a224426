#include "law/sample_mean.hpp"

#include <algorithm>
#include <cmath>

#include "parallel/threads.hpp"

namespace fpk::law {
namespace {

struct Moments {
  double mean = 0;
  double squares = 0;  ///< sum of the squared deviations from the mean
};

/// Of values v with weights w. The mean of what the first mean leaves over corrects it.
Moments moments(std::span<const double> v, std::span<const double> w) {
  std::vector<double> terms(v.size());
  const auto sum = [&](const auto& term) {
    for (std::size_t i = 0; i < v.size(); ++i) terms[i] = w[i] * term(v[i]);
    return parallel::pairwise_sum(terms.data(), terms.size());
  };
  const double weight = parallel::pairwise_sum(w.data(), w.size());
  double mean = sum([](double x) { return x; }) / weight;
  mean += sum([&](double x) { return x - mean; }) / weight;
  return {mean, sum([&](double x) { return (x - mean) * (x - mean); })};
}

/// From the moments of the pieces: squares within them, and of their means about the mean of all.
Estimate combined(std::span<const double> means, std::span<const double> squares,
                  std::span<const double> sizes, double count) {
  const Moments between = moments(means, sizes);
  const double within = parallel::pairwise_sum(squares.data(), squares.size());
  const double variance = (within + between.squares) / std::max(1.0, count - 1);
  return {between.mean, std::sqrt(variance / count)};
}

/// Particles in each piece of the whole sample.
std::vector<double> piece_sizes(std::int64_t count) {
  std::vector<double> sizes;
  constexpr auto piece = static_cast<std::int64_t>(Sample::piece);
  for (std::int64_t first = 0; first < count; first += piece)
    sizes.push_back(static_cast<double>(std::min(piece, count - first)));
  return sizes;
}

}  // namespace

formula::Program compile(const std::vector<Observable>& observables,
                         const std::vector<std::string>& variables) {
  std::vector<formula::Formula> formulas;
  for (const auto& o : observables) formulas.push_back(o.formula);
  return {formulas, variables};
}

void evaluate_alive(const formula::Program& program, const Sample& sample, std::size_t begin, std::size_t n,
                    std::span<double* const> values) {
  std::vector<const double*> x;
  for (std::size_t a = 0; a < sample.dimension(); ++a) x.push_back(sample.positions(a) + begin);
  program.evaluate(x, n, values);
  for (double* v : values)
    for (std::size_t i = 0; i < n; ++i)
      if (sample.alive()[begin + i] == 0) v[i] = 0;
}

std::vector<Estimate> sample_means(const Sample& sample, std::size_t quantities, const FillPiece& fill) {
  constexpr std::size_t piece = Sample::piece;
  const std::size_t held = (sample.size() + piece - 1) / piece, stride = 2 * quantities;
  std::vector<double> of_pieces(held * stride);  // [piece][quantity][mean, squares]
  parallel::for_each_chunk(sample.size(), piece, [&](std::size_t begin, std::size_t end, std::size_t) {
    const std::size_t n = end - begin;
    std::vector<std::vector<double>> values(quantities, std::vector<double>(n));
    std::vector<double*> pointers;
    for (auto& v : values) pointers.push_back(v.data());
    fill(begin, n, pointers);
    const std::vector<double> ones(n, 1.0);
    for (std::size_t k = 0; k < quantities; ++k) {
      const Moments m = moments(values[k], ones);
      of_pieces[begin / piece * stride + 2 * k] = m.mean;
      of_pieces[begin / piece * stride + 2 * k + 1] = m.squares;
    }
  });
  of_pieces = sample.processes().concatenate(of_pieces);

  const auto sizes = piece_sizes(sample.count());
  std::vector<Estimate> estimates;
  for (std::size_t k = 0; k < quantities; ++k) {
    std::vector<double> means, squares;
    for (std::size_t p = 0; p < sizes.size(); ++p) {
      means.push_back(of_pieces[p * stride + 2 * k]);
      squares.push_back(of_pieces[p * stride + 2 * k + 1]);
    }
    estimates.push_back(combined(means, squares, sizes, static_cast<double>(sample.count())));
  }
  return estimates;
}

}  // namespace fpk::law
