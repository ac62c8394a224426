#include "solvers/rates/reversible_rates.hpp"

#include <algorithm>
#include <cmath>

#include "formula/block_math.hpp"
#include "law/exponential_mean.hpp"
#include "parallel/threads.hpp"
#include "solvers/faces.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;
using formula::Program;
using model::Boundary;

/// Cells of the rows that a thread takes at once.
constexpr std::size_t cells_at_once = 8192;

std::vector<std::string> axis_names(const law::Grid& grid) {
  std::vector<std::string> names;
  for (const auto& a : grid.axes()) names.push_back(a.name());
  return names;
}

/// What stands before B(z) c and B(-z) c: D / (delta w), for each position along the axis; 0 at a wall.
struct Widths {
  std::vector<double> forward, backward;
};

Widths widths_along(const law::Axis& axis, bool periodic, double D) {
  Widths w;
  for (std::size_t i = 0, n = axis.cells(); i < n; ++i) {
    const bool wall = i + 1 == n && !periodic;
    const double here = axis.width(i), above = axis.width(i + 1 == n ? 0 : i + 1);
    const double conductance = wall ? 0 : D / (0.5 * (here + above));
    w.forward.push_back(conductance / here);
    w.backward.push_back(conductance / above);
  }
  return w;
}

/// Faces in a row, array by array.
class FaceRow {
 public:
  explicit FaceRow(std::size_t n) : z_(n), log_(n), forward_(n), backward_(n), log_s_(n) {}

  /// Between a free energy U_i and one U_j, with ln R in `log_R`.
  void set(std::size_t i, double U_i, double U_j, double log_R) {
    z_[i] = U_j - U_i;
    log_[i] = log_R + (U_i + U_j) / 2;
  }
  /// B(z) c and B(-z) c of all.
  void weigh(const FaceWeight& weight) {
    slopes(z_.data(), z_.size(), forward_.data(), backward_.data(), log_s_.data());
    for (std::size_t i = 0; i < z_.size(); ++i)
      log_[i] = weight.log_factor({z_[i], forward_[i] * backward_[i], log_s_[i]}, log_[i]);
    formula::block_exp(log_.data(), log_.data(), log_.size());
    for (std::size_t i = 0; i < z_.size(); ++i) {
      forward_[i] *= log_[i];
      backward_[i] *= log_[i];
    }
  }
  [[nodiscard]] double forward(std::size_t i) const { return forward_[i]; }
  [[nodiscard]] double backward(std::size_t i) const { return backward_[i]; }
  [[nodiscard]] std::size_t size() const { return z_.size(); }

 private:
  std::vector<double> z_, log_, forward_, backward_, log_s_;
};

class Builder {
 public:
  Builder(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
          const FaceWeight& weight)
      : domain_(domain),
        part_(part),
        weight_(weight),
        D_(process.reversible->temperature),
        energy_(process.reversible->potential / Formula(D_), axis_names(part.grid())),
        minus_energy_(-(process.reversible->potential / Formula(D_)), axis_names(part.grid())),
        rates_(part, domain) {
    U_ = Field(part, rates_.periodic);
  }

  Rates build() {
    weigh_cells();
    for (std::size_t a = 0; a < part_.grid().dimension(); ++a) {
      const Faces faces(part_, domain_, a);
      add_faces(faces);
      if (domain_.sides[a].upper_boundary == Boundary::absorbing) absorb(faces, true);
      if (domain_.sides[a].lower_boundary == Boundary::absorbing) absorb(faces, false);
    }
    return std::move(rates_);
  }

 private:
  /// Free energies U = -ln(mean of exp(-L/D)), and ln pi.
  void weigh_cells() {
    auto logs = minus_free_energies(law::cell_boxes(part_));
    std::transform(logs.begin(), logs.end(), U_.data(), [](double l) { return -l; });
    U_.exchange();
    const law::Axis& row = part_.grid().axis(0);
    const std::size_t n = row_length(), first = part_.index(0)[0];
    std::vector<double> log_width(n);
    for (std::size_t i = 0; i < n; ++i) log_width[i] = std::log(row.width(first + i));
    for (std::size_t begin = 0; begin < logs.size(); begin += n) {
      const double log_section = std::log(part_.volume(begin) / row.width(first));
      for (std::size_t i = 0; i < n; ++i) logs[begin + i] += log_width[i] + log_section;
    }
    rates_.log_weights = std::move(logs);
  }

  /// -U of boxes, as the weight understands U.
  [[nodiscard]] std::vector<double> minus_free_energies(law::TensorBoxes boxes) const {
    if (weight_.energy == Energy::point_value) boxes = law::centres(std::move(boxes));
    return law::log_means(boxes, minus_energy_);
  }

