#include "sde/sgd/gradient_chain.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "model/process.hpp"
#include "model/sgd/gradient_model.hpp"

namespace fpk::sde {
namespace {

using formula::Formula;
constexpr std::size_t width = formula::block_width;

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
      : slope(of.dimension_),
        sum(of.dimension_),
        square(of.dimension_),
        shared(of.dimension_),
        ahead(of.dimension_),
        total(of.dimension_),
        batch(of.batch_gradient_.place()),
        regulariser_workspace(of.regulariser_.workspace()) {}

  BlockArrays slope;        ///< of one row a lane
  BlockArrays sum, square;  ///< over the rows of a batch: of the gradients, of their squares
  BlockArrays shared;       ///< the regulariser's
  BlockArrays ahead;        ///< where the gradient is taken, if not at theta
  BlockArrays total;        ///< the gradient of the step
  std::unique_ptr<BatchGradient::Place> batch;
  std::shared_ptr<formula::Program::Workspace> regulariser_workspace;
  std::vector<const double*> regulariser_inputs;
  std::vector<double> batch_of_lane = std::vector<double>(width);
  std::optional<Rates> now;  ///< of time `at`
  double at = 0;
};

GradientChain::GradientChain(model::StochasticGradient chain)
    : chain_(std::move(chain)),
      dimension_(chain_.loss.dimension()),
      batch_gradient_(chain_.loss),
      regulariser_(regulariser_slope(chain_.loss), chain_.loss.parameters),
      schedules_(std::vector<Formula>{chain_.schedule, chain_.batch, chain_.temperature},
                 std::vector<std::string>{model::time_name}),
      is_regular_(!std::ranges::all_of(regulariser_slope(chain_.loss), is_zero)),
      is_injected_(!is_zero(chain_.temperature)),
      changes_(!(chain_.schedule.constant() && chain_.batch.constant() && chain_.temperature.constant())) {}

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

/// Computed once where nothing changes with time.
const GradientChain::Rates& GradientChain::rates_at(double t, Place& place) const {
  if (place.now && (place.at == t || !changes_)) return *place.now;
  const auto at_t = schedules_(std::span<const double>(&t, 1));
  place.at = t;
  return place.now.emplace(Rates{at_t[0], at_t[2], chain_.rows_of_batch(at_t[1])});
}

/// place.sum becomes the mean gradient of each lane's own batch, and place.square the sum of the rows' squares.
void GradientChain::set_own_gradients(std::span<double* const> at, std::span<const std::uint32_t* const> rows,
                                      Place& place) const {
  for (std::size_t i = 0; i < dimension_; ++i) {
    std::fill_n(place.sum[i], width, 0.0);
    std::fill_n(place.square[i], width, 0.0);
  }
  const double largest = *std::ranges::max_element(place.batch_of_lane);
  for (std::size_t k = 0; static_cast<double>(k) < largest; ++k) {
    batch_gradient_.set_row(at, rows[k], place.slope.all(), *place.batch);
    for (std::size_t i = 0; i < dimension_; ++i)
      for (std::size_t lane = 0; lane < width; ++lane) {
        if (static_cast<double>(k) >= place.batch_of_lane[lane]) continue;
        const double g = place.slope[i][lane];
        place.sum[i][lane] += g;
        place.square[i][lane] += g * g;
      }
  }
  for (std::size_t i = 0; i < dimension_; ++i)
    for (std::size_t lane = 0; lane < width; ++lane) place.sum[i][lane] /= place.batch_of_lane[lane];
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
  const auto [u, D, batch_now] = rates_at(t, place);
  const auto theta = x.first(dimension_);
  double* const own_batch = chain_.adaptive ? x.back() : nullptr;
  const std::size_t batch = own_batch != nullptr ? chain_.largest_batch : batch_now;
  if (own_batch != nullptr) std::copy_n(own_batch, width, place.batch_of_lane.begin());

  std::span<double* const> at = theta;
  if (chain_.nesterov && chain_.has_momentum()) {
    for (std::size_t i = 0; i < dimension_; ++i) {
      std::copy_n(theta[i], width, place.ahead[i]);
      add_multiple(place.ahead[i], mu * h, x[dimension_ + i]);
    }
    at = place.ahead.all();
  }
  if (is_regular_) {
    place.regulariser_inputs.assign(at.begin(), at.end());
    regulariser_.evaluate_block(place.regulariser_inputs, place.shared.all(), *place.regulariser_workspace);
  }
  const std::size_t batches = chain_.svag > 1 ? 2 : 1, stride = chain_.largest_batch;
  const double enlarged = std::sqrt(2 * static_cast<double>(chain_.svag) - 1);
  for (std::size_t i = 0; i < dimension_; ++i) std::fill_n(place.total[i], width, 0.0);
  for (std::size_t m = 0; m < batches; ++m) {
    const auto rows = draws.rows.subspan(m * stride, batch);
    double share = batches == 1 ? 1 : (m == 0 ? 1 + enlarged : 1 - enlarged) / 2;
    if (own_batch != nullptr) {
      set_own_gradients(at, rows, place);
    } else {
      batch_gradient_.set_sum_of_rows(at, rows, place.sum.all(), *place.batch);
      share /= static_cast<double>(batch);
    }
    for (std::size_t i = 0; i < dimension_; ++i) add_multiple(place.total[i], share, place.sum[i]);
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
