#include "solvers/rates/rotation_rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "formula/program.hpp"
#include "parallel/threads.hpp"
#include "solvers/faces.hpp"
#include "solvers/flux/hybrid.hpp"
#include "solvers/rates/reversible_rates.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;

constexpr double nothing = -std::numeric_limits<double>::infinity();

/// How far ln pi on an edge may lie above ln of the mean over each cell beside it. Only cells that are not resolved
/// (Peclet number above 7) feel it, whose quadrature knows nothing of the edge; any value keeps pi stationary.
constexpr double most_above_mean = 7;

/// Which edge of a cell across axes i and j: at the lower or the upper end along each.
struct End {
  bool upper_i, upper_j;
};

/// ln of the integral of pi along the edges across axes i and j (in two dimensions ln pi at the corners).
class Edges {
 public:
  Edges(const law::GridPart& part, const model::Domain& domain, const Formula& log_pi, const Field& log_mean)
      : part_(part), domain_(domain), log_pi_(log_pi), log_mean_(log_mean) {}

  /// One value for each cell of the part; minus infinity on walls that reflect.
  [[nodiscard]] std::vector<double> logs(std::size_t i, std::size_t j, End end) const {
    const law::Grid& grid = part_.grid();
    std::vector<std::string> names;
    for (const auto& axis : grid.axes()) names.push_back(axis.name());
    const formula::Program program(log_pi_, names);
    const std::size_t along = 3 - i - j;  // the third axis, where there is one
    const std::size_t nodes = grid.dimension() == 3 ? law::gauss_nodes : 1, run = 1024;
    std::vector<double> result(part_.size());
    parallel::for_each_chunk(part_.size(), run, [&](std::size_t begin, std::size_t stop, std::size_t) {
      std::vector<std::vector<double>> x(grid.dimension(), std::vector<double>((stop - begin) * nodes));
      for (std::size_t c = begin; c < stop; ++c)
        for (std::size_t q = 0; q < nodes; ++q) {
          const std::size_t at = (c - begin) * nodes + q;
          x[i][at] = coordinate(c, i, end.upper_i);
          x[j][at] = coordinate(c, j, end.upper_j);
          if (nodes == 1) continue;
          const auto& axis = grid.axis(along);
          const std::size_t k = part_.index(c)[along];
          x[along][at] = axis.edge(k) + axis.width(k) * law::gauss_node[q];
        }
      std::vector<const double*> in;
      for (const auto& column : x) in.push_back(column.data());
      std::vector<double> values((stop - begin) * nodes);
      double* const out = values.data();
      program.evaluate(in, values.size(), {&out, 1});
      for (std::size_t c = begin; c < stop; ++c)
        result[c] = closed(c, i, end.upper_i) || closed(c, j, end.upper_j)
                        ? nothing
                        : limited(log_mean(out + (c - begin) * nodes, nodes), c, i, j, end) +
                              (nodes == 1 ? 0 : std::log(grid.axis(along).width(part_.index(c)[along])));
    });
    return result;
  }

 private:
  static double log_mean(const double* values, std::size_t nodes) {
    if (nodes == 1) return values[0];
    const double largest = *std::max_element(values, values + nodes);
    double sum = 0;
    for (std::size_t q = 0; q < nodes; ++q) sum += law::gauss_weight[q] * std::exp(values[q] - largest);
    return largest + std::log(sum);
  }

  [[nodiscard]] bool is_last(std::size_t c, std::size_t a, bool upper) const {
    return part_.index(c)[a] == (upper ? part_.grid().cells(a) - 1 : 0);
  }

  [[nodiscard]] bool at_wall(std::size_t c, std::size_t a, bool upper) const {
    return is_last(c, a, upper) && !domain_.sides[a].is_periodic();
  }

  /// At a wall that nothing goes through.
  [[nodiscard]] bool closed(std::size_t c, std::size_t a, bool upper) const {
    const model::Side& side = domain_.sides[a];
    return at_wall(c, a, upper) &&
           (upper ? side.upper_boundary : side.lower_boundary) == model::Boundary::reflecting;
  }

  /// Both ends of a periodic axis are one place, and take one value.
  [[nodiscard]] double coordinate(std::size_t c, std::size_t a, bool upper) const {
    const auto& axis = part_.grid().axis(a);
    return upper && is_last(c, a, true) && domain_.sides[a].is_periodic()
               ? axis.lower()
               : axis.edge(part_.index(c)[a] + (upper ? 1 : 0));
  }

