#include "sde/schemes/coefficients.hpp"

#include <algorithm>

namespace fpk::sde {

Coefficients::Coefficients(const model::Process& process)
    : dimension_(process.dimension()),
      sources_(process.noise_sources()),
      depends_on_time_(process.depends_on_time()),
      program_(compile(process, constant_, varying_)) {}

formula::Program Coefficients::compile(const model::Process& process, std::vector<ConstantEntry>& constant,
                                       std::vector<VaryingEntry>& varying) {
  auto outputs = process.drift;
  for (std::size_t i = 0; i < process.dimension(); ++i)
    for (std::size_t k = 0; k < process.noise_sources(); ++k) {
      const auto& sigma = process.noise[i][k];
      const auto number = sigma.constant();
      if (number == 0.0) continue;
      if (number) {
        constant.push_back({i, k, *number});
      } else {
        varying.push_back({i, k, outputs.size()});
        outputs.push_back(sigma);
      }
    }
  return {outputs, process.inputs()};
}

Coefficients::Values::Values(const Coefficients& coefficients)
    : workspace_(coefficients.program_.workspace()),
      outputs_(coefficients.program_.output_count()),
      time_(1),
      inputs_(coefficients.dimension_ + 1) {
  std::fill_n(time_[0], formula::block_width, 0.0);
  inputs_.back() = time_[0];
}

void Coefficients::evaluate(std::span<double* const> x, double t, Values& at) const {
  std::copy(x.begin(), x.end(), at.inputs_.begin());
  if (depends_on_time_) std::fill_n(at.time_[0], formula::block_width, t);
  program_.evaluate_block(at.inputs_, at.outputs_.all(), *at.workspace_);
}

// The first constant entry of a row goes with the drift, in one pass over the block: for most processes that is all.
void Coefficients::add_increment(std::span<double* const> x, double dt, const Values& at,
                                 std::span<const double* const> dW) const {
  auto entry = constant_.begin();
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (entry == constant_.end() || entry->i != i) {
      add_multiple(x[i], dt, at.drift(i));
      continue;
    }
    add_two_multiples(x[i], dt, at.drift(i), entry->sigma, dW[entry->k]);
    for (++entry; entry != constant_.end() && entry->i == i; ++entry)
      add_multiple(x[i], entry->sigma, dW[entry->k]);
  }
  for (const auto& [i, k, output] : varying_) add_product(x[i], at.outputs_[output], dW[k]);
}

}  // namespace fpk::sde
