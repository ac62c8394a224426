#include "solvers/rates/drift_diffusion_rates.hpp"

#include <cmath>
#include <stdexcept>

#include "law/quadrature.hpp"
#include "solvers/faces.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;
using model::Boundary;

struct Coefficients {
  std::vector<double> beta, a;  ///< averages over the boxes
};

Coefficients averages(const law::Grid& grid, std::size_t count, const law::BoxOf& box, const Formula& beta,
                      const Formula& a, const std::array<bool, law::max_dimension>& wrap) {
  const auto w = law::node_weights(grid.dimension());
  Coefficients mean{std::vector<double>(count, 0.0), std::vector<double>(count, 0.0)};
  law::for_boxes(grid, count, box, {beta, a}, wrap,
                 [&](std::size_t first, std::size_t boxes, std::span<double* const> v) {
                   for (std::size_t i = 0; i < boxes; ++i)
                     for (std::size_t q = 0; q < w.size(); ++q) {
                       mean.beta[first + i] += w[q] * v[0][i * w.size() + q];
                       mean.a[first + i] += w[q] * v[1][i * w.size() + q];
                     }
                 });
  return mean;
}

struct Builder {
  const law::GridPart& part;
  const DriftFlux& flux;
  Rates rates;

  void add_faces(const Faces& faces, const model::Side& side, const Formula& beta, const Formula& a) {
    const auto box = [&](std::size_t c) { return flux.at_face ? faces.face_centre(c, true) : faces.box(c); };
    const auto mean = averages(part.grid(), part.size(), box, beta, a, faces.wrap());
    Family family{faces.stride(), rates.field(), rates.field(), faces.offset()};
    for (std::size_t c = 0; c < part.size(); ++c) {
      const Join join = faces.above(c);
      const FaceRates rate = flux.rates(mean.a[c], mean.beta[c], faces.distance(c));
      if (join == Join::wall) {
        if (side.upper_boundary == Boundary::absorbing)
          rates.absorb(c, faces.axis(), true, rate.forward / faces.width(c));
        continue;
      }
      const double forward = rate.forward / faces.width(c), backward = rate.backward / faces.width_above(c);
      if (join == Join::link) {
        rates.links.push_back(
            {static_cast<std::ptrdiff_t>(c), faces.cell_above(c), forward, backward, faces.offset()});
      } else {
        family.forward.data()[c] = forward;
        family.backward.data()[c] = backward;
      }
    }
    rates.families.push_back(std::move(family));
    if (side.lower_boundary == Boundary::absorbing) absorb_below(faces, beta, a);
  }

  /// An axis without noise: its drift is transport, limited.
  void add_transport(const Faces& faces, const model::Domain& domain, const Formula& b) {
    const auto mean = averages(
        part.grid(), part.size(), [&](std::size_t c) { return faces.box(c); }, b, Formula(0.0), faces.wrap());
    const model::Side& side = domain.sides[faces.axis()];
    Field velocity = rates.field();
    for (std::size_t c = 0; c < part.size(); ++c) {
      if (faces.above(c) != Join::wall)
        velocity.data()[c] = mean.beta[c];
      else if (side.upper_boundary == Boundary::absorbing)
        rates.absorb(c, faces.axis(), true, std::max(mean.beta[c], 0.0) / faces.width(c));
    }
    rates.limited.transport.emplace_back(part, domain, faces.axis(), std::move(velocity));
    if (side.lower_boundary == Boundary::absorbing) absorb_below(faces, b, Formula(0.0));
  }

  void absorb_below(const Faces& faces, const Formula& beta, const Formula& a) {
    std::vector<std::size_t> cells;
    for (std::size_t c = 0; c < part.size(); ++c)
      if (faces.at_lower_wall(c)) cells.push_back(c);
    const auto box = [&](std::size_t k) {
      return flux.at_face ? faces.face_centre(cells[k], false) : faces.lower_wall_box(cells[k]);
    };
    const auto mean = averages(part.grid(), cells.size(), box, beta, a, {});
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const double width = faces.width(cells[k]);
      rates.absorb(cells[k], faces.axis(), false,
                   flux.rates(mean.a[k], mean.beta[k], 0.5 * width).backward / width);
    }
  }
};

/// Whether an axis has no noise at all.
bool has_silent_axis(const std::vector<std::vector<Formula>>& diffusion) {
  for (std::size_t k = 0; k < diffusion.size(); ++k)
    if (diffusion[k][k].constant() == 0.0) return true;
  return false;
}

/// On a line without a ring any generator with rates both ways is in detailed balance:
/// ln pi_{i+1} - ln pi_i = ln(forward_i / backward_i).
std::optional<std::vector<double>> weights_on_a_line(const Rates& rates) {
  if (rates.families.empty()) return std::nullopt;
  const std::size_t n = rates.part.size();
  const auto& family = rates.families.front();
  const bool last = rates.part.first() + n == rates.part.grid().size();
  std::vector<double> log_weights(n);
  double sum = 0;
  bool reversible = rates.links.empty() && !rates.periodic;
  for (std::size_t i = 0; i < n; ++i) {
    log_weights[i] = sum;
    if (last && i + 1 == n) break;
    const double forward = family.forward.data()[i], backward = family.backward.data()[i];
    reversible = reversible && forward > 0 && backward > 0;
    sum += std::log(forward / backward);
  }
  if (rates.part.processes().min(reversible ? 1.0 : 0.0) == 0) return std::nullopt;
  const double before = rates.part.processes().sum_before(sum);
  for (auto& l : log_weights) l += before;
  return log_weights;
}

}  // namespace

Rates drift_diffusion_rates(const model::Process& process, const model::Domain& domain,
                            const law::GridPart& part, double t, const DriftFlux& flux) {
  if (!process.has_diagonal_diffusion())
    throw std::invalid_argument("the density road takes diagonal noise only: sigma sigma^T must be diagonal");
  Builder builder{part, flux, Rates(part, domain)};
  const auto diffusion = process.diffusion();
  if (flux.limits && has_silent_axis(diffusion)) builder.rates.reach = 2;
  const auto now = [t](const Formula& f) { return f.substitute(model::time_name, Formula(t)); };
  for (std::size_t k = 0; k < process.dimension(); ++k) {
    const Formula a = now(diffusion[k][k]), beta = now(process.drift[k]) - a.derivative(process.variables[k]);
    if (a.constant() == 0.0 && flux.limits)
      builder.add_transport(Faces(part, domain, k), domain, beta);
    else
      builder.add_faces(Faces(part, domain, k), domain.sides[k], beta, a);
  }
  if (process.dimension() == 1) builder.rates.log_weights = weights_on_a_line(builder.rates);
  return std::move(builder.rates);
}

}  // namespace fpk::solvers
