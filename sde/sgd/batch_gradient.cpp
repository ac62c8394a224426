#include "sde/sgd/batch_gradient.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "parallel/instruction_set.hpp"
#include "sde/row_kernels.hpp"

namespace fpk::sde {
namespace {

using formula::Formula;

/// Rows that the larger program takes at once: more would not leave their columns in the first cache.
constexpr std::size_t rows_at_once = 4;

// No column of a table is called so.
std::string sum_name(std::size_t i) { return fmt::format("sum {}", i); }
std::string of_row(const std::string& column, std::size_t k) {
  return fmt::format("{} of row {}", column, k);
}

std::vector<std::size_t> used_columns(const model::RowLoss& loss) {
  std::vector<std::size_t> used;
  const auto slope = loss.row_gradient();
  for (std::size_t c = 0; c < loss.rows->names.size(); ++c)
    if (std::ranges::any_of(slope, [&](const Formula& g) { return g.depends_on(loss.rows->names[c]); }))
      used.push_back(c);
  return used;
}

formula::Program slopes(const model::RowLoss& loss, const std::vector<std::size_t>& used) {
  auto inputs = loss.parameters;
  for (const std::size_t c : used) inputs.push_back(loss.rows->names[c]);
  return {loss.row_gradient(), inputs};
}

/// sum_i + slope_i of row 0 + slope_i of row 1 + ...
formula::Program summed(const model::RowLoss& loss, const std::vector<std::size_t>& used, std::size_t rows) {
  auto inputs = loss.parameters;
  std::vector<Formula> sums;
  for (std::size_t i = 0; i < loss.dimension(); ++i) {
    inputs.push_back(sum_name(i));
    sums.push_back(Formula::variable(inputs.back()));
  }
  for (std::size_t k = 0; k < rows; ++k) {
    auto slope = loss.row_gradient();
    for (const std::size_t c : used) {
      const auto& column = loss.rows->names[c];
      inputs.push_back(of_row(column, k));
      for (auto& g : slope) g = g.substitute(column, Formula::variable(inputs.back()));
    }
    for (std::size_t i = 0; i < slope.size(); ++i) sums[i] = sums[i] + slope[i];
  }
  return {sums, inputs};
}

}  // namespace

BatchGradient::BatchGradient(const model::RowLoss& loss)
    : table_(loss.rows),
      used_(used_columns(loss)),
      dimension_(loss.dimension()),
      row_(slopes(loss, used_)),
      one_more_(summed(loss, used_, 1)),
      more_(summed(loss, used_, rows_at_once)) {}

BatchGradient::Place::Place(const BatchGradient& of)
    : columns(of.used_.size() * rows_at_once),
      sums(of.dimension_),
      row(of.row_.workspace()),
      one_more(of.one_more_.workspace()),
      more(of.more_.workspace()) {}

std::unique_ptr<BatchGradient::Place> BatchGradient::place() const { return std::make_unique<Place>(*this); }

/// Adds to the inputs the columns of these rows.
void BatchGradient::gather(std::span<const std::uint32_t* const> rows, std::size_t first,
                           Place& place) const {
  const auto& kernels = FPK_KERNELS_IN_USE(row_kernels);
  place.inputs.resize(first);
  for (const std::uint32_t* row : rows)
    for (const std::size_t c : used_) {
      double* const column = place.columns[place.inputs.size() - first];
      kernels.gather(table_->columns[c].data(), row, column);
      place.inputs.push_back(column);
    }
}

void BatchGradient::set_row(std::span<double* const> theta, const std::uint32_t* row,
                            std::span<double* const> to, Place& place) const {
  place.inputs.assign(theta.begin(), theta.end());
  gather({&row, 1}, dimension_, place);
  row_.evaluate_block(place.inputs, to, *place.row);
}

void BatchGradient::set_sum_of_rows(std::span<double* const> theta,
                                    std::span<const std::uint32_t* const> rows, std::span<double* const> to,
                                    Place& place) const {
  // Sums go to and fro between two places, so that the last ones end in `to`.
  const std::size_t programs = rows.size() / rows_at_once + rows.size() % rows_at_once;
  std::span<double*const> before = programs % 2 == 0 ? to : place.sums.all(),
                          after = programs % 2 == 0 ? place.sums.all() : to;
  for (double* sum : before) std::fill_n(sum, formula::block_width, 0.0);
  while (!rows.empty()) {
    const bool several = rows.size() >= rows_at_once;
    const std::size_t count = several ? rows_at_once : 1;
    place.inputs.assign(theta.begin(), theta.end());
    place.inputs.insert(place.inputs.end(), before.begin(), before.end());
    gather(rows.first(count), 2 * dimension_, place);
    (several ? more_ : one_more_)
        .evaluate_block(place.inputs, after, several ? *place.more : *place.one_more);
    rows = rows.subspan(count);
    std::swap(before, after);
  }
}

}  // namespace fpk::sde
