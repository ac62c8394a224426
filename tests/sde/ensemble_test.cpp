#include "sde/ensemble.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using parallel::Communicator;
using sde::Ensemble;
using sde::EnsembleSettings;

law::Gaussian start(double sd = 0.5) {
  return {{"x", "y"}, Eigen::Vector2d(-0.7, 0.2), Eigen::Matrix2d::Identity() * sd * sd};
}

/// The double well in a box so small that every rule of the walls is used.
model::Domain small_box() {
  auto domain = box({"x", "y"}, -1.5, 1.5);
  domain.sides[0].upper_boundary = model::Boundary::absorbing;
  domain.sides[1].lower_boundary = domain.sides[1].upper_boundary = model::Boundary::periodic;
  return domain;
}

EnsembleSettings settings(std::int64_t count, double step = 0.01,
                          sde::NoiseKind noise = sde::NoiseKind::normal) {
  return {count, "euler-maruyama", step, 2024, noise};
}

Ensemble wells(std::int64_t count, Communicator processes = Communicator::self(),
               sde::NoiseKind noise = sde::NoiseKind::normal) {
  return {double_well(), small_box(), start(), settings(count, 0.01, noise), processes};
}

/// A grid for histograms in the small box.
law::Grid cells() { return law::Grid({{"x", -1.5, 1.5, 20}, {"y", -1.5, 1.5, 15}}); }

/// Same positions and lives, bit for bit, for the particles that both hold.
void expect_same_particles(const law::Sample& a, const law::Sample& b) {
  const auto first = std::max(a.first(), b.first());
  const auto end = std::min(a.first() + static_cast<std::int64_t>(a.size()),
                            b.first() + static_cast<std::int64_t>(b.size()));
  ASSERT_LE(first, end);
  const auto n = static_cast<std::size_t>(end - first);
  const auto in_a = static_cast<std::size_t>(first - a.first()),
             in_b = static_cast<std::size_t>(first - b.first());
  for (std::size_t d = 0; d < a.dimension(); ++d)
    EXPECT_EQ(std::memcmp(a.positions(d) + in_a, b.positions(d) + in_b, n * sizeof(double)), 0);
  EXPECT_EQ(std::memcmp(a.alive() + in_a, b.alive() + in_b, n), 0);
}

void expect_same_bits(const law::Estimate& a, const law::Estimate& b) {
  EXPECT_EQ(std::memcmp(&a, &b, sizeof a), 0) << a.value << " and " << b.value;
}

