#include "law/paired.hpp"

#include <stdexcept>

#include "law/sample_mean.hpp"

namespace fpk::law {

std::vector<Estimate> paired_differences(const Sample& a, const Sample& b,
                                         const std::vector<Observable>& observables) {
  if (a.variables() != b.variables() || a.count() != b.count() ||
      a.processes().size() != b.processes().size())
    throw std::invalid_argument("two samples of different variables, count or processes have no pairs");
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

}  // namespace fpk::law