  [[nodiscard]] std::vector<double> log_resistances(const law::TensorBoxes& boxes, std::size_t axis) const {
    return weight_.knows_resistance ? law::log_resistances(boxes, energy_, axis)
                                    : std::vector<double>(boxes.size(), 0.0);
  }

  /// Cells along axis 0 that this process holds: all, or its share of a line.
  [[nodiscard]] std::size_t row_length() const {
    return part_.grid().dimension() == 1 ? part_.size() : part_.grid().cells(0);
  }

  void add_faces(const Faces& faces) {
    const auto log_R = log_resistances(faces.boxes(), faces.axis());
    const bool periodic = domain_.sides[faces.axis()].is_periodic();
    const Widths widths = widths_along(part_.grid().axis(faces.axis()), periodic, D_);
    Family family{faces.stride(), Field(part_, rates_.periodic), Field(part_, rates_.periodic),
                  faces.offset()};
    const std::size_t n = row_length(), rows = part_.size() / n;
    parallel::for_each_chunk(rows, std::max<std::size_t>(1, cells_at_once / n),
                             [&](std::size_t begin, std::size_t end, std::size_t) {
                               FaceRow row(n);
                               for (std::size_t r = begin; r < end; ++r)
                                 add_row(faces, widths, log_R, r * n, row, family);
                             });
    move_links(faces, family);
    rates_.families.push_back(std::move(family));
  }

  /// The faces above the cells first, first + 1, ... of a row along axis 0.
  void add_row(const Faces& faces, const Widths& widths, const std::vector<double>& log_R, std::size_t first,
               FaceRow& row, Family& family) const {
    const std::size_t n = row.size();
    const bool along = faces.axis() == 0, wall_row = !along && faces.above(first) == Join::wall;
    const double *U = U_.data() + first, *above = wall_row ? U : U_.data() + faces.cell_above(first);
    for (std::size_t i = 0; i < n; ++i) row.set(i, U[i], above[i], log_R[first + i]);
    if (along) {  // the last cell's neighbour is elsewhere, or a wall
      const std::size_t end = first + n - 1;
      const bool wall = faces.above(end) == Join::wall;
      row.set(n - 1, U[n - 1], wall ? U[n - 1] : U_.data()[faces.cell_above(end)], log_R[end]);
    }
    row.weigh(weight_);
    const std::size_t at = part_.index(first)[faces.axis()], step = along ? 1 : 0;
    double *forward = family.forward.data() + first, *backward = family.backward.data() + first;
    for (std::size_t i = 0; i < n; ++i) {
      forward[i] = widths.forward[at + step * i] * row.forward(i);
      backward[i] = widths.backward[at + step * i] * row.backward(i);
    }
  }

  /// Faces that close a periodic axis inside this process belong to no family.
  void move_links(const Faces& faces, Family& family) {
    if (!domain_.sides[faces.axis()].is_periodic() || faces.axis() + 1 == part_.grid().dimension()) return;
    for (std::size_t c = 0; c < part_.size(); ++c) {
      if (faces.above(c) != Join::link) continue;
      double &forward = family.forward.data()[c], &backward = family.backward.data()[c];
      rates_.links.push_back(
          {static_cast<std::ptrdiff_t>(c), faces.cell_above(c), forward, backward, faces.offset()});
      forward = backward = 0;
    }
  }

  /// p = 0 on the wall, half a cell from the centre: the same weight between the cell and the wall's free
  /// energy.
  void absorb(const Faces& faces, bool upper) {
    std::vector<std::size_t> cells;
    for (std::size_t c = 0; c < part_.size(); ++c)
      if (upper ? faces.above(c) == Join::wall : faces.at_lower_wall(c)) cells.push_back(c);
    const auto log_R = log_resistances(faces.wall_boxes(upper), faces.axis());
    const auto log_wall = minus_free_energies(faces.wall_faces(upper));
    FaceRow row(cells.size());
    for (std::size_t k = 0; k < cells.size(); ++k) row.set(k, U_.data()[cells[k]], -log_wall[k], log_R[k]);
    row.weigh(weight_);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const double width = faces.width(cells[k]);
      rates_.absorb(cells[k], faces.axis(), upper, D_ / (0.5 * width * width) * row.forward(k));
    }
  }

  const model::Domain& domain_;
  const law::GridPart& part_;
  const FaceWeight& weight_;
  double D_;
  Program energy_, minus_energy_;  ///< L / D, -L / D
  Field U_;                        ///< free energy per cell average
  Rates rates_;
};

}  // namespace

Rates reversible_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                       const FaceWeight& weight) {
  return Builder(process, domain, part, weight).build();
}

}  // namespace fpk::solvers
