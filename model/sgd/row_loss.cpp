#include "model/sgd/row_loss.hpp"

namespace fpk::model {
namespace {

std::vector<Formula> gradient_of(const Formula& f, const std::vector<std::string>& parameters) {
  std::vector<Formula> slopes;
  for (const auto& p : parameters) slopes.push_back(f.derivative(p));
  return slopes;
}

/// f with the columns of the first row.
Formula of_first_row(Formula f, const formula::Table& rows) {
  for (std::size_t c = 0; c < rows.names.size(); ++c)
    f = f.substitute(rows.names[c], Formula(rows.columns[c].front()));
  return f;
}

}  // namespace

Formula RowLoss::mean() const { return formula::mean_over_rows(row, rows) + regulariser; }

std::vector<Formula> RowLoss::gradient() const { return gradient_of(mean(), parameters); }

std::vector<Formula> RowLoss::row_gradient() const { return gradient_of(row, parameters); }

std::vector<std::vector<Formula>> gradient_covariance(const RowLoss& loss) {
  std::vector<Formula> deviation = loss.row_gradient(), mean;
  for (auto& g : deviation) {
    g = g - of_first_row(g, *loss.rows);
    mean.push_back(formula::mean_over_rows(g, loss.rows));
  }
  const std::size_t d = loss.dimension();
  std::vector<std::vector<Formula>> Sigma(d, std::vector<Formula>(d));
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      Sigma[i][j] = Sigma[j][i] =
          formula::mean_over_rows(deviation[i] * deviation[j], loss.rows) - mean[i] * mean[j];
  return Sigma;
}

}  // namespace fpk::model
