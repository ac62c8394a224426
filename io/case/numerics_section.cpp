// [density], [particles], [observables], [converge], [spectrum] and [output].
#include "io/case/sections.hpp"

namespace fpk::io::reader {

DensitySettings read_density(Document& document) {
  DensitySettings density;
  density.enabled = document.boolean_at("density.enabled").value_or(density.enabled);
  density.flux = document.text_at("density.flux").value_or(density.flux);
  density.propagator = document.text_at("density.propagator").value_or(density.propagator);
  density.extrapolate = document.boolean_at("density.extrapolate").value_or(density.extrapolate);
  density.tolerance = document.number_at("density.tolerance").value_or(density.tolerance);
  return density;
}

std::optional<ParticleSettings> read_particles(Document& document) {
  if (document.table("particles") == nullptr) return std::nullopt;
  ParticleSettings particles;
  particles.count = document.integer_at("particles.count").value_or(particles.count);
  particles.scheme = document.text_at("particles.scheme").value_or(particles.scheme);
  if (const auto noise = document.text_at("particles.noise"))
    for (const auto kind : sde::noise_kinds())
      if (sde::name(kind) == *noise) particles.noise = kind;
  if (const auto absorption = document.text_at("particles.absorption"))
    for (const auto kind : sde::absorptions())
      if (sde::name(kind) == *absorption) particles.absorption = kind;
  particles.step = document.number_at("particles.step").value_or(particles.step);
  particles.extrapolate = document.boolean_at("particles.extrapolate").value_or(particles.extrapolate);
  if (const auto seed = document.integer_at("particles.seed"))
    particles.seed = static_cast<std::uint64_t>(*seed);
  return particles;
}

SpectrumSettings read_spectrum(Document& document) {
  SpectrumSettings spectrum;
  if (const auto modes = document.integer_at("spectrum.modes"))
    spectrum.modes = static_cast<std::size_t>(*modes);
  return spectrum;
}

OutputSettings read_output(Document& document) {
  OutputSettings output;
  output.vtk = document.boolean_at("output.vtk").value_or(output.vtk);
  if (const auto count = document.integer_at("output.particles"))
    output.particles = static_cast<std::size_t>(*count);
  output.checkpoint = document.number_at("output.checkpoint").value_or(output.checkpoint);
  return output;
}

std::vector<law::Observable> read_observables(Document& document, const Names& names) {
  std::vector<law::Observable> observables;
  const Expressions expressions(document, names.scope);
  for (const std::string& name : document.names_in("observables")) {
    const std::string path = "observables." + name;
    const auto f =
        expressions.formula(path, {false, "an observable is a function of the state: leave t out"});
    if (f) observables.push_back({name, *f});
  }
  return observables;
}

ConvergeSettings read_converge(Document& document) {
  ConvergeSettings converge;
  if (const auto grids = document.integer_at("converge.refinements"))
    converge.refinements = static_cast<std::size_t>(*grids);
  if (document.text_at("converge.method") == "operator") converge.method = ConvergeMethod::step_operator;
  converge.strong = document.boolean_at("converge.strong").value_or(converge.strong);
  converge.schemes = document.texts_at("converge.schemes");
  converge.fluxes = document.texts_at("converge.fluxes");
  converge.steps = document.numbers_at("converge.steps");
  converge.learning_rates = document.numbers_at("converge.learning_rates");
  converge.models = document.texts_at("converge.models");
  converge.half_width = document.number_at("converge.half_width").value_or(converge.half_width);
  converge.budget = document.number_at("converge.budget").value_or(converge.budget);
  const auto known = document.names_in("observables");
  converge.observable = document.text_at("converge.observable").value_or(known.empty() ? "" : known.front());
  return converge;
}

}  // namespace fpk::io::reader
