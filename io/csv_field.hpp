// Fields of a comma-separated table (RFC 4180), as spreadsheets and pandas read them.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace fpk::io {

/// Text, in quotes where it holds a comma, a quote or a line break.
inline std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// The shortest decimal that reads back as the same double; empty where the number is not finite.
inline std::string csv_field(double number) { return std::isfinite(number) ? fmt::format("{}", number) : ""; }

}  // namespace fpk::io