TEST(Ensemble, HasTheSameParticlesMomentsAndHistogramsForAnyNumberOfThreads) {
  const auto f = observable("exp(x) + x*y", {"x", "y"});
  for (const auto noise : sde::noise_kinds()) {
    auto reference = wells(20'000, Communicator::self(), noise);
    reference.advance(0.5);
    for (std::size_t threads = 2; threads <= 8; ++threads) {
      parallel::use_threads(threads);
      auto other = wells(20'000, Communicator::self(), noise);
      other.advance(0.5);
      expect_same_particles(reference.sample(), other.sample());
      expect_same_bits(reference.sample().expectations({f}).front(),
                       other.sample().expectations({f}).front());
      EXPECT_EQ(reference.sample().cell_masses(law::GridPart(cells())),
                other.sample().cell_masses(law::GridPart(cells())));
      EXPECT_EQ(reference.absorbed(), other.absorbed());
      parallel::use_threads(1);
    }
    EXPECT_GT(reference.absorbed(), 0);
  }
}

TEST(Ensemble, HasTheSameParticlesAndMomentsOnEveryInstructionSet) {
  using parallel::InstructionSet;
  const auto f = observable("exp(x) + x*y", {"x", "y"});
  const auto best = parallel::instruction_set();
  for (const auto noise : sde::noise_kinds()) {
    parallel::use_instruction_set(InstructionSet::plain);
    auto reference = wells(3000, Communicator::self(), noise);
    reference.advance(0.3);
    const auto mean = reference.sample().expectations({f}).front();
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
      parallel::use_instruction_set(set);
      auto other = wells(3000, Communicator::self(), noise);
      other.advance(0.3);
      expect_same_particles(reference.sample(), other.sample());
      expect_same_bits(mean, other.sample().expectations({f}).front());
    }
  }
  parallel::use_instruction_set(best);
}

// Also run on two, three and four processes; on one it holds of itself.
TEST(MpiEnsemble, HasTheSameParticlesMomentsAndHistogramsOnAnyNumberOfProcesses) {
  const auto f = observable("exp(x) + x*y", {"x", "y"});
  const law::GridPart whole(cells()), part(cells(), Communicator::world());
  for (const auto noise : sde::noise_kinds()) {
    auto alone = wells(30'000, Communicator::self(), noise),
         shared = wells(30'000, Communicator::world(), noise);
    alone.advance(0.5);
    shared.advance(0.5);
    EXPECT_GT(shared.sample().size(), 0U);
    expect_same_particles(alone.sample(), shared.sample());
    expect_same_bits(alone.sample().expectations({f}).front(), shared.sample().expectations({f}).front());
    EXPECT_EQ(alone.absorbed(), shared.absorbed());
    EXPECT_EQ(alone.sample().total_mass(), shared.sample().total_mass());
    const auto all = alone.sample().cell_masses(whole), mine = shared.sample().cell_masses(part);
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(part.first());
    EXPECT_TRUE(std::equal(mine.begin(), mine.end(), first)) << sde::name(noise);
  }
}

TEST(Ensemble, HasTheSamePathsForMoreParticles) {
  auto few = wells(700), many = wells(9000);  // 700: a last block that is not full
  few.advance(0.4);
  many.advance(0.4);
  expect_same_particles(few.sample(), many.sample());
}

TEST(Ensemble, DoesNotFeelAnObservationThatASteppingTimeHits) {
  auto straight = wells(1000), observed = wells(1000);
  straight.advance(0.5);
  observed.advance(0.25);
  observed.advance(0.25);  // no time, no step
  observed.advance(0.5);
  EXPECT_EQ(observed.time(), 0.5);
  // 25 + 25 steps of 0.25/25 are 50 of 0.5/50 to the last bit, on the same increments.
  expect_same_particles(straight.sample(), observed.sample());
}

// dX = dt: the position is the time, whatever the steps.
TEST(Ensemble, ReachesEveryObservationTimeWithEqualSteps) {
  const auto p = process({"x"}, {"1"}, {{"0"}});
  Ensemble ensemble(p, box({"x"}, -10, 10), law::PointMass({"x"}, {0}), settings(10, 0.3),
                    Communicator::self());
  for (const double t : {0.1, 0.3, 1.0, 1.0 + 1e-12, 3.7}) {
    ensemble.advance(t);
    EXPECT_EQ(ensemble.time(), t);
    EXPECT_NEAR(ensemble.sample().positions(0)[9], t, 20 * 1e-16 * 4);  // round-off of at most 20 additions
  }
  EXPECT_THROW(ensemble.advance(3.6), std::invalid_argument);
}

// dX = 2t dt by Euler's left rule: x(1) = 1 - dt, over two sweeps of steps and two observation times.
TEST(Ensemble, GivesTheDriftTheTimeAtTheStartOfTheStep) {
  const auto p = process({"x"}, {"2*t"}, {{"0"}});
  Ensemble ensemble(p, box({"x"}, -10, 10), law::PointMass({"x"}, {0}), settings(300, 1.0 / 1024),
                    Communicator::self());
  ensemble.advance(0.25);
  ensemble.advance(1.0);
  EXPECT_NEAR(ensemble.sample().positions(0)[299], 1 - 1.0 / 1024,
              1024 * 1.2e-16);  // round-off of 1024 additions
}

TEST(Ensemble, StartsFromTheInitialLaw) {
  const Ensemble ensemble(double_well(), box({"x", "y"}, -9, 9), start(), settings(1'000'000),
                          Communicator::self());
  const auto at = ensemble.sample().expectations({observable("x", {"x", "y"}), observable("y", {"x", "y"}),
                                                  observable("(x + 0.7)^2", {"x", "y"}),
                                                  observable("(x + 0.7)*(y - 0.2)", {"x", "y"})});
  const std::vector<double> of_law = {-0.7, 0.2, 0.25, 0};
  for (std::size_t k = 0; k < at.size(); ++k) {
    EXPECT_NEAR(at[k].value, of_law[k], allowed * at[k].standard_error);
    EXPECT_LT(at[k].standard_error, 1e-3);
  }
}

TEST(Ensemble, TellsItsProgressUpToTheEnd) {
  auto ensemble = wells(9000);
  std::vector<double> shares;
  ensemble.advance(
      6, [&](double share) { shares.push_back(share); });  // 600 steps: three sweeps of three pieces
  EXPECT_EQ(shares.size(), 9U);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1);
}

TEST(Ensemble, RefusesASchemeItDoesNotKnowAndNamesTheNearest) {
  auto wrong = settings(10);
  wrong.scheme = "euler-maryuama";
  try {
    const Ensemble ensemble(double_well(), small_box(), start(), wrong, Communicator::self());
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"euler-maruyama\""), std::string::npos)
        << error.what();
  }
}

