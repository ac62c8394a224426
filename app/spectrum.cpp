#include "app/spectrum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/begin_record.hpp"
#include "app/density_road.hpp"
#include "io/refusal.hpp"
#include "solvers/effective_transport.hpp"
#include "solvers/spectrum/spectrum.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using verification::Evidence;

constexpr std::size_t most_pixels = 128;
/// Fewest cells along an axis of the companion grid that tells the grid's error.
constexpr std::size_t fewest_cells = 8;

void check_case(const io::Case& problem) {
  if (problem.process.depends_on_time())
    io::refuse(problem, "process", "coefficients that depend on t have no spectrum",
               "leave t out of drift and noise");
  if (problem.process.dimension() > law::max_dimension)
    io::refuse(problem, "process.variables", "a spectrum wants at most 3 variables", "leave some out");
}

std::vector<double> part_of(const solvers::ComplexVector& z, bool imaginary) {
  std::vector<double> x(z.size());
  std::transform(z.begin(), z.end(), x.begin(), [&](auto v) { return imaginary ? v.imag() : v.real(); });
  return x;
}

std::vector<double> averages(const law::GridPart& part, std::vector<double> masses) {
  for (std::size_t c = 0; c < masses.size(); ++c) masses[c] /= part.volume(c);
  return masses;
}

io::ModePicture picture(const law::GridPart& part, const solvers::Mode& mode) {
  io::ModePicture p;
  const auto right = part_of(mode.right, false);
  auto left = part_of(mode.left, false);
  for (std::size_t c = 0; c < left.size(); ++c) left[c] *= part.volume(c);
  if (part.grid().dimension() > 1) {
    p.right_plane = law::plane_marginal(part, right, 0, 1, most_pixels);
    if (part.grid().dimension() == 2) p.left_plane = law::plane_marginal(part, left, 0, 1, most_pixels);
    return p;
  }
  p.right = law::marginal(part, right, 0);
  p.left = law::marginal(part, left, 0);
  for (std::size_t i = 0; i < p.right.size(); ++i) {
    p.right[i] /= part.grid().axis(0).width(i);
    p.left[i] /= part.grid().axis(0).width(i);
  }
  return p;
}

std::vector<io::CellField> fields(const law::GridPart& part, const std::vector<solvers::Mode>& modes) {
  std::vector<io::CellField> all;
  for (std::size_t k = 0; k < modes.size(); ++k) {
    const auto& m = modes[k];
    for (const bool imaginary : {false, true}) {
      if (imaginary && m.eigenvalue.imag() == 0) continue;
      const char* suffix = imaginary ? "_imaginary" : "";
      all.push_back({fmt::format("right_{}{}", k, suffix), 1, averages(part, part_of(m.right, imaginary))});
      all.push_back({fmt::format("left_{}{}", k, suffix), 1, part_of(m.left, imaginary)});
    }
  }
  return all;
}

std::vector<verification::Claim> claims(const io::SpectrumRecord& s) {
  double residual = 0, growth = 0;
  for (const auto& m : s.modes) {
    residual = std::max(residual, m.residual);
    growth = std::max(growth, -m.real / s.largest_rate);
  }
  std::vector<verification::Claim> all;
  all.push_back({"modes-solve-their-equation", "Every mode solves its equation.", Evidence::exact, residual,
                 1e-9,
                 "the residual over the largest rate: the eigensolver's tolerance and the rounding of a "
                 "factorisation"});
  all.push_back(
      {"no-mode-grows", "No mode grows: real parts are not negative.", Evidence::exact, growth, 1e-12,
       "the spectrum of a Markov generator lies in the left half plane; rounding over the largest rate"});
  if (s.stationary_residual)
    all.push_back({"stationary-law-is-stationary", "The stationary law is stationary.", Evidence::exact,
                   *s.stationary_residual, 1e-9, "|A m| over twice the turnover, as for every null vector"});
  return all;
}

/// A third of the change of the gap from half as many cells: what is left of an error of second order.
std::optional<double> gap_error(const io::Case& problem, double gap,
                                const parallel::Communicator& processes) {
  for (const auto& axis : problem.axes)
    if (axis.cells() < 2 * fewest_cells) return std::nullopt;
  const auto coarse = scaled_grid(problem, 1, 2, processes);
  const auto generator =
      solvers::build_generator(problem.process, problem.domain, coarse, 0, problem.density.flux);
  const auto modes = leading_modes(*generator, 2, solvers::Thoroughness::quick);
  return modes.gap ? std::optional(std::abs(gap - *modes.gap) / 3) : std::nullopt;
}

/// Where turns around a ring can be counted.
std::optional<io::TransportRecord> transport(const io::Case& problem, const solvers::Generator& generator) {
  std::vector<bool> periodic;
  for (const auto& side : problem.domain.sides) periodic.push_back(side.is_periodic());
  if (!generator.is_closed() || std::find(periodic.begin(), periodic.end(), true) == periodic.end())
    return std::nullopt;
  auto t = solvers::effective_transport(generator, periodic);
  return io::TransportRecord{std::move(t.velocity), std::move(t.diffusion)};
}

/// What a reader of the list must know beside it.
std::vector<std::string> notes(const solvers::Generator& generator, const io::SpectrumRecord& s) {
  std::vector<std::string> notes;
  if (generator.is_limited())
    notes.emplace_back(
        "These are the modes of the linear form of the generator: fluxes that are limited to keep densities "
        "from "
        "going negative are taken without their limits, so that rates have either sign.");
  if (s.form == "general")
    notes.push_back(fmt::format(
        "Every eigenvalue of modulus below {:.4g} was looked for. A mode that turns faster than that may "
        "decay as slowly as those listed, and is missing; ask for more modes to look further.",
        s.complete_below));
  return notes;
}

}  // namespace

SpectrumAnswer spectrum(const io::Case& problem, const parallel::Communicator& processes) {
  check_case(problem);
  const auto start = Clock::now();
  SpectrumAnswer answer{begin_record(problem), law::GridPart(law::Grid(problem.axes), processes), {}};
  const auto generator =
      solvers::build_generator(problem.process, problem.domain, answer.part, 0, problem.density.flux);
  const auto found = solvers::leading_modes(*generator, problem.spectrum.modes);
  io::SpectrumRecord s;
  for (const auto& axis : problem.axes) s.cells.push_back(axis.cells());
  s.flux = solvers::flux_name(problem.process, problem.density.flux);
  s.form = found.form;
  s.remark = found.remark;
  for (const auto& m : found.modes)
    s.modes.push_back({m.eigenvalue.real(), m.eigenvalue.imag(), m.residual, picture(answer.part, m)});
  s.gap = found.gap;
  if (s.gap) s.gap_error = gap_error(problem, *s.gap, processes);
  s.transport = transport(problem, *generator);
  s.largest_rate = generator->largest_outflow();
  s.complete_below = found.complete_below;
  s.stationary_residual = found.stationary_residual;
  if (answer.part.grid().dimension() == 1) s.edges = answer.part.grid().axis(0).edges();
  answer.fields = fields(answer.part, found.modes);
  answer.record.claims = claims(s);
  for (auto& note : notes(*generator, s)) answer.record.notes.push_back(std::move(note));
  s.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  answer.record.spectrum = std::move(s);
  return answer;
}

}  // namespace fpk::app
