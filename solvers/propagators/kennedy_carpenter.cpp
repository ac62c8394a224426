#include "solvers/propagators/kennedy_carpenter.hpp"

#include "solvers/petsc/diagonally_implicit.hpp"

namespace fpk::solvers {
namespace {

constexpr double g = 23.0 / 125;
constexpr double a3 = 791020047304.0 / 3561426431547;
constexpr double a4 = -158159076358.0 / 11257294102345;
constexpr double a5 = -1653327111580.0 / 4048416487981;
constexpr double a6 = -4540011970825.0 / 8418487046959;
constexpr double a7 = -188593204321.0 / 4778616380481;
constexpr double b1 = -582099335757.0 / 7214068459310;

}  // namespace

const ButcherTable& kennedy_carpenter() {
  static const ButcherTable table{
      .name = "sdirk",
      .order = 5,
      .order_of_embedded = 4,
      .estimate = Estimate::sharpened,
      .a = {{0},
            {g, g},
            {a3, a3, g},
            {a4, a4, -85517644447.0 / 5003708988389, g},
            {a5, a5, 1514767744496.0 / 9099671765375, 14283835447591.0 / 12247432691556, g},
            {a6, a6, -1790937573418.0 / 7393406387169, 10819093665085.0 / 7266595846747,
             4109463131231.0 / 7386972500302, g},
            {a7, a7, 2809310203510.0 / 10304234040467, 1021729336898.0 / 2364210264653,
             870612361811.0 / 2470410392208, -1307970675534.0 / 8059683598661, g}},
      .embedded = {b1, b1, 615023338567.0 / 3362626566945, 3192122436311.0 / 6174152374399,
                   6156034052041.0 / 14430468657929, -1011318518279.0 / 9693750372484,
                   1914490192573.0 / 13754262428401},
  };
  return table;
}

std::unique_ptr<Propagator> make_kennedy_carpenter(const PropagatorTask& task) {
  return make_diagonally_implicit(kennedy_carpenter(), task);
}

}  // namespace fpk::solvers
