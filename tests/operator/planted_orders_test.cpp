// Errors planted in the schemes, each seen by the measurement of orders.
#include <gtest/gtest.h>

#include "tests/operator/order_finding.hpp"

namespace fpk::orders {
namespace {

/// A process that is not the problem's: what a scheme with an error in it would follow.
struct Planted {
  std::string name;
  std::optional<model::Process> process;  ///< where that error can be made on it
};

std::vector<Planted> planted(const Problem& p) {
  using formula::Formula;
  std::vector<Planted> all;
  if (p.process.reversible) {
    const auto& [L, D] = *p.process.reversible;
    all.push_back({"a drift 2 % too strong",
                   model::overdamped_langevin(p.process.variables, L * Formula(1.02), D * 1.02)});
    all.back().process->noise = p.process.noise;
    all.push_back({"half the noise", model::overdamped_langevin(p.process.variables, L, D / 4)});
    return all;
  }
  auto strong = p.process, quiet = p.process, uncorrected = p.process;
  strong.drift[0] = strong.drift[0] * Formula(1.02);
  quiet.noise[0][0] = quiet.noise[0][0] * Formula(0.5);
  all.push_back({"a drift 2 % too strong", strong});
  all.push_back({"half the noise", quiet});
  if (p.process.noise[0][0].depends_on("x")) {  // read in the sense of Stratonovich
    const auto& s = p.process.noise[0][0];
    uncorrected.drift[0] = uncorrected.drift[0] + Formula(0.5) * s * s.derivative("x");
    all.push_back({"a missing correction of the drift", uncorrected});
  }
  return all;
}

TEST(OrderTable, APlantedErrorIsSeenInEveryScheme) {
  for (const auto& row : sde::schemes()) {
    std::size_t seen = 0;
    for (const auto& p : problems()) {
      if (p.process.dimension() > 1 || !row.refusal(p.process).empty()) continue;
      for (const auto& [name, wrong] : planted(p)) {
        if (!row.refusal(*wrong).empty()) continue;
        const auto found = weak(row, p, *wrong);
        EXPECT_FALSE(found.agrees) << row.name << " with " << name << ", " << p.name << ": " << found.words;
        ++seen;
      }
    }
    if (row.refusal(problems().front().process).empty()) {
      EXPECT_GE(seen, 5U) << row.name;
    }
  }
}

/// A scheme of order 1 where the row says 2.
TEST(OrderTable, ASchemeWithoutItsTermsOfSecondOrderIsSeen) {
  const Maker euler = [](const SchemeFacts&, const model::Process& p) {
    return sde::find_scheme("euler-maruyama")->make(p);
  };
  for (const auto& row : sde::schemes()) {
    if (row.weak_order != 2) continue;
    for (const auto& p : problems())
      if (p.process.dimension() == 1 && row.refusal(p.process).empty()) {
        EXPECT_FALSE(weak(row, p, p.process, euler).agrees) << row.name << ", " << p.name;
      }
  }
}

/// Forwards all but the postprocessor.
class Unobserved : public sde::Scheme {
 public:
  explicit Unobserved(std::unique_ptr<sde::Scheme> scheme) : scheme_(std::move(scheme)) {}
  [[nodiscard]] std::unique_ptr<sde::Scratch> scratch() const override { return scheme_->scratch(); }
  [[nodiscard]] sde::DrawCounts draws() const override { return scheme_->draws(); }
  void step(std::span<double* const> x, double t, double dt, const sde::Draws& draws,
            sde::Scratch& scratch) const override {
    scheme_->step(x, t, dt, draws, scratch);
  }

 private:
  std::unique_ptr<sde::Scheme> scheme_;
};

TEST(OrderTable, AForgottenPostprocessorIsSeenInTheInvariantOrder) {
  const auto& p = problems()[1];
  for (const auto& row : sde::schemes()) {
    if (!row.refusal(p.process).empty() || !row.make(p.process)->has_postprocessor()) continue;
    const Maker forgetful = [](const SchemeFacts& made, const model::Process& of) {
      return std::make_unique<Unobserved>(made.make(of));
    };
    EXPECT_TRUE(invariant(row, p, p.process).agrees) << row.name;
    EXPECT_FALSE(invariant(row, p, p.process, forgetful).agrees) << row.name;
  }
}

}  // namespace
}  // namespace fpk::orders
