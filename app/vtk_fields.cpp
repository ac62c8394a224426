#include "app/vtk_fields.hpp"

#include "law/quadrature.hpp"
#include "solvers/probability_flux.hpp"

namespace fpk::app {
namespace {

void add_density(std::vector<io::CellField>& fields, const char* name, const law::GridPart& part,
                 std::span<const double> masses) {
  if (masses.empty()) return;
  std::vector<double> averages(masses.begin(), masses.end());
  for (std::size_t c = 0; c < averages.size(); ++c) averages[c] /= part.volume(c);
  fields.push_back({name, 1, std::move(averages)});
}

io::CellField drift_field(const model::Process& process, const law::GridPart& part, double t) {
  io::CellField field{"drift", 3, std::vector<double>(3 * part.size(), 0.0)};
  for (std::size_t k = 0; k < process.dimension(); ++k) {
    const auto b =
        law::center_values(part, process.drift[k].substitute(model::time_name, formula::Formula(t)));
    for (std::size_t c = 0; c < b.size(); ++c) field.values[3 * c + k] = b[c];
  }
  return field;
}

}  // namespace

std::vector<io::CellField> vtk_fields(const model::Process& process, const law::GridPart& part,
                                      const LawsAtOnce& laws, const solvers::Generator* generator, double t) {
  std::vector<io::CellField> fields;
  add_density(fields, "density", part, laws.density);
  add_density(fields, "extrapolated_density", part, laws.extrapolated);
  add_density(fields, "stationary_density", part, laws.stationary);
  add_density(fields, "particle_density", part, laws.particles);
  if (const auto* potential = process.potential())
    fields.push_back({"potential", 1, law::center_values(part, *potential)});
  fields.push_back(drift_field(process, part, t));
  if (generator != nullptr && !laws.density.empty())
    fields.push_back({"probability_flux", 3, solvers::probability_flux(*generator, laws.density)});
  return fields;
}

}  // namespace fpk::app
