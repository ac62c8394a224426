#include "law/paired.hpp"

#include <cmath>
#include <stdexcept>

#include "law/sample_mean.hpp"

namespace fpk::law {
namespace {

void require_pairs(const Sample& a, const Sample& b) {
  if (a.variables() != b.variables() || a.count() != b.count() ||
      a.processes().size() != b.processes().size())
    throw std::invalid_argument("two samples of different variables, count or processes have no pairs");
}

}  // namespace

std::vector<Estimate> paired_differences(const Sample& a, const Sample& b,
                                         const std::vector<Observable>& observables) {
  require_pairs(a, b);
  const formula::Program program = compile(observables, a.variables());
  return sample_means(a, observables.size(),
                      [&](std::size_t begin, std::size_t n, std::span<double* const> values) {
                        evaluate_alive(program, a, begin, n, values);
                        std::vector<std::vector<double>> f(values.size(), std::vector<double>(n));
                        std::vector<double*> of_b;
                        for (auto& v : f) of_b.push_back(v.data());
                        evaluate_alive(program, b, begin, n, of_b);
                        for (std::size_t k = 0; k < f.size(); ++k)
                          for (std::size_t i = 0; i < n; ++i) values[k][i] -= f[k][i];
                      });
}

Estimate paired_distance(const Sample& a, const Sample& b, const std::vector<double>& periods) {
  require_pairs(a, b);
  const auto fill = [&](std::size_t begin, std::size_t n, std::span<double* const> values) {
    for (std::size_t i = begin; i < begin + n; ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < a.dimension(); ++k) {
        double apart = a.positions(k)[i] - b.positions(k)[i];
        if (periods[k] > 0) apart = std::remainder(apart, periods[k]);
        sum += apart * apart;
      }
      values[0][i - begin] = a.alive()[i] != 0 && b.alive()[i] != 0 ? std::sqrt(sum) : 0;
    }
  };
  return sample_means(a, 1, fill).front();
}

}  // namespace fpk::law