  /// From a cell to its neighbour along axis a, to itself at a wall; along the last axis the halo closes the ring.
  [[nodiscard]] std::ptrdiff_t step(std::size_t c, std::size_t a, bool upper) const {
    if (at_wall(c, a, upper)) return 0;
    std::ptrdiff_t stride = upper ? 1 : -1;
    for (std::size_t b = 0; b < a; ++b) stride *= static_cast<std::ptrdiff_t>(part_.grid().cells(b));
    const bool wraps = a + 1 < part_.grid().dimension() && is_last(c, a, upper);
    return wraps ? stride * (1 - static_cast<std::ptrdiff_t>(part_.grid().cells(a))) : stride;
  }

  [[nodiscard]] double limited(double log_value, std::size_t c, std::size_t i, std::size_t j, End end) const {
    const double* mean = log_mean_.data() + c;
    const auto di = step(c, i, end.upper_i), dj = step(c, j, end.upper_j);
    return std::min(log_value, most_above_mean + std::min({mean[0], mean[di], mean[dj], mean[di + dj]}));
  }

  const law::GridPart& part_;
  const model::Domain& domain_;
  const Formula& log_pi_;
  const Field& log_mean_;
};

/// A pair of edges whose difference, times `factor`, goes through the face above each cell.
struct Circulation {
  double factor;  ///< D J_ij
  std::vector<double> lower, upper;
};

/// Flux at equilibrium through the face above cell c, in units of exp(log_unit).
double face_flux(const std::vector<Circulation>& circulations, std::size_t c, double log_unit) {
  double flux = 0;
  for (const auto& e : circulations)
    flux += e.factor * (std::exp(e.upper[c] - log_unit) - std::exp(e.lower[c] - log_unit));
  return flux;
}

/// The reversible rates of one family or of its links, with the rotation's flux on top.
void turn(Rates& rates, const Faces& faces, Family& family, std::vector<Link>::iterator& link,
          const std::vector<Circulation>& circulations, const Field& log_weight) {
  for (std::size_t c = 0; c < rates.part.size(); ++c) {
    const Join join = faces.above(c);
    if (join == Join::wall) continue;
    double& forward = join == Join::link ? link->forward : family.forward.data()[c];
    double& backward = join == Join::link ? link->backward : family.backward.data()[c];
    forward = hybrid_rates(forward, face_flux(circulations, c, log_weight.data()[c]), 1).forward;
    backward = hybrid_rates(backward, face_flux(circulations, c, log_weight.data()[faces.cell_above(c)]), 1)
                   .backward;
    if (join == Join::link) ++link;
  }
}

/// The rates through an absorbing face, where u = 0 on the wall.
void turn(Exit& exit, const std::vector<Circulation>& circulations, const Field& log_weight) {
  for (std::size_t k = 0; k < exit.cells.size(); ++k) {
    const std::size_t c = exit.cells[k];
    const FaceRates rates = hybrid_rates(exit.rates[k], face_flux(circulations, c, log_weight.data()[c]), 1);
    exit.rates[k] = exit.upper ? rates.forward : rates.backward;
  }
}

}  // namespace

Rates rotation_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                     const FaceWeight& weight) {
  const auto& [potential, D, J] = *process.rotating;
  Rates rates =
      reversible_rates(model::overdamped_langevin(process.variables, potential, D), domain, part, weight);
  Field log_weight(part, rates.periodic), log_mean(part, rates.periodic);
  std::copy(rates.log_weights->begin(), rates.log_weights->end(), log_weight.data());
  for (std::size_t c = 0; c < part.size(); ++c)
    log_mean.data()[c] = log_weight.data()[c] - std::log(part.volume(c));
  log_weight.exchange();
  log_mean.exchange();
  rates.log_weights.reset();  // there is no detailed balance

  const Formula log_pi = -(potential / Formula(D));
  const Edges edges(part, domain, log_pi, log_mean);
  const auto circulations = [&, &J = J, D = D](std::size_t i, bool upper) {
    std::vector<Circulation> found;
    for (std::size_t j = 0; j < part.grid().dimension(); ++j)
      if (J[i][j] != 0)
        found.push_back({D * J[i][j], edges.logs(i, j, {upper, false}), edges.logs(i, j, {upper, true})});
    return found;
  };
  auto link = rates.links.begin();
  for (std::size_t i = 0; i < part.grid().dimension(); ++i)
    turn(rates, Faces(part, domain, i), rates.families[i], link, circulations(i, true), log_weight);
  for (Exit& exit : rates.exits) turn(exit, circulations(exit.axis, exit.upper), log_weight);
  return rates;
}

}  // namespace fpk::solvers
