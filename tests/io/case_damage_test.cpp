// Shipped cases, damaged at random: whatever stands in a file, the reader reads it or refuses it with words.
#include <gtest/gtest.h>

#include <random>

#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}

  /// One to four wounds: characters or lines lost, doubled, replaced or exchanged.
  std::string operator()(std::string text) {
    for (std::size_t wounds = 1 + below(4); wounds > 0 && !text.empty(); --wounds)
      text = wounded(std::move(text));
    return text;
  }

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  std::string wounded(std::string text) {
    static const std::string_view signs = "[]{}()\"'=,.#-+*/^<>eE019_xyt\\\n \t\x01\xff\xc3";
    const std::size_t at = below(text.size());
    const std::size_t line = text.rfind('\n', at) + 1,
                      line_end = std::min(text.find('\n', at), text.size() - 1) + 1;
    switch (below(6)) {
      case 0:
        return text.erase(at, 1 + below(4));
      case 1:
        return text.insert(at, text.substr(at, 1 + below(6)));
      case 2:
        text[at] = signs[below(signs.size())];
        return text;
      case 3:
        return line < line_end ? text.erase(line, line_end - line) : text;
      case 4:
        return line < line_end ? text.insert(line, text.substr(line, line_end - line)) : text;
      default:
        std::swap(text[at], text[below(text.size())]);
        return text;
    }
  }

  std::mt19937 random_;
};

TEST(DamagedCase, IsReadOrRefusedAndNothingElse) {
  constexpr unsigned trials = 2000;
  const auto files = shipped_cases();
  ASSERT_FALSE(files.empty());
  unsigned refused = 0, read = 0;
  for (unsigned trial = 0; trial < trials; ++trial) {
    const std::string text = Damage(trial)(file_text(files[trial % files.size()]));
    try {
      read_text(text);
      ++read;
    } catch (const CaseError& error) {
      ++refused;
      for (const Complaint& c : error.complaints()) {
        EXPECT_FALSE(c.what.empty());
        EXPECT_FALSE(c.try_instead.empty()) << c.text();
        EXPECT_GE(c.line, 1U) << c.text();
      }
      EXPECT_FALSE(error.complaints().empty());
    } catch (const std::exception& error) {
      ADD_FAILURE() << "trial " << trial << " escaped as " << error.what() << "\n" << text;
    }
  }
  // Wounds in comments do no harm, those elsewhere mostly do: both outcomes are common.
  EXPECT_GT(refused, trials / 4);
  EXPECT_GT(read, trials / 20);
}

}  // namespace
}  // namespace fpk::io
