// The grammar, loosest first; every rule is one function of Parser.
//
//   either     = both { "or" both }
//   both       = inverse { "and" inverse }
//   inverse    = "not" inverse | compared
//   compared   = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
//   sum        = product { ("+" | "-") product }
//   product    = prefixed { ("*" | "/") prefixed }
//   prefixed   = ("-" | "+") prefixed | power
//   power      = atom [ "^" prefixed ]
//   atom       = number | name | function "(" either { "," either } ")" | "(" either ")"
#include <fmt/format.h>

#include <algorithm>

#include "formula/function_table.hpp"
#include "formula/simplify.hpp"
#include "formula/tokens.hpp"

namespace fpk::formula {
namespace {

constexpr int deepest = 200;  ///< nesting that the call stack is sure to bear

std::vector<std::string> known_names(const Scope& scope) {
  std::vector<std::string> names = scope.variables;
  for (const auto& [name, value] : scope.parameters) names.push_back(name);
  for (const auto& [name, value] : scope.definitions) names.push_back(name);
  names.emplace_back("pi");
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string counted(std::size_t n) { return fmt::format("{} argument{}", n, n == 1 ? "" : "s"); }

class Parser {
 public:
  Parser(std::string_view text, const Scope& scope) : tokens_(tokenize(text)), scope_(scope) {}

  Formula whole() {
    if (at(Token::end)) throw Error("the formula is empty", 0, 0, "write an expression, such as x^2 + 1");
    Formula f = either();
    if (!at(Token::end)) trailing();
    return f;
  }

 private:
  // ---- rules

  Formula either() {
    Formula f = both();
    while (take("or")) f = build(Operation::logical_or, {f, both()});
    return f;
  }

  Formula both() {
    Formula f = inverse();
    while (take("and")) f = build(Operation::logical_and, {f, inverse()});
    return f;
  }

  Formula inverse() {
    const Depth depth(*this);
    if (take("not")) return build(Operation::logical_not, {inverse()});
    return compared();
  }

  Formula compared() {
    Formula a = sum();
    if (!is_comparison(next())) return a;
    const std::string_view sign = next().text;
    advance();
    const Formula b = sum();
    if (is_comparison(next()))
      fail(next(), "comparisons cannot be chained", "join two of them, as in (a < b) and (b < c)");
    if (sign == "<") return build(Operation::less, {a, b});
    if (sign == "<=") return build(Operation::less_equal, {a, b});
    if (sign == ">") return build(Operation::less, {b, a});
    if (sign == ">=") return build(Operation::less_equal, {b, a});
    if (sign == "==") return build(Operation::equal, {a, b});
    return build(Operation::not_equal, {a, b});
  }

  Formula sum() {
    Formula f = product();
    while (true) {
      if (take("+")) {
        f = f + product();
      } else if (take("-")) {
        f = f - product();
      } else {
        return f;
      }
    }
  }

  Formula product() {
    Formula f = prefixed();
    while (true) {
      if (take("*")) {
        f = f * prefixed();
      } else if (take("/")) {
        f = f / prefixed();
      } else {
        return f;
      }
    }
  }

  Formula prefixed() {
    const Depth depth(*this);
    if (take("-")) return -prefixed();
    if (take("+")) return prefixed();
    return power();
  }

  Formula power() {
    Formula base = atom();
    if (!take("^")) return base;
    return pow(base, prefixed());
  }

  Formula atom() {
    const Token token = next();
    if (token.kind == Token::number) {
      advance();
      return token.value;
    }
    if (token.kind == Token::name && !is_word(token)) {
      advance();
      return named(token);
    }
    if (take("(")) {
      Formula inside = either();
      close(token);
      return inside;
    }
    missing_operand(token);
  }

  Formula named(const Token& token) {
    const std::string name(token.text);
    if (at("(")) return called(token);
    if (std::find(scope_.variables.begin(), scope_.variables.end(), name) != scope_.variables.end())
      return Formula::variable(name);
    if (const auto found = scope_.parameters.find(name); found != scope_.parameters.end())
      return found->second;
    if (const auto found = scope_.definitions.find(name); found != scope_.definitions.end())
      return found->second;
    if (const auto value = named_constant(name)) return *value;
    if (const Function* f = find_function(name))
      fail(token, fmt::format("'{}' is a function and needs its {}", name, counted(f->arity)),
           fmt::format("write {}(...)", name));
    unknown(token, known_names(scope_));
  }

  Formula called(const Token& token) {
    const Function* f = find_function(token.text);
    if (f == nullptr) not_a_function(token);
    const Token bracket = next();
    advance();
    std::vector<Formula> arguments;
    if (!at(")")) {
      do arguments.push_back(either());
      while (take(","));
    }
    close(bracket);
    if (arguments.size() != f->arity)
      fail(token, fmt::format("{} takes {}, not {}", f->name, counted(f->arity), arguments.size()),
           fmt::format("{}: {}", f->name, f->meaning));
    return build(f->operation, arguments);
  }

  // ---- tokens

  [[nodiscard]] const Token& next() const { return tokens_[position_]; }
  [[nodiscard]] bool at(Token::Kind kind) const { return next().kind == kind; }
  [[nodiscard]] bool at(std::string_view text) const { return !at(Token::end) && next().text == text; }
  void advance() { ++position_; }

  bool take(std::string_view text) {
    if (!at(text)) return false;
    advance();
    return true;
  }

  void close(const Token& opening) {
    if (take(")")) return;
    const std::string where = fmt::format("the '(' at column {} is not closed", opening.offset + 1);
    if (at(Token::end)) fail(next(), "missing ')'", where);
    fail(next(), fmt::format("expected ')' before '{}'", next().text), where);
  }

  static bool is_word(const Token& t) { return t.text == "and" || t.text == "or" || t.text == "not"; }
  static bool is_comparison(const Token& t) {
    constexpr std::string_view signs[] = {"<", "<=", ">", ">=", "==", "!="};
    return t.kind == Token::symbol &&
           std::find(std::begin(signs), std::end(signs), t.text) != std::end(signs);
  }

  /// Counts the levels of nesting while it lives.
  class Depth {
   public:
    explicit Depth(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > 2 * deepest)  // each pair of parentheses passes two counted rules
        fail(parser_.next(), fmt::format("nested more than {} deep", deepest),
             "name a part in a definition of its own");
    }
    ~Depth() { --parser_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    Parser& parser_;
  };

  // ---- what can be wrong

  [[noreturn]] static void fail(const Token& token, const std::string& message, const std::string& hint) {
    throw Error(message, token.offset, token.text.size(), hint);
  }

  [[noreturn]] static void unknown(const Token& token, const std::vector<std::string>& candidates) {
    const auto nearest = nearest_name(token.text, candidates);
    fail(token, fmt::format("unknown name '{}'", token.text),
         nearest ? fmt::format("did you mean '{}'?", *nearest) : "known names: " + listed(candidates));
  }

  [[noreturn]] void not_a_function(const Token& token) const {
    const auto names = known_names(scope_);
    if (std::find(names.begin(), names.end(), token.text) != names.end())
      fail(token, fmt::format("'{}' is not a function", token.text),
           fmt::format("for a product write {}*(...)", token.text));
    const auto functions = function_names();
    const auto nearest = nearest_name(token.text, functions);
    fail(token, fmt::format("unknown function '{}'", token.text),
         nearest ? fmt::format("did you mean '{}'?", *nearest) : "functions: " + listed(functions));
  }

  [[noreturn]] static void missing_operand(const Token& token) {
    if (token.kind == Token::end)
      fail(token, "the formula ends where a number, a name or '(' should follow",
           "complete or remove the last operator");
    if (is_word(token))
      fail(token, fmt::format("'{}' stands where a number, a name or '(' should", token.text),
           "'and', 'or' and 'not' are operators and cannot be names");
    fail(token, fmt::format("expected a number, a name or '(', not '{}'", token.text),
         "an operator needs a value on both sides");
  }

  [[noreturn]] void trailing() const {
    if (at(")")) fail(next(), "')' without its '('", "remove it, or open a parenthesis before it");
    if (at(",")) fail(next(), "',' outside the arguments of a function", "a decimal point is written '.'");
    fail(next(), fmt::format("unexpected '{}' after the end of the expression", next().text),
         "join two values by an operator: a product is written 2*x");
  }

  std::vector<Token> tokens_;
  const Scope& scope_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

}  // namespace

Formula parse(std::string_view text, const Scope& scope) { return Parser(text, scope).whole(); }

}  // namespace fpk::formula
