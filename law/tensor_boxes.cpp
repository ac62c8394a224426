#include "law/tensor_boxes.hpp"

#include <algorithm>

#include "law/quadrature.hpp"
#include "parallel/threads.hpp"

namespace fpk::law {
namespace {

struct alignas(64) Block {
  double values[box_run];
};

/// What one thread needs for a run of boxes.
class Run {
 public:
  Run(const TensorBoxes& boxes, const formula::Program& program)
      : boxes_(boxes),
        program_(program),
        workspace_(program.workspace()),
        coordinates_(boxes.dimension() * gauss_nodes),
        values_(boxes.nodes()),
        inputs_(boxes.dimension()) {
    for (auto& block : values_) outputs_.push_back(block.values);
  }

  std::span<double* const> evaluate(std::size_t first, std::size_t count) {
    for (std::size_t a = 0; a < boxes_.dimension(); ++a) place(a, first, count);
    for (std::size_t q = 0; q < values_.size(); ++q) {
      std::size_t rest = q;
      for (std::size_t a = 0; a < inputs_.size(); ++a, rest /= gauss_nodes)
        inputs_[a] = coordinates_[a * gauss_nodes + rest % gauss_nodes].values;
      program_.evaluate_block(inputs_, {&outputs_[q], 1}, *workspace_);
    }
    return outputs_;
  }

 private:
  /// The coordinates along one axis at its four nodes.
  void place(std::size_t axis, std::size_t first, std::size_t count) {
    const auto& intervals = boxes_.of_axis[axis];
    std::size_t stride = 1;
    for (std::size_t a = 0; a < axis; ++a) stride *= boxes_.of_axis[a].size();
    std::size_t at = first / stride % intervals.size(), left = stride - first % stride;
    for (std::size_t i = 0; i < box_run; ++i) {
      lower_.values[i] = intervals[at].lower;
      width_.values[i] = intervals[at].width;
      if (i + 1 < count && --left == 0) {
        left = stride;
        at = at + 1 == intervals.size() ? 0 : at + 1;
      }
    }
    const auto [upper, period] = boxes_.rings[axis];
    for (std::size_t q = 0; q < gauss_nodes; ++q) {
      double* x = coordinates_[axis * gauss_nodes + q].values;
      for (std::size_t i = 0; i < box_run; ++i) {
        const double there = lower_.values[i] + width_.values[i] * gauss_node[q];
        x[i] = there > upper ? there - period : there;
      }
    }
  }

  Block lower_{}, width_{};
  const TensorBoxes& boxes_;
  const formula::Program& program_;
  std::shared_ptr<formula::Program::Workspace> workspace_;
  std::vector<Block> coordinates_, values_;
  std::vector<const double*> inputs_;
  std::vector<double*> outputs_;
};

}  // namespace

std::size_t TensorBoxes::size() const {
  std::size_t n = 1;
  for (const auto& intervals : of_axis) n *= intervals.size();
  return n;
}

std::size_t TensorBoxes::nodes() const { return node_weights(dimension()).size(); }

TensorBoxes cell_boxes(const GridPart& part) {
  TensorBoxes boxes;
  const std::size_t last = part.grid().dimension() - 1;
  for (std::size_t a = 0; a <= last; ++a) {
    const Axis& axis = part.grid().axis(a);
    const std::size_t first = a == last ? part.first_plane() : 0,
                      n = a == last ? part.planes() : axis.cells();
    auto& intervals = boxes.of_axis.emplace_back();
    for (std::size_t i = first; i < first + n; ++i) intervals.push_back({axis.edge(i), axis.width(i)});
  }
  return boxes;
}

TensorBoxes centres(TensorBoxes boxes) {
  for (auto& along : boxes.of_axis)
    for (auto& interval : along) interval = {interval.lower + 0.5 * interval.width, 0};
  return boxes;
}

void at_nodes(const TensorBoxes& boxes, const formula::Program& program, const ReduceNodes& reduce) {
  std::vector<std::unique_ptr<Run>> runs(parallel::threads());
  parallel::for_each_chunk(boxes.size(), box_run, [&](std::size_t begin, std::size_t end, std::size_t w) {
    if (!runs[w]) runs[w] = std::make_unique<Run>(boxes, program);
    reduce(begin, end - begin, runs[w]->evaluate(begin, end - begin));
  });
}

}  // namespace fpk::law
