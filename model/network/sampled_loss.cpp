#include "model/network/sampled_loss.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "parallel/threads.hpp"

namespace fpk::model {
namespace {

/// Rows of a piece. Few enough that a product of matrices is never cut along them, whatever the sizes of a machine's caches: its
/// sums are then formed in one order everywhere.
constexpr std::size_t piece = 128;

std::vector<std::uint32_t> numbers(std::size_t begin, std::size_t end) {
  std::vector<std::uint32_t> rows(end - begin);
  std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(begin));
  return rows;
}

/// The sum over pieces of their share of the rows times `term`(rows of the piece): the mean over all rows.
template <class Term>
Eigen::VectorXd mean_over_pieces(std::size_t rows, Eigen::Index length, Term term) {
  const std::size_t pieces = (rows + piece - 1) / piece;
  std::vector<Eigen::VectorXd> terms(pieces);
  parallel::for_each_chunk(rows, piece, [&](std::size_t begin, std::size_t end, std::size_t) {
    Eigen::VectorXd t(length);
    term(numbers(begin, end), t);
    terms[begin / piece] = t * (static_cast<double>(end - begin) / static_cast<double>(rows));
  });
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(length);
  for (const auto& t : terms) sum += t;
  return sum;
}

}  // namespace

double mean_value(const SampledLoss& loss, const Eigen::VectorXd& theta) {
  return mean_over_pieces(loss.rows(), 1,
                          [&](Rows rows, Eigen::VectorXd& t) { t[0] = loss.value(theta, rows); })[0];
}

double mean_gradient(const SampledLoss& loss, const Eigen::VectorXd& theta, Eigen::VectorXd& g) {
  const Eigen::Index P = loss.parameters();
  const Eigen::VectorXd mean = mean_over_pieces(loss.rows(), P + 1, [&](Rows rows, Eigen::VectorXd& t) {
    Eigen::VectorXd own(P);
    t[P] = loss.gradient(theta, rows, own);
    t.head(P) = own;
  });
  g = mean.head(P);
  return mean[P];
}

Eigen::VectorXd mean_hessian_product(const SampledLoss& loss, const Eigen::VectorXd& theta,
                                     const Eigen::VectorXd& v) {
  return mean_over_pieces(loss.rows(), loss.parameters(),
                          [&](Rows rows, Eigen::VectorXd& t) { loss.hessian_product(theta, v, rows, t); });
}

Eigen::MatrixXd all_slopes(const SampledLoss& loss, const Eigen::VectorXd& theta,
                           const Eigen::MatrixXd& directions) {
  Eigen::MatrixXd all(directions.cols(), static_cast<Eigen::Index>(loss.rows()));
  parallel::for_each_chunk(loss.rows(), piece, [&](std::size_t begin, std::size_t end, std::size_t) {
    Eigen::MatrixXd own;
    loss.slopes(theta, directions, numbers(begin, end), own);
    all.middleCols(static_cast<Eigen::Index>(begin), static_cast<Eigen::Index>(end - begin)) = own;
  });
  return all;
}

ProjectedLoss project(const SampledLoss& loss, const Eigen::VectorXd& theta,
                      const Eigen::MatrixXd& directions) {
  const Eigen::Index k = directions.cols();
  // A piece gives the mean loss, the mean slopes and their mean products.
  const Eigen::VectorXd means =
      mean_over_pieces(loss.rows(), 1 + k + k * k, [&](Rows rows, Eigen::VectorXd& t) {
        Eigen::MatrixXd s;
        t[0] = loss.slopes(theta, directions, rows, s);
        t.segment(1, k) = s.rowwise().mean();
        Eigen::Map<Eigen::MatrixXd>(t.data() + 1 + k, k, k) =
            s * s.transpose() / static_cast<double>(rows.size());
      });
  ProjectedLoss p;
  const Eigen::VectorXd mean = means.segment(1, k);
  p.value = means[0] + loss.regulariser(theta);
  p.gradient = mean + directions.transpose() * loss.regulariser_gradient(theta);
  p.covariance = Eigen::Map<const Eigen::MatrixXd>(means.data() + 1 + k, k, k) - mean * mean.transpose();
  return p;
}

}  // namespace fpk::model