TEST(Ensemble, RefusesSettingsOutOfRange) {
  const auto make = [](const EnsembleSettings& s, const model::Domain& domain) {
    return Ensemble(double_well(), domain, start(), s, Communicator::self()).time();
  };
  EXPECT_THROW(make(settings(0), small_box()), std::invalid_argument);
  EXPECT_THROW(make(settings(10, 0), small_box()), std::invalid_argument);
  EXPECT_THROW(make(settings(10, std::nan("")), small_box()), std::invalid_argument);
  EXPECT_THROW(make(settings(10), box({"x"}, -1, 1)), std::invalid_argument);
}

// Euler-Maruyama on a quartic well has no invariant law: from |x| beyond about sqrt(2 / (4 dt)) paths run
// away, faster at each step (Roberts, Tweedie 1996; Hutzenthaler, Jentzen, Kloeden 2011).
TEST(Ensemble, CountsExplosionsAndHidesNone) {
  const auto p = process({"x"}, {"-4*x^3"}, {{"1"}});
  const law::Gaussian wide({"x"}, Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Identity(1, 1) * 4);
  constexpr std::int64_t count = 10'000;
  Ensemble ensemble(p, box({"x"}, -1e200, 1e200), wide, settings(count, 0.1), Communicator::self());
  ensemble.advance(2);
  EXPECT_GT(ensemble.exploded(), count / 10);
  EXPECT_LT(ensemble.exploded(), count);
  EXPECT_EQ(ensemble.absorbed(), 0);
  const auto& sample = ensemble.sample();
  EXPECT_DOUBLE_EQ(sample.total_mass(), 1 - static_cast<double>(ensemble.exploded()) / count);
  std::int64_t not_finite = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    EXPECT_EQ(std::isfinite(sample.positions(0)[i]), sample.alive()[i] != 0);
    not_finite += std::isfinite(sample.positions(0)[i]) ? 0 : 1;
  }
  EXPECT_EQ(not_finite, ensemble.exploded());
  EXPECT_TRUE(std::isfinite(sample.expectations({observable("x^2", {"x"})}).front().value));
}

TEST(Ensemble, DoesNotExplodeOnTheQuarticWithASmallStep) {
  const auto p = process({"x"}, {"-4*x^3"}, {{"1"}});
  const law::Gaussian wide({"x"}, Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Identity(1, 1) * 4);
  Ensemble ensemble(p, box({"x"}, -1e200, 1e200), wide, settings(10'000, 0.001), Communicator::self());
  ensemble.advance(0.5);
  EXPECT_EQ(ensemble.exploded(), 0);
}

TEST(Ensemble, CountsADriftWithoutAValueAsAnExplosion) {
  const auto p = process({"x"}, {"sqrt(x)"}, {{"0"}});
  const law::Gaussian around_zero({"x"}, Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Identity(1, 1));
  Ensemble ensemble(p, box({"x"}, -50, 50), around_zero, settings(5000, 0.1), Communicator::self());
  std::int64_t negative = 0;
  for (std::size_t i = 0; i < 5000; ++i) negative += ensemble.sample().positions(0)[i] < 0 ? 1 : 0;
  ensemble.advance(0.1);
  EXPECT_EQ(ensemble.exploded(), negative);
  EXPECT_GT(negative, 2000);
}

TEST(Ensemble, LeavesAnAbsorbedParticleAtTheWall) {
  auto ensemble = wells(5000);
  ensemble.advance(1);
  const auto& sample = ensemble.sample();
  std::int64_t gone = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.alive()[i] != 0) continue;
    EXPECT_EQ(sample.positions(0)[i], 1.5);
    ++gone;
  }
  EXPECT_GT(gone, 0);
  EXPECT_EQ(gone, ensemble.absorbed());
  EXPECT_EQ(ensemble.exploded(), 0);
}

}  // namespace
