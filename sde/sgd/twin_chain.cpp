#include "sde/sgd/twin_chain.hpp"

#include <algorithm>
#include <cmath>

#include "parallel/instruction_set.hpp"
#include "sde/row_kernels.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

}  // namespace

std::string twin_name(const std::string& variable) { return "twin of " + variable; }

class TwinChain::Place : public Scratch {
 public:
  explicit Place(const TwinChain& of)
      : chain(of.chain_.scratch()),
        kick(static_cast<std::size_t>(of.linearised_->kick().cols())),
        moved(static_cast<std::size_t>(of.linearised_->kick().rows())),
        of_rows(1) {}

  std::unique_ptr<Scratch> chain;
  BlockArrays kick;     ///< what R moves: u nu - s xi
  BlockArrays moved;    ///< delta, while it is being made
  BlockArrays of_rows;  ///< a component of the gradient of one row a lane
};

TwinChain::TwinChain(model::StochasticGradient chain,
                     std::shared_ptr<const model::LinearisedChain> linearised)
    : chain_(std::move(chain)), linearised_(std::move(linearised)) {}

std::vector<std::string> TwinChain::variables() const {
  auto names = chain_.variables();
  for (std::size_t a = 0, D = names.size(); a < D; ++a) names.push_back(twin_name(names[a]));
  return names;
}

std::unique_ptr<Scratch> TwinChain::scratch() const { return std::make_unique<Place>(*this); }

void TwinChain::set_kick(const model::LinearisedChain::Step& s, const Draws& draws, Place& place) const {
  const auto& kernels = FPK_KERNELS_IN_USE(row_kernels);
  const auto& chain = chain_.chain();
  const std::size_t batches = chain.svag > 1 ? 2 : 1, stride = chain.largest_batch;
  const double enlarged = std::sqrt(2 * static_cast<double>(chain.svag) - 1);
  for (std::size_t i = 0; i < place.kick.count(); ++i) {
    double* const kick = place.kick[i];
    std::fill_n(kick, width, 0.0);
    const double* const column = s.rows.col(static_cast<Eigen::Index>(i)).data();
    for (std::size_t m = 0; m < batches; ++m) {
      const double share = batches == 1 ? 1 : (m == 0 ? 1 + enlarged : 1 - enlarged) / 2;
      for (const std::uint32_t* row : draws.rows.subspan(m * stride, s.batch)) {
        kernels.gather(column, row, place.of_rows[0]);
        add_multiple(kick, s.schedule * share / static_cast<double>(s.batch), place.of_rows[0]);
      }
    }
    if (!draws.dW.empty()) add_multiple(kick, -s.injected, draws.dW[i]);
  }
}

void TwinChain::step(std::span<double* const> x, double n, double one, const Draws& draws,
                     Scratch& scratch) const {
  auto& place = static_cast<Place&>(scratch);
  const auto& R = linearised_->kick();
  const auto D = static_cast<std::size_t>(R.rows());
  const auto& s = linearised_->steps()[static_cast<std::size_t>(std::llround(n))];
  set_kick(s, draws, place);
  chain_.step(x.first(D), n, one, draws, *place.chain);
  const auto delta = x.subspan(D);
  for (std::size_t a = 0; a < D; ++a) {
    const auto row = static_cast<Eigen::Index>(a);
    std::fill_n(place.moved[a], width, 0.0);
    for (std::size_t c = 0; c < D; ++c)
      add_multiple(place.moved[a], s.A(row, static_cast<Eigen::Index>(c)), delta[c]);
    for (std::size_t i = 0; i < place.kick.count(); ++i)
      if (const double r = R(row, static_cast<Eigen::Index>(i)); r != 0)
        add_multiple(place.moved[a], -r, place.kick[i]);
  }
  for (std::size_t a = 0; a < D; ++a) std::copy_n(place.moved[a], width, delta[a]);
}

}  // namespace fpk::sde
