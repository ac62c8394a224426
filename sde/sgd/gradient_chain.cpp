#include "sde/sgd/gradient_chain.hpp"

#include <algorithm>
#include <cmath>

#include "model/process.hpp"
#include "model/sgd/gradient_model.hpp"

namespace fpk::sde {
namespace {

using formula::Formula;
constexpr std::size_t width = formula::block_width;

std::vector<std::string> with_columns(const model::RowLoss& loss) {
  auto names = loss.parameters;
  names.insert(names.end(), loss.rows->names.begin(), loss.rows->names.end());
  return names;
}

std::vector<Formula> regulariser_slope(const model::RowLoss& loss) {
  std::vector<Formula> slope;
  for (const auto& p : loss.parameters) slope.push_back(loss.regulariser.derivative(p));
  return slope;
}

bool is_zero(const Formula& f) { return f.constant() == 0.0; }

}  // namespace

/// What a block of chains is worked on in.
class GradientChain::Place : public Scratch {
 public:
  explicit Place(const GradientChain& of)
      : columns(of.chain_.loss.rows->columns.size()),
        slope(of.dimension_),
        sum(of.dimension_),
        square(of.dimension_),
        shared(of.dimension_),
        ahead(of.dimension_),
        total(of.dimension_),
        rows_workspace(of.row_gradient_.workspace()),
        regulariser_workspace(of.regulariser_.workspace()) {}

  BlockArrays columns, slope;  ///< of one row a lane
  BlockArrays sum, square;     ///< over the rows of a batch: of the gradients, of their squares
  BlockArrays shared;          ///< the regulariser's
  BlockArrays ahead;           ///< where the gradient is taken, if not at theta
  BlockArrays total;           ///< the gradient of the step
  std::shared_ptr<formula::Program::Workspace> rows_workspace, regulariser_workspace;
  std::vector<double> batch_of_lane = std::vector<double>(width);
};

GradientChain::GradientChain(model::StochasticGradient chain)
    : chain_(std::move(chain)),
      dimension_(chain_.loss.dimension()),
      row_gradient_(chain_.loss.row_gradient(), with_columns(chain_.loss)),
      regulariser_(regulariser_slope(chain_.loss), chain_.loss.parameters),
      schedules_(std::vector<Formula>{chain_.schedule, chain_.batch, chain_.temperature},
                 std::vector<std::string>{model::time_name}),
      is_regular_(!std::ranges::all_of(regulariser_slope(chain_.loss), is_zero)),
      is_injected_(!is_zero(chain_.temperature)) {}

std::vector<std::string> GradientChain::variables() const {
  auto names = chain_.loss.parameters;
  if (chain_.has_momentum())
    for (const auto& p : chain_.loss.parameters) names.push_back(model::velocity_name(p));
  if (chain_.adaptive) names.emplace_back("batch size");
  return names;
}

std::unique_ptr<Scratch> GradientChain::scratch() const { return std::make_unique<Place>(*this); }

DrawCounts GradientChain::draws() const {
  const std::size_t batches = chain_.svag > 1 ? 2 : 1;
  return {.increments = is_injected_ ? dimension_ : 0,
          .rows = {batches, chain_.largest_batch, chain_.rows(), chain_.sampling}};
}

std::size_t GradientChain::batch_at(double t) const {
  const double b = schedules_(std::span<const double>(&t, 1))[1];
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::llround(b)), 1, chain_.largest_batch);
}

/// place.sum becomes the mean gradient of the batch at `at`, and place.square, where batches grow, the sum of the rows' squares.
void GradientChain::set_gradient(std::span<double* const> at, std::span<const std::uint32_t* const> rows,
                                 std::size_t batch, Place& place) const {
  const auto& table = chain_.loss.rows->columns;
  std::vector<const double*> inputs(at.begin(), at.end());
  for (std::size_t c = 0; c < table.size(); ++c) inputs.push_back(place.columns[c]);
  for (std::size_t i = 0; i < dimension_; ++i) {
    std::fill_n(place.sum[i], width, 0.0);
    std::fill_n(place.square[i], width, 0.0);
  }
  for (std::size_t k = 0; k < batch; ++k) {
    for (std::size_t c = 0; c < table.size(); ++c)
      for (std::size_t lane = 0; lane < width; ++lane) place.columns[c][lane] = table[c][rows[k][lane]];
    row_gradient_.evaluate_block(inputs, place.slope.all(), *place.rows_workspace);
    for (std::size_t i = 0; i < dimension_; ++i) {
      if (!chain_.adaptive) {
        add_multiple(place.sum[i], 1, place.slope[i]);
        continue;
      }
      for (std::size_t lane = 0; lane < width; ++lane) {
        const double counts = static_cast<double>(k) < place.batch_of_lane[lane] ? 1 : 0;
        place.sum[i][lane] += counts * place.slope[i][lane];
        place.square[i][lane] += counts * place.slope[i][lane] * place.slope[i][lane];
      }
    }
  }
  for (std::size_t i = 0; i < dimension_; ++i)
    for (std::size_t lane = 0; lane < width; ++lane)
      place.sum[i][lane] /= chain_.adaptive ? place.batch_of_lane[lane] : static_cast<double>(batch);
}

