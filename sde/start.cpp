#include "sde/start.hpp"

#include <algorithm>
#include <stdexcept>

#include "formula/formula.hpp"
#include "sde/motion.hpp"
#include "sde/noise/uniform.hpp"
#include "sde/sample_blocks.hpp"

namespace fpk::sde {
namespace {

[[noreturn]] void refuse_scheme(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& row : schemes()) known.emplace_back(row.name);
  std::string message = "there is no scheme \"" + name + "\"";
  if (const auto near = formula::nearest_name(name, known)) message += "; did you mean \"" + *near + "\"?";
  message += " The schemes are";
  for (const auto& k : known) message += " " + k;
  throw std::invalid_argument(message);
}

}  // namespace

std::unique_ptr<Scheme> make_scheme(const model::Process& process, const model::Domain& domain,
                                    const law::InitialLaw& initial, const EnsembleSettings& settings) {
  if (settings.count < 1)
    throw std::invalid_argument("an ensemble of " + std::to_string(settings.count) +
                                " particles: give at least 1");
  if (settings.first_particle < 0 ||
      settings.first_particle % static_cast<std::int64_t>(formula::block_width) != 0)
    throw std::invalid_argument("particles from number " + std::to_string(settings.first_particle) +
                                " on: give a multiple of " + std::to_string(formula::block_width));
  if (!(settings.step > 0))
    throw std::invalid_argument("a step of " + std::to_string(settings.step) + ": give a time above 0");
  const std::size_t d = process.dimension();
  if (domain.dimension() != d || initial.dimension() != d)
    throw std::invalid_argument("the process has " + std::to_string(d) + " variables, the domain " +
                                std::to_string(domain.dimension()) + " and the initial law " +
                                std::to_string(initial.dimension()) + ": give all three the same variables");
  const SchemeFacts* row = find_scheme(settings.scheme);
  if (row == nullptr) refuse_scheme(settings.scheme);
  if (const auto why = row->refusal(process); !why.empty())
    throw std::invalid_argument(std::string(row->name) + ": " + why);
  return row->make(process);
}

Motion make_motion(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
                   const EnsembleSettings& settings) {
  Motion motion{make_scheme(process, domain, initial, settings), Walls(process, domain), std::nullopt};
  if (!domain.is_closed()) motion.faces.emplace(process, domain, settings.absorption);
  return motion;
}

Losses place(const law::InitialLaw& initial, const Stream& stream, std::uint64_t first_particle,
             std::size_t count, const Walls& walls, Paths& paths) {
  const std::size_t d = initial.dimension();
  const BlockArrays uniforms(d);
  for (std::size_t a = 0; a < d; ++a)
    for (std::size_t i = 0; i < formula::block_width; ++i)
      uniforms[a][i] = uniform(stream, first_particle + i, 0, static_cast<std::uint32_t>(a));
  initial.place(uniforms.all_const(), formula::block_width, paths.x.all());
  std::fill(paths.alive.begin(), paths.alive.end(), std::uint8_t{0});
  std::fill_n(paths.alive.begin(), count, std::uint8_t{1});
  return walls.apply(paths);
}

Losses place(const law::InitialLaw& initial, const Stream& stream, const Walls& walls, law::Sample& sample) {
  auto places = one_for_each_thread<Paths>(sample.dimension());
  const Losses here = for_each_block(sample, [&](const Block& block, std::size_t worker) {
    const Losses lost = place(initial, stream, block.number, block.count, walls, places[worker]);
    store(places[worker], block, sample);
    return lost;
  });
  Losses all = of_all_processes(sample.processes(), here);
  all.mirrored = 0;  // the law itself is folded into the box, whatever the step
  return all;
}

}  // namespace fpk::sde
