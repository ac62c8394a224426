// The normal form: a constant factor stands once, in front (3*x, and -x for -1*x); a constant term stands
// behind and is positive (x+3, x-3); no sum holds a negated term, and no quotient a negated part.
#include "formula/simplify.hpp"

#include <algorithm>
#include <cmath>

#include "formula/function_table.hpp"

namespace fpk::formula {
namespace {

using enum Operation;

Formula raw(Operation operation, const Formula& a, const Formula& b) {
  return Formula(make_node(operation, {a.node(), b.node()}));
}

bool is_number(const Formula& f) { return is_constant(f.node()); }
bool is_number(const Formula& f, double value) { return is_constant(f.node(), value); }

/// f = factor * rest.
struct Scaled {
  double factor;
  Formula rest;
};

Scaled split(const Formula& f) {
  const Node& n = *f.node();
  if (n.operation == constant) return {n.value, Formula(1)};
  if (n.operation == negate) return {-1, Formula(n.arguments[0])};
  if (n.operation == multiply && is_constant(n.arguments[0]))
    return {n.arguments[0]->value, Formula(n.arguments[1])};
  return {1, f};
}

bool is_negative(const Formula& f) { return split(f).factor < 0; }

Formula difference(const Formula& a, const Formula& b);

/// `rest` carries no factor of its own.
Formula scaled(double factor, const Formula& rest) {
  const Node& n = *rest.node();
  if (is_number(rest, 1)) return factor;
  if (factor == 1) return rest;
  if (factor == -1 && n.operation == subtract)
    return difference(Formula(n.arguments[1]), Formula(n.arguments[0]));
  if (factor == -1) return Formula(make_node(negate, {rest.node()}));
  return raw(multiply, factor, rest);
}

Formula negated(const Formula& f) {
  const Scaled s = split(f);
  return scaled(-s.factor, s.rest);
}

Formula sum(const Formula& a, const Formula& b);

Formula difference(const Formula& a, const Formula& b) {
  if (is_number(b, 0)) return a;
  if (is_number(a, 0)) return negated(b);
  if (plainly_equal(a.node(), b.node())) return 0;
  if (is_negative(b)) return sum(a, negated(b));
  return raw(subtract, a, b);
}

Formula sum(const Formula& a, const Formula& b) {
  if (is_number(a, 0)) return b;
  if (is_number(b, 0)) return a;
  if (is_negative(b)) return difference(a, negated(b));
  if (is_number(a) || a.node()->operation == negate) return sum(b, a);
  if (plainly_equal(a.node(), b.node())) return build(multiply, {2, a});
  return raw(add, a, b);
}

Formula product(const Formula& a, const Formula& b) {
  if (is_number(a, 0) || is_number(b, 0)) return 0;
  const Scaled s = split(a), t = split(b);
  const double factor = s.factor * t.factor;
  if (!std::isnormal(factor)) return is_number(b) ? raw(multiply, b, a) : raw(multiply, a, b);
  if (is_number(s.rest, 1)) return scaled(factor, t.rest);
  if (is_number(t.rest, 1)) return scaled(factor, s.rest);
  if (plainly_equal(s.rest.node(), t.rest.node())) return scaled(factor, build(power, {s.rest, 2}));
  return scaled(factor, raw(multiply, s.rest, t.rest));
}

Formula quotient(const Formula& a, const Formula& b) {
  if (is_number(b, 1)) return a;
  if (is_number(a, 0) && !is_number(b)) return 0;
  const Scaled s = split(a);
  if (is_number(b)) {
    const double factor = s.factor / b.node()->value;
    if (s.factor != 1 && std::isnormal(factor)) return scaled(factor, s.rest);
  }
  if (b.node()->operation == negate) return negated(quotient(a, negated(b)));
  if (is_number(b) && b.node()->value < 0) return negated(quotient(a, negated(b)));
  if (a.node()->operation == negate) return negated(quotient(s.rest, b));
  return raw(divide, a, b);
}

Formula raised(const Formula& base, const Formula& exponent) {
  if (is_number(exponent, 0)) return 1;
  if (is_number(exponent, 1)) return base;
  if (is_number(base, 1)) return 1;
  return raw(power, base, exponent);
}

Formula chosen(const Formula& condition, const Formula& a, const Formula& b) {
  if (is_number(condition)) return is_number(condition, 0) ? b : a;
  if (plainly_equal(a.node(), b.node())) return a;
  return Formula(make_node(select, {condition.node(), a.node(), b.node()}));
}

Formula unsimplified(Operation operation, const std::vector<Formula>& arguments) {
  std::vector<NodePointer> nodes;
  for (const Formula& f : arguments) nodes.push_back(f.node());
  return Formula(make_node(operation, std::move(nodes)));
}

/// All arguments are numbers.
Formula folded(Operation operation, const std::vector<Formula>& arguments) {
  std::vector<double> values;
  for (const Formula& f : arguments) values.push_back(f.node()->value);
  const double value = function(operation).value(values.data());
  return std::isnan(value) ? unsimplified(operation, arguments) : Formula(value);
}

}  // namespace

Formula build(Operation operation, const std::vector<Formula>& arguments) {
  if (std::all_of(arguments.begin(), arguments.end(), [](const Formula& f) { return is_number(f); }))
    return folded(operation, arguments);
  switch (operation) {
    case add:
      return sum(arguments[0], arguments[1]);
    case subtract:
      return difference(arguments[0], arguments[1]);
    case multiply:
      return product(arguments[0], arguments[1]);
    case divide:
      return quotient(arguments[0], arguments[1]);
    case negate:
      return negated(arguments[0]);
    case power:
      return raised(arguments[0], arguments[1]);
    case select:
      return chosen(arguments[0], arguments[1], arguments[2]);
    default:
      break;
  }
  std::vector<NodePointer> nodes;
  for (const Formula& f : arguments) nodes.push_back(f.node());
  return Formula(make_node(operation, std::move(nodes)));
}

Formula operator+(const Formula& a, const Formula& b) { return build(add, {a, b}); }
Formula operator-(const Formula& a, const Formula& b) { return build(subtract, {a, b}); }
Formula operator*(const Formula& a, const Formula& b) { return build(multiply, {a, b}); }
Formula operator/(const Formula& a, const Formula& b) { return build(divide, {a, b}); }
Formula operator-(const Formula& a) { return build(negate, {a}); }
Formula pow(const Formula& base, const Formula& exponent) { return build(power, {base, exponent}); }
Formula exp(const Formula& a) { return build(Operation::exp, {a}); }
Formula log(const Formula& a) { return build(Operation::log, {a}); }
Formula sqrt(const Formula& a) { return build(Operation::sqrt, {a}); }

}  // namespace fpk::formula
