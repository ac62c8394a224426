#include "formula/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "formula/formula.hpp"

namespace fpk::formula {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_character(char c) { return is_letter(c) || is_digit(c); }

template <class Predicate>
std::size_t length_while(std::string_view text, Predicate p) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), p) - text.begin());
}

/// `rest` begins with a digit or a point.
Token number_token(std::string_view rest, std::size_t offset) {
  double value = 0;
  const auto [stop, status] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  const auto used = static_cast<std::size_t>(stop - rest.data());
  if (status == std::errc::result_out_of_range)
    throw Error(fmt::format("the number {} is beyond the range of double precision", rest.substr(0, used)),
                offset, used, "use a number between 1e-308 and 1e308, or 0");
  const auto more = length_while(rest.substr(used), [](char c) { return is_name_character(c) || c == '.'; });
  if (status == std::errc() && more == 0) return {Token::number, rest.substr(0, used), offset, value};
  const std::string_view piece = rest.substr(0, used + more);
  const bool product = status == std::errc() && is_letter(rest[used]);
  throw Error(fmt::format("'{}' is not a number", piece.empty() ? rest.substr(0, 1) : piece), offset,
              std::max<std::size_t>(1, piece.size()),
              product
                  ? fmt::format("a product is written {}*{}", rest.substr(0, used), rest.substr(used, more))
                  : "numbers look like 2, 0.5 or 1.5e-3");
}

/// Signs of other languages, and what stands for them here.
std::string hint_for(std::string_view rest) {
  constexpr std::array<std::array<std::string_view, 2>, 6> foreign = {
      {{"&", "'and' joins conditions"},
       {"|", "'or' joins conditions"},
       {"!", "write 'not', or != for unequal"},
       {"=", "equality is written =="},
       {"[", "use parentheses ( )"},
       {"{", "use parentheses ( )"}}};
  for (const auto& [sign, hint] : foreign)
    if (rest.starts_with(sign)) return std::string(hint);
  return "a formula has numbers, names, + - * / ^, comparisons, commas and parentheses";
}

Token symbol_token(std::string_view rest, std::size_t offset) {
  if (rest.starts_with("**")) throw Error("'**' is not an operator", offset, 2, "a power is written x^2");
  constexpr std::array<std::string_view, 14> symbols = {"<=", ">=", "==", "!=", "<", ">", "+",
                                                        "-",  "*",  "/",  "^",  "(", ")", ","};
  for (const std::string_view s : symbols)
    if (rest.starts_with(s)) return {Token::symbol, rest.substr(0, s.size()), offset};
  // A character outside ASCII is shown whole, not by its first byte.
  const auto continued =
      length_while(rest.substr(1), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
  throw Error(fmt::format("'{}' has no meaning in a formula", rest.substr(0, 1 + continued)), offset,
              1 + continued, hint_for(rest));
}

Token token_at(std::string_view rest, std::size_t offset) {
  if (is_letter(rest[0])) return {Token::name, rest.substr(0, length_while(rest, is_name_character)), offset};
  if (is_digit(rest[0]) || rest[0] == '.') return number_token(rest, offset);
  return symbol_token(rest, offset);
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t offset = length_while(text, is_space);
  while (offset < text.size()) {
    tokens.push_back(token_at(text.substr(offset), offset));
    offset += tokens.back().text.size();
    offset += length_while(text.substr(offset), is_space);
  }
  tokens.push_back({Token::end, {}, text.size()});
  return tokens;
}

}  // namespace fpk::formula
