#include "io/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fpk::io::report {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string superscript(int exponent) {
  constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = exponent < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(exponent))) out += digits[c - '0'];
  return out;
}

std::string number(double x, int digits) {
  if (std::isnan(x)) return "not a number";
  if (std::isinf(x)) return x > 0 ? "∞" : "−∞";
  const auto text = fmt::format("{:.{}e}", std::abs(x), digits - 1);  // rounded first, so that 9.996 is 10.0
  const auto e = text.find('e');
  const int exponent = std::stoi(text.substr(e + 1));
  const std::string sign = x < 0 ? "−" : "";
  if (x == 0) return "0";
  if (exponent < -3 || exponent > 5) return sign + text.substr(0, e) + " × 10" + superscript(exponent);
  return sign + fmt::format("{:.{}f}", std::abs(x), std::max(0, digits - 1 - exponent));
}

std::string plain(double x) {
  auto text = number(x, 4);
  const auto end = std::min(text.find(" ×"), text.size());
  if (text.find('.') >= end) return text;
  const auto last = text.find_last_not_of('0', end - 1);
  return text.erase(text[last] == '.' ? last : last + 1, end - (text[last] == '.' ? last : last + 1));
}

std::string count(std::int64_t n) {
  auto text = std::to_string(n);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > (n < 0 ? 1 : 0); i -= 3)
    text.insert(static_cast<std::size_t>(i), "\u202f");
  return text;
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  if (seconds < 9.95) return fmt::format("{:.2g} s", seconds);
  const auto s = static_cast<long>(std::lround(seconds));
  return s < 120 ? fmt::format("{} s", s) : fmt::format("{} min {:02} s", s / 60, s % 60);
}

std::string fact(std::string_view what, std::string_view value) {
  return value.empty() ? "" : fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", what, value);
}

std::string section(std::string_view id, std::string_view heading, const std::string& body) {
  if (body.empty()) return "";
  return fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n{}</section>\n", id, heading, body);
}

}  // namespace fpk::io::report
