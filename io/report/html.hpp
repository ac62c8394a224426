// Text and numbers on the page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fpk::io::report {

/// `text` with the five characters that HTML and SVG give a meaning made harmless.
std::string escaped(std::string_view text);

/// Three significant digits as people write them: 0.0123, 1.20 × 10⁻¹⁵, ∞, "not a number".
std::string number(double x, int digits = 3);

/// A time or a step, up to four digits and no zero too many: 0.25, 4, 1.2 × 10⁻⁵.
std::string plain(double x);

/// 1 000 000 with thin spaces.
std::string count(std::int64_t n);

/// 10⁻¹⁵ as "⁻¹⁵".
std::string superscript(int exponent);

/// 0.41 s, 12 s, 3 min 20 s
std::string duration(double seconds);

/// A row of a table of facts, <th> and <td>; `value` is HTML. Nothing where there is no value.
std::string fact(std::string_view what, std::string_view value);

/// <section id> with a heading; nothing where there is no body.
std::string section(std::string_view id, std::string_view heading, const std::string& body);

}  // namespace fpk::io::report
