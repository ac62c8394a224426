// The noise of stochastic gradients as fields: Sigma and H as tensors, and what their eigenvalues say.
#pragma once

#include <vector>

#include "io/passage_record.hpp"
#include "io/vtk_writer.hpp"
#include "model/sgd/row_loss.hpp"

namespace fpk::app {

struct GradientNoiseFields {
  std::vector<io::CellField> fields;
  std::vector<io::FieldPicture> pictures;
};

/// At the centres of the cells of a grid over the parameters. Collective.
GradientNoiseFields gradient_noise_fields(const model::RowLoss& loss, const law::GridPart& part);

}  // namespace fpk::app
