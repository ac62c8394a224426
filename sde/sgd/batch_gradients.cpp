#include "sde/sgd/batch_gradients.hpp"

#include <algorithm>
#include <stdexcept>

#include "formula/program.hpp"
#include "parallel/threads.hpp"
#include "sde/noise/fill.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

}  // namespace

Eigen::MatrixXd batch_gradients(const Eigen::MatrixXd& rows, std::size_t b, model::Sampling sampling,
                                std::size_t n, const Stream& stream, std::uint64_t step) {
  if (sampling == model::Sampling::reshuffle)
    throw std::invalid_argument("batches of an epoch are not independent of each other");
  Eigen::MatrixXd means(static_cast<Eigen::Index>(n), rows.cols());
  const RowCounts counts{1, b, static_cast<std::size_t>(rows.rows()), sampling};
  parallel::for_each_chunk((n + width - 1) / width, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
    RowBlocks drawn(counts);
    for (std::size_t block = begin; block < end; ++block) {
      drawn.draw(stream, block * width, step);
      for (std::size_t lane = 0; lane < std::min(width, n - block * width); ++lane)
        for (Eigen::Index i = 0; i < rows.cols(); ++i) {
          double sum = 0;
          for (std::size_t k = 0; k < b; ++k) sum += rows(drawn.all()[k][lane], i);
          means(static_cast<Eigen::Index>(block * width + lane), i) = sum / static_cast<double>(b);
        }
    }
  });
  return means;
}

Eigen::MatrixXd normal_points(const Eigen::MatrixXd& root, std::size_t n, const Stream& stream,
                              std::uint64_t step) {
  const std::size_t blocks = (n + width - 1) / width;
  Eigen::MatrixXd z(static_cast<Eigen::Index>(blocks * width), root.cols());
  parallel::for_each_chunk(blocks, 1, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t block = begin; block < end; ++block) {
      std::vector<double*> to;
      for (Eigen::Index k = 0; k < z.cols(); ++k) to.push_back(z.col(k).data() + block * width);
      fill_normals(stream, block * width, step, 1, to);
    }
  });
  return z.topRows(static_cast<Eigen::Index>(n)) * root.transpose();
}

}  // namespace fpk::sde
