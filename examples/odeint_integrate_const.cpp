// A scheme of fpk driven by Boost.Odeint: integrate_const steps 256 particles of
//
//     dX = (1 - X) X dt + 0.4 X dW        (stochastic logistic growth, Ito)
//
// with a scheme of weak order 2, an observer prints their mean, and at the end they are the first 256 particles of the ensemble that
// `fpk run` would take for the same seed, to the last bit. Exit status 0 where they are.
#include <utility>  // wanted, but not included, by odeint's headers

#include <boost/numeric/odeint/integrate/integrate_const.hpp>
#include <cstdio>
#include <cstring>

#include "law/exact/point.hpp"
#include "sde/ensemble.hpp"
#include "sde/odeint_stepper.hpp"

namespace {

namespace odeint = boost::numeric::odeint;
using namespace fpk;

constexpr double start = 0.2, end = 4, dt = 1.0 / 64;
constexpr std::uint64_t seed = 7;

model::Process logistic_growth() {
  const formula::Scope scope{{"x", model::time_name}, {}, {}};
  model::Process process;
  process.variables = {"x"};
  process.drift = {formula::parse("(1 - x)*x", scope)};
  process.noise = {{formula::parse("0.4*x", scope)}};
  return process;
}

double mean(const sde::BlockArrays& x) {
  double sum = 0;
  for (std::size_t i = 0; i < formula::block_width; ++i) sum += x[0][i];
  return sum / formula::block_width;
}

/// The same particles by sde::Ensemble.
bool are_those_of_the_ensemble(const sde::BlockArrays& x, const model::Process& process) {
  const model::Domain nowhere_near{
      {{"x", -1e3, 1e3, model::Boundary::reflecting, model::Boundary::reflecting}}};
  sde::Ensemble ensemble(process, nowhere_near, law::PointMass({"x"}, {start}),
                         {formula::block_width, "roessler-srk", dt, seed}, parallel::Communicator::self());
  ensemble.advance(end);
  return std::memcmp(ensemble.sample().positions(0), x[0], formula::block_width * sizeof(double)) == 0;
}

}  // namespace

int main() {
  const auto process = logistic_growth();
  const auto* facts = sde::find_scheme("roessler-srk");
  const auto scheme = facts->make(process);

  sde::BlockArrays x(1);
  for (std::size_t i = 0; i < formula::block_width; ++i) x[0][i] = start;

  const auto streams = sde::ensemble_streams(seed);
  std::uint64_t step = 0;
  const auto numbers = [&](sde::DrawBlocks& to, double /*t*/, double length) {
    sde::draw(streams, sde::NoiseKind::normal, 0, step++, length, to);
  };
  const auto observer = [](const sde::BlockArrays& at, double t) {
    if (t == static_cast<int>(t)) std::printf("t = %g   mean %.4f\n", t, mean(at));
  };

  using Stepper = sde::OdeintStepper<odeint::stepper_tag>;
  odeint::integrate_const(Stepper(*scheme, facts->weak_order), numbers, x, 0.0, end, dt, observer);

  const bool same = are_those_of_the_ensemble(x, process);
  std::printf("%s\n", same ? "the ensemble has the same particles" : "the ensemble has other particles");
  return same ? 0 : 1;
}
