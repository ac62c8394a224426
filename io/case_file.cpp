#include "io/case_file.hpp"

#include <fstream>
#include <iterator>

#include "io/case/check.hpp"
#include "io/case/sections.hpp"

namespace fpk::io {

std::string reader::whole_text(const std::filesystem::path& file) {
  std::error_code failure;
  if (!std::filesystem::exists(file, failure)) throw MissingInput("there is no file " + file.string());
  std::ifstream stream(file, std::ios::binary);
  if (!stream || !std::filesystem::is_regular_file(file, failure))
    throw MissingInput("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

namespace {

/// The names of the case, and those of velocities where the diffusion has them.
reader::Names with_velocities(reader::Names names, const model::Process& process) {
  for (std::size_t k = names.variables.size(); k < process.dimension(); ++k) {
    names.variables.push_back(process.variables[k]);
    names.scope.variables.push_back(process.variables[k]);
  }
  return names;
}

/// [process], [sgd], [domain], [initial] and [observables]: what is written in the names of the case.
void read_problem(reader::Document& document, Case& result) {
  auto names = reader::read_names(document);
  if (!names) return;
  auto problem = reader::read_process(document, *names);
  const model::Process* process = problem ? &problem->process : nullptr;
  if (process != nullptr) names = with_velocities(std::move(*names), *process);
  std::optional<reader::FoundBox> found;
  if (process != nullptr && reader::asks_for_box(document))
    found = reader::find_box(document, *names, *process);
  const auto box = reader::read_domain(document, *names, result.density.enabled, found);
  if (box && found) result.found_domain = found->how;
  result.observables = reader::read_observables(document, *names);
  if (problem && box) result.surrogate = reader::take_surrogate(document, box->domain, problem->process);
  if (process != nullptr && box) reader::check_problem(document, *process, *box, result.density);
  if (process != nullptr && result.particles) reader::check_scheme(document, *process, *result.particles);
  if (process != nullptr && box && result.particles &&
      result.converge.method == ConvergeMethod::step_operator)
    reader::check_operator(document, *process, box->domain, result.observables, *result.particles,
                           result.converge);
  result.initial = reader::read_initial(document, *names, box ? &*box : nullptr);
  result.passage = reader::read_passage(document, *names, box ? &*box : nullptr);
  result.noise = reader::read_noise(document, *names, problem && problem->loss ? &*problem->loss : nullptr);
  if (problem) {
    result.loss = std::move(problem->loss);
    result.process = std::move(problem->process);
    result.sgd = std::move(problem->sgd);
  }
  if (box) {
    result.domain = box->domain;
    result.axes = box->axes;
  }
}

}  // namespace

Case read_case(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  reader::Document document(file, reader::whole_text(file));
  for (const std::string& text : overrides) document.apply(text);
  reader::refuse_network(document);
  reader::check(document);

  Case result;
  result.file = file;
  result.name = file.stem().string();
  result.text = document.text();
  result.title = document.text_at("title").value_or(result.name);
  result.reference = document.text_at("reference").value_or("");
  result.density = reader::read_density(document);
  result.particles = reader::read_particles(document);
  result.converge = reader::read_converge(document);
  result.estimate = reader::read_estimate(document);
  result.spectrum = reader::read_spectrum(document);
  result.output = reader::read_output(document);
  result.times = reader::read_times(document);
  reader::check_numerics(document, result.times, result.density, result.particles, result.converge);
  reader::check_estimate(document, result.times, result.estimate);
  read_problem(document, result);
  document.complaints.throw_if_any();
  result.fingerprint = reader::fingerprint(document);
  return result;
}

}  // namespace fpk::io