/// The norm test: Var(mean gradient) = (sum g^2 - b mean^2) / ((b - 1) b), summed over the parameters, against its square. The
/// regulariser counts in the mean alone.
void GradientChain::grow_batches(Place& place, double* batch) const {
  const auto& rule = *chain_.adaptive;
  for (std::size_t lane = 0; lane < width; ++lane) {
    const double b = place.batch_of_lane[lane];
    double variance = 0, square = 0;
    for (std::size_t i = 0; i < dimension_; ++i) {
      const double mean = place.sum[i][lane], slope = mean + (is_regular_ ? place.shared[i][lane] : 0);
      variance += (place.square[i][lane] - b * mean * mean) / ((b - 1) * b);
      square += slope * slope;
    }
    if (variance > rule.threshold * square)
      batch[lane] = std::min(std::ceil(rule.growth * b), static_cast<double>(rule.largest));
  }
}

void GradientChain::step(std::span<double* const> x, double n, double, const Draws& draws,
                         Scratch& scratch) const {
  auto& place = static_cast<Place&>(scratch);
  const double h = chain_.step(), t = n * h, mu = chain_.momentum;
  const auto at_t = schedules_(std::span<const double>(&t, 1));
  const double u = at_t[0], D = at_t[2];
  const auto theta = x.first(dimension_);
  double* const own_batch = chain_.adaptive ? x.back() : nullptr;
  std::size_t batch = batch_at(t);
  if (own_batch != nullptr) {
    batch = chain_.largest_batch;
    std::copy_n(own_batch, width, place.batch_of_lane.begin());
  }

  std::span<double* const> at = theta;
  if (chain_.nesterov && chain_.has_momentum()) {
    for (std::size_t i = 0; i < dimension_; ++i) {
      std::copy_n(theta[i], width, place.ahead[i]);
      add_multiple(place.ahead[i], mu * h, x[dimension_ + i]);
    }
    at = place.ahead.all();
  }
  if (is_regular_)
    regulariser_.evaluate_block(std::vector<const double*>(at.begin(), at.end()), place.shared.all(),
                                *place.regulariser_workspace);
  const std::size_t batches = chain_.svag > 1 ? 2 : 1, stride = chain_.largest_batch;
  const double enlarged = std::sqrt(2 * static_cast<double>(chain_.svag) - 1);
  for (std::size_t m = 0; m < batches; ++m) {
    set_gradient(at, draws.rows.subspan(m * stride, batch), batch, place);
    const double share = batches == 1 ? 1 : (m == 0 ? 1 + enlarged : 1 - enlarged) / 2;
    for (std::size_t i = 0; i < dimension_; ++i) {
      if (m == 0) std::fill_n(place.total[i], width, 0.0);
      add_multiple(place.total[i], share, place.sum[i]);
    }
  }
  if (own_batch != nullptr) grow_batches(place, own_batch);
  for (std::size_t i = 0; i < dimension_; ++i) {
    if (is_regular_) add_multiple(place.total[i], 1, place.shared[i]);
    // The move: of theta itself, or of its velocity (v / h).
    const double friction = chain_.has_momentum() ? 1 - mu : 1;
    const double kick = chain_.has_momentum() ? 1 / h : 1;
    double* const moved = chain_.has_momentum() ? x[dimension_ + i] : theta[i];
    if (chain_.has_momentum())
      for (std::size_t lane = 0; lane < width; ++lane) moved[lane] *= mu;
    add_multiple(moved, -h * u * kick, place.total[i]);
    if (is_injected_) add_multiple(moved, kick * std::sqrt(2 * D * friction * h * u), draws.dW[i]);
    if (chain_.has_momentum()) add_multiple(theta[i], h, moved);
  }
}

}  // namespace fpk::sde
