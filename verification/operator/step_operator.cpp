#include "verification/operator/step_operator.hpp"

#include <cmath>
#include <vector>

#include "parallel/threads.hpp"

namespace fpk::verification {
namespace {

constexpr std::size_t rows_at_once = 64;

/// Counts an outcome beyond the grid under the faces that it lies beyond; under the first where it is not finite.
void count_leak(const PanelGrid& grid, const law::Point& y, double probability, Eigen::MatrixXd& leak,
                Eigen::Index row) {
  for (std::size_t a = 0; a < grid.dimension(); ++a) {
    const auto face = static_cast<Eigen::Index>(2 * a);
    if (!(y[a] >= grid.axis(a).lower())) leak(row, face) += probability;
    if (y[a] > grid.axis(a).upper()) leak(row, face + 1) += probability;
  }
}

bool is_finite(const law::Point& y) { return std::isfinite(y[0] + y[1] + y[2]); }

}  // namespace

StepOperator::StepOperator(const PanelGrid& grid, const OneStep& step) {
  const auto n = static_cast<Eigen::Index>(grid.size());
  P_.setZero(n, n);
  leak_.setZero(n, static_cast<Eigen::Index>(2 * grid.dimension()));
  reached_.resize(grid.size());
  parallel::for_each_chunk(
      grid.size(), rows_at_once, [&](std::size_t begin, std::size_t end, std::size_t /*worker*/) {
        std::vector<law::Point> from;
        for (std::size_t i = begin; i < end; ++i) from.push_back(grid.point(i));
        step(from, [&](std::size_t i, const law::Point& y, double probability) {
          const auto row = static_cast<Eigen::Index>(begin + i);
          count_leak(grid, y, probability, leak_, row);
          grid.add_weights(is_finite(y) ? grid.nearest(y) : from[i], probability, &P_(row, 0));
        });
        for (std::size_t i = begin; i < end; ++i) reached_[i] = range_of(static_cast<Eigen::Index>(i));
      });
}

StepOperator::Range StepOperator::range_of(Eigen::Index row) const {
  Eigen::Index first = 0, end = P_.cols();
  while (first < end && P_(row, first) == 0) ++first;
  while (end > first && P_(row, end - 1) == 0) --end;
  return {first, end - first};
}

Eigen::VectorXd StepOperator::apply(const Eigen::VectorXd& u) const {
  Eigen::VectorXd v(u.size());
  parallel::for_each_chunk(static_cast<std::size_t>(u.size()), 4 * rows_at_once,
                           [&](std::size_t begin, std::size_t end, std::size_t /*worker*/) {
                             for (std::size_t i = begin; i < end; ++i) {
                               const auto row = static_cast<Eigen::Index>(i);
                               const auto [first, count] = reached_[i];
                               v[row] = P_.row(row).segment(first, count).dot(u.segment(first, count));
                             }
                           });
  return v;
}

}  // namespace fpk::verification
