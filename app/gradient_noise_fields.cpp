#include "app/gradient_noise_fields.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/passage_pictures.hpp"
#include "model/sgd/gradient_noise.hpp"
#include "parallel/threads.hpp"

namespace fpk::app {
namespace {

using formula::Formula;
constexpr std::size_t chunk = formula::block_width;
constexpr double most_decades = 16;  ///< of a condition number; beyond it a matrix is singular to rounding

/// L, its gradient, Sigma and H by rows.
std::vector<Formula> outputs(const model::RowLoss& loss) {
  const Formula L = loss.mean();
  std::vector<Formula> all{L};
  for (const auto& p : loss.parameters) all.push_back(L.derivative(p));
  for (const auto& row : model::gradient_covariance(loss))
    for (const auto& entry : row) all.push_back(entry);
  for (const auto& p : loss.parameters)
    for (const auto& q : loss.parameters) all.push_back(L.derivative(p).derivative(q));
  return all;
}

class Fields {
  std::size_t d_;
  const law::GridPart& part_;
  formula::Program program_;

 public:
  Fields(const model::RowLoss& of, const law::GridPart& part)
      : d_(of.dimension()), part_(part), program_(outputs(of), of.parameters) {
    parallel::for_each_chunk(part.size(), chunk,
                             [&](std::size_t begin, std::size_t end, std::size_t) { evaluate(begin, end); });
  }
  std::vector<io::CellField> take() {
    return {std::move(trace),           std::move(loss), std::move(gradient),  std::move(covariance),
            std::move(hessian),         std::move(rank), std::move(condition), std::move(alignment),
            std::move(proportionality), std::move(angle)};
  }
  io::CellField trace = make("trace", 1), loss = make("loss", 1), gradient = make("gradient", 3),
                covariance = make("covariance", 9), hessian = make("hessian", 9), rank = make("rank", 1),
                condition = make("log10_condition", 1), alignment = make("alignment", 1),
                proportionality = make("proportionality", 1), angle = make("leading_angle", 1);

 private:
  io::CellField make(const char* name, std::size_t components) const {
    return {name, components, std::vector<double>(components * part_.size(), 0.0)};
  }

  void evaluate(std::size_t begin, std::size_t end) {
    const std::size_t n = end - begin;
    std::vector<std::vector<double>> x(d_, std::vector<double>(n)),
        y(program_.output_count(), std::vector<double>(n));
    std::vector<const double*> in;
    std::vector<double*> out;
    for (auto& a : x) in.push_back(a.data());
    for (auto& a : y) out.push_back(a.data());
    const auto& grid = part_.grid();
    for (std::size_t i = 0; i < n; ++i) {
      const auto centre = grid.center(grid.index(part_.first() + begin + i));
      for (std::size_t a = 0; a < d_; ++a) x[a][i] = centre[a];
    }
    program_.evaluate(in, n, out);
    for (std::size_t i = 0; i < n; ++i) set_cell(begin + i, i, y);
  }

  void set_cell(std::size_t cell, std::size_t i, const std::vector<std::vector<double>>& y) {
    const auto D = static_cast<Eigen::Index>(d_);
    Eigen::MatrixXd Sigma(D, D), H(D, D);
    loss.values[cell] = y[0][i];
    for (std::size_t a = 0; a < d_; ++a) {
      gradient.values[3 * cell + a] = y[1 + a][i];
      for (std::size_t b = 0; b < d_; ++b) {
        const auto r = static_cast<Eigen::Index>(a), s = static_cast<Eigen::Index>(b);
        covariance.values[9 * cell + 3 * a + b] = Sigma(r, s) = y[1 + d_ + d_ * a + b][i];
        hessian.values[9 * cell + 3 * a + b] = H(r, s) = y[1 + d_ + d_ * d_ + d_ * a + b][i];
      }
    }
    const auto shape = model::noise_shape(Sigma, H);
    trace.values[cell] = shape.trace;
    rank.values[cell] = static_cast<double>(shape.rank);
    condition.values[cell] =
        std::isnan(shape.condition) ? 0 : std::min(std::log10(shape.condition), most_decades);
    alignment.values[cell] = shape.alignment;
    proportionality.values[cell] = shape.proportionality;
    angle.values[cell] = shape.leading_angle * 180 / std::numbers::pi;
  }
};

}  // namespace

GradientNoiseFields gradient_noise_fields(const model::RowLoss& loss, const law::GridPart& part) {
  Fields fields(loss, part);
  std::vector<PassageField> pictured{
      {"trace", "Trace of the gradient's covariance Σ", "tr Σ", fields.trace.values}};
  if (loss.dimension() > 1) {
    pictured.push_back(
        {"alignment", "Alignment of Σ with the Hessian", "cosine of Σ and H", fields.alignment.values});
    pictured.push_back({"log10_condition", "Condition of Σ", "log₁₀ condition", fields.condition.values});
  }
  auto pictures = passage_pictures(part, pictured);
  return {fields.take(), std::move(pictures)};
}

}  // namespace fpk::app
