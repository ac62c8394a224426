#include "sde/scheme_document.hpp"

#include <fmt/format.h>
#include <cmath>

#include "sde/scheme.hpp"

namespace fpk::sde {
namespace {

std::string order(double value) {
  if (std::isinf(value)) return "exact";
  if (value == std::floor(value)) return fmt::format("{}", value);
  for (const int denominator : {2, 4})
    if (value * denominator == std::floor(value * denominator))
      return fmt::format("{}/{}", value * denominator, denominator);
  return fmt::format("{}", value);
}

/// One number, or two where additive noise has another.
std::string orders(double general, double additive) {
  return general == additive ? order(general) : fmt::format("{}; {}", order(general), order(additive));
}

}  // namespace

std::string scheme_table_markdown() {
  std::string table =
      "| scheme | weak order | strong order | invariant order | made for noise | calculus | least increments "
      "| source |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const auto& s : schemes())
    table += fmt::format("| [`{}`](schemes.md#{}) | {} | {} | {} | {} | {} | {} | {} |\n", s.name, s.name,
                         orders(s.weak_order, s.weak_order_additive),
                         orders(s.strong_order, s.strong_order_additive), order(s.invariant_order), s.noise,
                         s.calculus == Calculus::ito ? "Itô" : "Stratonovich", name(s.least_noise), s.source);
  return table;
}

}  // namespace fpk::sde
