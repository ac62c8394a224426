#include "sde/noise_rows.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::sde {

NoiseRows::NoiseRows(const model::Process& process, const std::vector<std::size_t>& axes)
    : dimension_(process.dimension()),
      sources_(process.noise_sources()),
      axes_(axes),
      program_(compile(process, axes, rows_)) {
  varies_ = program_.output_count() > 0;
}

formula::Program NoiseRows::compile(const model::Process& process, const std::vector<std::size_t>& axes,
                                    std::vector<std::vector<Entry>>& rows) {
  std::vector<formula::Formula> outputs;
  for (const auto a : axes) {
    auto& row = rows.emplace_back();
    for (std::size_t k = 0; k < process.noise_sources(); ++k) {
      const auto& sigma = process.noise[a][k];
      const auto number = sigma.constant();
      if (number == 0.0) continue;
      row.push_back({k, number.value_or(0), outputs.size(), !number});
      if (!number) outputs.push_back(sigma);
    }
  }
  return {outputs, process.inputs()};
}

NoiseRows::Values::Values(const NoiseRows& rows)
    : workspace_(rows.program_.workspace()),
      outputs_(rows.program_.output_count()),
      squares_(rows.rows_.size()),
      time_(1),
      inputs_(rows.dimension_ + 1) {
  inputs_.back() = time_[0];
  rows.square(*this);
}

void NoiseRows::evaluate(std::span<double* const> x, double t, Values& at) const {
  if (!varies_) return;
  std::copy(x.begin(), x.end(), at.inputs_.begin());
  std::fill_n(at.time_[0], formula::block_width, t);
  program_.evaluate_block(at.inputs_, at.outputs_.all(), *at.workspace_);
  square(at);
}

void NoiseRows::square(Values& at) const {
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::fill_n(at.squares_[r], formula::block_width, 0.0);
    for (const auto& e : rows_[r])
      for (std::size_t i = 0; i < formula::block_width; ++i) {
        const double sigma = e.varies ? at.outputs_[e.output][i] : e.constant;
        at.squares_[r][i] += sigma * sigma;
      }
  }
}

double NoiseRows::noise(const Values& at, std::size_t r, std::size_t i,
                        std::span<const double* const> dW) const {
  if (dW.empty()) return 0;
  if (dW.size() < sources_) return std::sqrt(at.squares_[r][i]) * dW[r % dW.size()][i];
  double sum = 0;
  for (const auto& e : rows_[r]) sum += (e.varies ? at.outputs_[e.output][i] : e.constant) * dW[e.k][i];
  return sum;
}

void NoiseRows::set_middle(const BlockArrays& x, std::span<double* const> y, const Values& at,
                           std::span<const double* const> dW_1, std::span<const double* const> dW_2,
                           BlockArrays& middle) const {
  BlockArrays half_difference(dW_1.size());
  for (std::size_t k = 0; k < dW_1.size(); ++k)
    for (std::size_t i = 0; i < formula::block_width; ++i)
      half_difference[k][i] = 0.5 * (dW_1[k][i] - dW_2[k][i]);
  for (std::size_t a = 0; a < dimension_; ++a)
    for (std::size_t i = 0; i < formula::block_width; ++i) middle[a][i] = 0.5 * (x[a][i] + y[a][i]);
  for (std::size_t r = 0; r < axes_.size(); ++r)
    for (std::size_t i = 0; i < formula::block_width; ++i)
      middle[axes_[r]][i] += noise(at, r, i, half_difference.all_const());
}

}  // namespace fpk::sde
