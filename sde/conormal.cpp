#include "sde/conormal.hpp"

#include <algorithm>

namespace fpk::sde {
namespace {

std::vector<formula::Formula> entries(const model::Process& process) {
  std::vector<formula::Formula> all;
  for (const auto& row : process.diffusion()) all.insert(all.end(), row.begin(), row.end());
  return all;
}

}  // namespace

Conormal::Conormal(const model::Process& process)
    : dimension_(process.dimension()), program_(entries(process), process.inputs()) {}

BlockArrays Conormal::tensor(const BlockArrays& points, double t) const {
  BlockArrays values(dimension_ * dimension_), time(1);
  std::fill_n(time[0], formula::block_width, t);
  std::vector<const double*> inputs(dimension_);
  for (std::size_t a = 0; a < dimension_; ++a) inputs[a] = points[a];
  inputs.push_back(time[0]);
  program_.evaluate_block(inputs, values.all(), *program_.workspace());
  return values;
}

void Conormal::push(const BlockArrays& x, std::size_t i, std::size_t a, double way,
                    const BlockArrays& tensor) const {
  const double normal = tensor[a * dimension_ + a][i];
  for (std::size_t b = 0; b < dimension_; ++b) {
    if (b == a) x[a][i] += way;
    // Without noise across the wall there is none that is shared with it either.
    else if (normal > 0)
      x[b][i] += way * tensor[b * dimension_ + a][i] / normal;
  }
}

}  // namespace fpk::sde
