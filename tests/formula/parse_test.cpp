#include <gtest/gtest.h>

#include "formula/program.hpp"
#include "tests/formula/random_formula.hpp"

namespace fpk::formula {
namespace {

Scope scope() {
  Scope s{{"x", "y", "temperature"}, {{"k", 2.5}}, {}};
  s.definitions.emplace("well", parse("(x^2-1)^2", {{"x"}, {}, {}}));
  return s;
}

std::string round_trip(std::string_view text) { return parse(text, scope()).text(); }

TEST(Parse, KnowsParametersDefinitionsAndConstants) {
  EXPECT_EQ(round_trip("k*x"), "2.5*x");
  EXPECT_EQ(round_trip("k*well"), "2.5*(x^2 - 1)^2");
  EXPECT_EQ(round_trip("2*pi"), "6.283185307179586");
  EXPECT_EQ(round_trip(" +x\t+\n y "), "x + y");
  EXPECT_EQ(round_trip("1.5e-3*x + .5"), "0.0015*x + 0.5");
}

TEST(Parse, BindsOperatorsAsMathematicsDoes) {
  EXPECT_EQ(round_trip("-x^2"), "-x^2");
  EXPECT_EQ(round_trip("(-x)^2"), "(-x)^2");
  EXPECT_EQ(round_trip("x^y^x"), "x^y^x");
  EXPECT_EQ(round_trip("(x^y)^x"), "(x^y)^x");
  EXPECT_EQ(round_trip("x^-y"), "x^-y");
  EXPECT_EQ(round_trip("x - (y - x)"), "x - (y - x)");
  EXPECT_EQ(round_trip("x/(y/x)"), "x/(y/x)");
  EXPECT_EQ(round_trip("x/y*temperature"), "x/y*temperature");
  EXPECT_EQ(round_trip("not x < y and y < 1 or x == 2"), "not x < y and y < 1 or x == 2");
  EXPECT_EQ(round_trip("x > y"), "y < x");
  EXPECT_EQ(round_trip("(x < y)*3"), "3*(x < y)");
}

TEST(Parse, RemovesTrivialIdentities) {
  for (const char* text : {"x", "0*y + x", "1*x", "x + 0", "x - 0", "x/1", "x^1", "-(-x)", "x + (y - y)",
                           "x*1^y", "x/-1*-1", "0 + x", "2*x/2", "select(1, x, y)", "select(y, x, x)"})
    EXPECT_EQ(round_trip(text), "x") << text;
  EXPECT_EQ(round_trip("x*x"), "x^2");
  EXPECT_EQ(round_trip("x + x"), "2*x");
  EXPECT_EQ(round_trip("x^0"), "1");
  EXPECT_EQ(round_trip("2*(3*x)"), "6*x");
  EXPECT_EQ(round_trip("x + -3*y"), "x - 3*y");
  EXPECT_EQ(round_trip("0 - x"), "-x");
}

TEST(Parse, ReadsWhatTextWrites) {
  testing::Random random(7);
  const Scope xy{{"x", "y"}, {}, {}};
  for (int trial = 0; trial < 5000; ++trial) {
    const Formula f = testing::random_formula(random, 1 + trial % 6);
    const Formula again = parse(f.text(), xy);
    ASSERT_EQ(again.text(), f.text());
    const double x = testing::uniform(random, -2, 2), y = testing::uniform(random, -2, 2);
    const double a = testing::tree_value(f.node(), x, y), b = testing::tree_value(again.node(), x, y);
    ASSERT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << f.text();
  }
}

// ---- errors

struct Wrong {
  std::string text, message, hint;  // of message and hint, a part
  std::size_t offset, length;
};

TEST(Parse, SaysWhatIsWrongWhereAndWhatToTry) {
  const std::vector<Wrong> wrongs = {
      {"", "empty", "write an expression", 0, 0},
      {"   ", "empty", "write an expression", 0, 0},
      {"x + tempurature", "unknown name 'tempurature'", "'temperature'", 4, 11},
      {"x + elephant", "unknown name", "x, y, temperature, k, well, pi", 4, 8},
      {"xp(x)", "unknown function 'xp'", "'exp'", 0, 2},
      {"x(2)", "'x' is not a function", "x*(...)", 0, 1},
      {"2*sin + 1", "needs its 1 argument", "sin(...)", 2, 3},
      {"2*(x + y", "missing ')'", "column 3", 8, 0},
      {"(x y)", "expected ')' before 'y'", "column 1", 3, 1},
      {"exp(x, y)", "exp takes 1 argument, not 2", "e to the power x", 0, 3},
      {"1 + atan2(x)", "atan2 takes 2 arguments, not 1", "atan2(y, x)", 4, 5},
      {"exp()", "takes 1 argument, not 0", "exp", 0, 3},
      {"x y", "unexpected 'y'", "product", 2, 1},
      {"x)", "')' without its '('", "remove", 1, 1},
      {"x, y", "',' outside", "decimal point", 1, 1},
      {"x +", "ends where", "last operator", 3, 0},
      {"* x", "not '*'", "both sides", 0, 1},
      {"x + and", "'and' stands", "operators", 4, 3},
      {"1 + 2x", "'2x' is not a number", "2*x", 4, 2},
      {"1.2.3", "'1.2.3' is not a number", "1.5e-3", 0, 5},
      {"x + .", "'.' is not a number", "0.5", 4, 1},
      {"1e999", "beyond the range", "1e308", 0, 5},
      {"x ** 2", "'**'", "x^2", 2, 2},
      {"x = 2", "'='", "==", 2, 1},
      {"x && y", "'&'", "'and'", 2, 1},
      {"!x", "'!'", "'not'", 0, 1},
      {"x \xC2\xB2", "\xC2\xB2", "numbers, names", 2, 2},
      {"0 < x < 1", "chained", "(a < b) and (b < c)", 6, 1},
      {"x == y == 1", "chained", "and", 7, 2},
  };
  for (const Wrong& w : wrongs) {
    try {
      parse(w.text, scope());
      ADD_FAILURE() << "accepted: " << w.text;
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find(w.message), std::string::npos) << w.text << ": " << e.what();
      EXPECT_NE(e.hint().find(w.hint), std::string::npos) << w.text << ": " << e.hint();
      EXPECT_EQ(e.offset(), w.offset) << w.text;
      EXPECT_EQ(e.length(), w.length) << w.text;
    }
  }
}

TEST(Parse, RefusesNestingThatTheStackMayNotBear) {
  const auto nested = [](std::size_t n) { return std::string(n, '(') + "x" + std::string(n, ')'); };
  EXPECT_EQ(round_trip(nested(150)), "x");
  EXPECT_THROW(parse(nested(201), scope()), Error);
  EXPECT_THROW(parse(nested(1000000), scope()), Error);
  EXPECT_THROW(parse(std::string(1000000, '-') + "x", scope()), Error);
  std::string tower = "x", nots;
  for (int i = 0; i < 1000; ++i) tower += "^x", nots += "not ";
  EXPECT_THROW(parse(tower, scope()), Error);
  EXPECT_THROW(parse(nots + "x", scope()), Error);
}

TEST(Parse, TakesALongFlatSum) {
  std::string text = "x";
  for (int i = 0; i < 50000; ++i) text += "+sin(x)";
  EXPECT_TRUE(parse(text, scope()).depends_on("x"));
}

TEST(Parse, NeverDoesAnythingButParseOrThrowItsError) {
  testing::Random random(8);
  const std::string letters = "xyk 0123.e+-*/^()<>=!,and or not sin(min(\t\xFF#";
  int accepted = 0, refused = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    std::string text;
    for (int i = 0; i < 1 + trial % 12; ++i)
      text += letters[std::uniform_int_distribution<std::size_t>(0, letters.size() - 1)(random)];
    try {
      parse(text, scope());
      ++accepted;
    } catch (const Error& e) {
      ++refused;
      EXPECT_FALSE(e.hint().empty());
      EXPECT_LE(e.offset() + e.length(), text.size());
    }
  }
  EXPECT_GT(accepted, 200);
  EXPECT_GT(refused, 200);
}

TEST(Names, ReservedAreFunctionsConstantsAndOperators) {
  for (const char* name : {"exp", "pow", "atan2", "select", "pi", "and", "or", "not"})
    EXPECT_TRUE(is_reserved(name)) << name;
  for (const char* name : {"x", "temperature", "exp2", "Pi"}) EXPECT_FALSE(is_reserved(name)) << name;
}

TEST(Names, FindTheLikelyTypoAndNoOther) {
  const std::vector<std::string> known = {"temperature", "step", "x", "y", "drift"};
  EXPECT_EQ(nearest_name("tempurature", known), "temperature");
  EXPECT_EQ(nearest_name("temprature", known), "temperature");
  EXPECT_EQ(nearest_name("stepp", known), "step");
  EXPECT_EQ(nearest_name("setp", known), "step");
  EXPECT_EQ(nearest_name("Drift", known), "drift");
  EXPECT_EQ(nearest_name("X", known), "x");
  EXPECT_EQ(nearest_name("z", known), std::nullopt);
  EXPECT_EQ(nearest_name("boundary", known), std::nullopt);
  EXPECT_EQ(nearest_name("", known), std::nullopt);
}

}  // namespace
}  // namespace fpk::formula
