#include "studies/flat_and_sharp/computed.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "app/evolve.hpp"
#include "app/passage.hpp"
#include "io/case_file.hpp"
#include "studies/flat_and_sharp/wells.hpp"

namespace fpk::studies {
namespace {

const parallel::Communicator& alone() {
  static const auto self = parallel::Communicator::self();
  return self;
}

Overrides joined(Overrides first, const Overrides& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

const io::Series& series_of(const io::NamedSeries& all, const std::string& name) {
  for (const auto& [key, series] : all)
    if (key == name) return series;
  throw std::runtime_error("the case has no observable " + name);
}

}  // namespace

double stationary_share(const std::filesystem::path& file, const Overrides& keys) {
  auto problem = io::read_case(file, joined({"time.end=0.1", "time.observe=2"}, keys));
  problem.particles.reset();
  problem.process.stationary.reset();  // what the grid makes of it, not the closed form
  const auto record = app::evolve(problem, alone(), {});
  for (const auto& [name, value] : record.stationary->observables)
    if (name == "flat") return value;
  throw std::runtime_error("the case has no observable flat");
}

PassageTime passage_from(double minimum, const std::filesystem::path& file, const Overrides& keys) {
  const bool up = minimum == wells::flat;
  auto problem = io::read_case(file, joined({fmt::format("passage.start=[{}]", minimum),
                                             up ? "passage.target=x > 1" : "passage.target=x < 0"},
                                            keys));
  problem.particles.reset();
  const auto passage = *app::passage(problem, alone(), {}).passage;
  return {passage.time.mean, passage.time.mean_error.value_or(std::nan("")),
          passage.quasi_stationary ? passage.quasi_stationary->rate : std::nan("")};
}

SeenRate chain_escape(const std::filesystem::path& file, const Overrides& keys) {
  auto problem = io::read_case(file, joined({"density.enabled=false"}, keys));
  problem.particles.reset();
  const auto record = app::evolve(problem, alone(), {});
  const auto& chains = *record.sgd;
  const auto& share = series_of(chains.observables, "sharp").value;
  const std::size_t last = share.size() - 1, first = last / 4;
  const double before = share[first], after = share[last];
  const double span = chains.times[last] - chains.times[first];
  // Of those in the well before, after/before are there still: a binomial share.
  const double n = static_cast<double>(problem.sgd->replicas) * before, stay = after / before;
  return {-std::log(stay) / span, std::sqrt((1 - stay) / (stay * n)) / span, after, chains.exploded.back()};
}

}  // namespace fpk::studies
