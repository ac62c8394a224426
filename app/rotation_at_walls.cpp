#include "app/rotation_at_walls.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fpk::app {
namespace {

/// Of the Gibbs law: less of it in the cells at walls is felt by nothing.
constexpr double felt_at_walls = 1e-6;

bool turns(const model::Process& process, std::size_t axis) {
  const auto& J = process.rotating->J[axis];
  return std::any_of(J.begin(), J.end(), [](double r) { return r != 0; });
}

/// Whether a cell lies at a wall that reflects and that the rotation would carry mass through.
bool at_wall(const io::Case& problem, const law::GridPart& part, std::size_t cell) {
  const law::Index index = part.index(cell);
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
    const auto& side = problem.domain.sides[a];
    const bool lower = index[a] == 0, upper = index[a] + 1 == part.grid().axis(a).cells();
    if (((lower && side.lower_boundary == model::Boundary::reflecting) ||
         (upper && side.upper_boundary == model::Boundary::reflecting)) &&
        turns(problem.process, a))
      return true;
  }
  return false;
}

}  // namespace

std::string note_on_rotation_at_walls(const io::Case& problem, const law::GridPart& part,
                                      std::span<const double> gibbs) {
  if (!problem.process.rotating) return {};
  std::vector<double> there(gibbs.size(), 0.0);
  for (std::size_t c = 0; c < gibbs.size(); ++c)
    if (at_wall(problem, part, c)) there[c] = gibbs[c];
  const double mass = law::total(part, there);
  if (mass < felt_at_walls) return {};
  return fmt::format(
      "Of the Gibbs law {:.1e} lies in the cells at walls that reflect, and the rotation would carry it "
      "through them. The "
      "density lets it run along the wall and keeps the Gibbs law; particles are mirrored along the normal "
      "and do not. "
      "Put the walls where the law has no mass, and both are the same.",
      mass);
}

}  // namespace fpk::app
