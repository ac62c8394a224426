#include "formula/function_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <stdexcept>

#include "formula/elementary.hpp"
#include "formula/simplify.hpp"

namespace fpk::formula {
namespace {

using Args = const std::vector<Formula>&;

// Rules of the operators.
Formula d_add(Args, Args da, const Formula&) { return da[0] + da[1]; }
Formula d_subtract(Args, Args da, const Formula&) { return da[0] - da[1]; }
Formula d_multiply(Args a, Args da, const Formula&) { return da[0] * a[1] + a[0] * da[1]; }
Formula d_divide(Args a, Args da, const Formula& f) { return (da[0] - f * da[1]) / a[1]; }
Formula d_negate(Args, Args da, const Formula&) { return -da[0]; }
Formula d_nothing(Args, Args, const Formula&) { return 0; }

/// d(f^g) = g f^(g-1) df + f^g log(f) dg; the logarithm only where the exponent varies.
Formula d_power(Args a, Args da, const Formula& f) {
  Formula base_varies = a[1] * pow(a[0], a[1] - 1) * da[0];
  if (is_constant(da[1].node(), 0)) return base_varies;
  return base_varies + f * log(a[0]) * da[1];
}

// Rules of the functions; each names d f / d a.
Formula d_exp(Args, Args da, const Formula& f) { return f * da[0]; }
/// +- e/a y where da = +- e y and the exponential e is an addend of a, as in log(1 + e): the logistic function, which is one instruction
/// (formula/schedule.cpp).
std::optional<Formula> share_of_exponential(const Node& a, const Node& da) {
  if (da.operation == Operation::negate) {
    const auto share = share_of_exponential(a, *da.arguments[0]);
    return share ? std::optional(-*share) : std::nullopt;
  }
  if (a.operation != Operation::add || da.operation != Operation::multiply) return std::nullopt;
  for (std::size_t k = 0; k < 2; ++k) {
    const NodePointer& e = da.arguments[k];
    if (e->operation != Operation::exp) continue;
    for (const NodePointer& addend : a.arguments)
      if (plainly_equal(addend, e))
        return Formula(e) / (Formula(a.arguments[0]) + Formula(a.arguments[1])) *
               Formula(da.arguments[1 - k]);
  }
  return std::nullopt;
}
Formula d_log(Args a, Args da, const Formula&) {
  if (const auto share = share_of_exponential(*a[0].node(), *da[0].node())) return *share;
  return 1 / a[0] * da[0];  // a gradient shares the division
}
Formula d_sqrt(Args, Args da, const Formula& f) { return da[0] / (2 * f); }
Formula d_sin(Args a, Args da, const Formula&) { return build(Operation::cos, {a[0]}) * da[0]; }
Formula d_cos(Args a, Args da, const Formula&) { return -build(Operation::sin, {a[0]}) * da[0]; }
Formula d_tan(Args, Args da, const Formula& f) { return (1 + f * f) * da[0]; }
Formula d_sinh(Args a, Args da, const Formula&) { return build(Operation::cosh, {a[0]}) * da[0]; }
Formula d_cosh(Args a, Args da, const Formula&) { return build(Operation::sinh, {a[0]}) * da[0]; }
Formula d_tanh(Args, Args da, const Formula& f) { return (1 - f * f) * da[0]; }
Formula d_abs(Args a, Args da, const Formula&) { return build(Operation::sign, {a[0]}) * da[0]; }
Formula d_erf(Args a, Args da, const Formula&) {
  return 2 / std::sqrt(std::numbers::pi) * exp(-(a[0] * a[0])) * da[0];
}
Formula d_atan2(Args a, Args da, const Formula&) {
  return (a[1] * da[0] - a[0] * da[1]) / (a[0] * a[0] + a[1] * a[1]);
}
Formula d_select(Args a, Args da, const Formula&) { return build(Operation::select, {a[0], da[1], da[2]}); }
Formula d_min(Args a, Args da, const Formula&) {
  return build(Operation::select, {build(Operation::less, {a[0], a[1]}), da[0], da[1]});
}
Formula d_max(Args a, Args da, const Formula&) {
  return build(Operation::select, {build(Operation::less, {a[1], a[0]}), da[0], da[1]});
}

double truth(bool b) { return b ? 1 : 0; }

namespace e = elementary;

/// One value of a function whose reduction serves small arguments only.
template <class Near, class Far>
double trigonometric(double x, Near near, Far far) {
  return e::magnitude(x) > e::trig_limit ? far(x) : near(x);
}
double sin_value(double x) {
  return trigonometric(
      x, [](double v) { return e::sin(v); }, [](double v) { return std::sin(v); });
}
double cos_value(double x) {
  return trigonometric(
      x, [](double v) { return e::cos(v); }, [](double v) { return std::cos(v); });
}
double tan_value(double x) {
  return trigonometric(
      x, [](double v) { return e::tan(v); }, [](double v) { return std::tan(v); });
}

using D = const double*;
using enum Operation;

// clang-format off
constexpr std::array table = {
    Function{add,           "+",      2, [](D a) { return a[0] + a[1]; },                        d_add,      ""},
    Function{subtract,      "-",      2, [](D a) { return a[0] - a[1]; },                        d_subtract, ""},
    Function{multiply,      "*",      2, [](D a) { return a[0] * a[1]; },                        d_multiply, ""},
    Function{divide,        "/",      2, [](D a) { return a[0] / a[1]; },                        d_divide,   ""},
    Function{negate,        "-",      1, [](D a) { return -a[0]; },                              d_negate,   ""},
    Function{less,          "<",      2, [](D a) { return truth(a[0] < a[1]); },                 d_nothing,  ""},
    Function{less_equal,    "<=",     2, [](D a) { return truth(a[0] <= a[1]); },                d_nothing,  ""},
    Function{equal,         "==",     2, [](D a) { return truth(a[0] == a[1]); },                d_nothing,  ""},
    Function{not_equal,     "!=",     2, [](D a) { return truth(a[0] != a[1]); },                d_nothing,  ""},
    Function{logical_and,   "and",    2, [](D a) { return truth(a[0] != 0 && a[1] != 0); },      d_nothing,  ""},
    Function{logical_or,    "or",     2, [](D a) { return truth(a[0] != 0 || a[1] != 0); },      d_nothing,  ""},
    Function{logical_not,   "not",    1, [](D a) { return truth(a[0] == 0); },                   d_nothing,  ""},
    Function{Operation::exp,  "exp",  1, [](D a) { return e::exp(a[0]); },            d_exp,    "e to the power x"},
    Function{Operation::log,  "log",  1, [](D a) { return e::log(a[0]); },            d_log,    "natural logarithm"},
    Function{Operation::sqrt, "sqrt", 1, [](D a) { return std::sqrt(a[0]); },         d_sqrt,   "square root"},
    Function{sin,           "sin",    1, [](D a) { return sin_value(a[0]); },         d_sin,    "sine, x in radians"},
    Function{cos,           "cos",    1, [](D a) { return cos_value(a[0]); },         d_cos,    "cosine, x in radians"},
    Function{tan,           "tan",    1, [](D a) { return tan_value(a[0]); },         d_tan,    "tangent, x in radians"},
    Function{sinh,          "sinh",   1, [](D a) { return e::sinh(a[0]); },           d_sinh,   "hyperbolic sine"},
    Function{cosh,          "cosh",   1, [](D a) { return e::cosh(a[0]); },           d_cosh,   "hyperbolic cosine"},
    Function{tanh,          "tanh",   1, [](D a) { return e::tanh(a[0]); },           d_tanh,   "hyperbolic tangent"},
    Function{abs,           "abs",    1, [](D a) { return e::magnitude(a[0]); },      d_abs,    "magnitude"},
    Function{min,           "min",    2, [](D a) { return e::min(a[0], a[1]); },      d_min,    "the smaller of two"},
    Function{max,           "max",    2, [](D a) { return e::max(a[0], a[1]); },      d_max,    "the larger of two"},
    Function{sign,          "sign",   1, [](D a) { return e::sign(a[0]); },           d_nothing,"-1, 0 or 1"},
    Function{power,         "pow",    2, [](D a) { return e::power(a[0], a[1]); },    d_power,  "x to the power y"},
    Function{atan2,         "atan2",  2, [](D a) { return std::atan2(a[0], a[1]); },  d_atan2,  "angle of the point (y, x): atan2(y, x)"},
    Function{erf,           "erf",    1, [](D a) { return std::erf(a[0]); },          d_erf,    "error function"},
    Function{select,        "select", 3, [](D a) { return a[0] != 0 ? a[1] : a[2]; }, d_select, "select(c, a, b): a where c is true, else b"},
};
// clang-format on

}  // namespace

std::span<const Function> function_table() { return table; }

const Function& function(Operation operation) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Function& f) { return f.operation == operation; });
  if (found == table.end()) throw std::logic_error("operation without a row in the function table");
  return *found;
}

const Function* find_function(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Function& f) { return f.name == name && !f.meaning.empty(); });
  return found == table.end() ? nullptr : found;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const Function& f : table)
    if (!f.meaning.empty()) names.emplace_back(f.name);
  return names;
}

std::optional<double> named_constant(std::string_view name) {
  if (name == "pi") return std::numbers::pi;
  return std::nullopt;
}

bool is_reserved(std::string_view name) {
  return named_constant(name) ||
         std::any_of(table.begin(), table.end(), [&](const Function& f) { return f.name == name; });
}

}  // namespace fpk::formula
