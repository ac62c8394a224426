// The ladder of a convergence study as a table: for a spreadsheet, for a paper, for the terminal.
#include <fmt/format.h>

#include <cmath>

#include "io/csv_field.hpp"
#include "io/pairwise_order.hpp"
#include "io/promised_order.hpp"
#include "io/writers.hpp"

namespace fpk::io {

namespace {

bool is_spatial(const ConvergenceStudy& study) {
  return !study.rows.empty() && !study.rows.front().cells.empty();
}
bool has_expectation(const ConvergenceStudy& study) {
  return !study.rows.empty() && study.rows.front().expectation.has_value();
}

/// Empty where there is no number.
template <class Number>
std::string optional_field(const std::optional<Number>& number) {
  return number ? csv_field(static_cast<double>(*number)) : "";
}

/// "128 x 64"
std::string cells_text(const ConvergenceRow& row, std::string_view times) {
  std::string text;
  for (const auto n : row.cells) text += (text.empty() ? "" : std::string(times)) + std::to_string(n);
  return text;
}

/// The error, with its interval where it was sampled.
std::string error_text(const ConvergenceRow& row) {
  if (row.lower == row.upper) return fmt::format("{:.3e}", row.error);
  return fmt::format("{:.3e} [{:.1e}, {:.1e}]", row.error, row.lower, row.upper);
}

std::string order_sentence(const ConvergenceStudy& study) {
  const auto& v = study.verdict;
  std::string text = v.order
                         ? fmt::format("observed order {:.3f}, interval [{:.3f}, {:.3f}], promised {}",
                                       v.order->value, v.order->lower, v.order->upper, promised_order(study))
                         : fmt::format("no order can be told, promised {}", promised_order(study));
  if (study.reference)
    text +=
        fmt::format("; against {:.12g} +- {:.1e}, {}; an error is known to {:.1e}", study.reference->value,
                    study.reference->error, study.reference->source, study.resolution);
  return v.remark.empty() ? text : text + "; " + v.remark;
}

/// The characters that LaTeX would take for commands.
std::string latex(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\textbackslash{}";
    else if (c == '~' || c == '^')
      out += std::string("\\") + c + "{}";
    else if (std::string_view("&%$#_{}").find(c) != std::string_view::npos)
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out;
}

/// 1.25e-03 as $1.25\times10^{-3}$.
std::string latex_number(double x) {
  if (!std::isfinite(x)) return "--";
  if (x == 0) return "$0$";
  const auto text = fmt::format("{:.2e}", x);
  const auto e = text.find('e');
  return fmt::format("${}\\times10^{{{}}}$", text.substr(0, e), std::stoi(text.substr(e + 1)));
}

}  // namespace

std::string convergence_csv(const ConvergenceStudy& study) {
  const bool spatial = is_spatial(study), expectation = has_expectation(study);
  std::string text = spatial ? "cells,width," : "step,";
  if (expectation) text += "expectation,";
  text += "error,lower,upper";
  text += study.sampled ? ",standard_error,samples,cost\n" : "\n";
  for (const auto& row : study.rows) {
    if (spatial) text += cells_text(row, "x") + ",";
    text += csv_field(row.size) + ",";
    if (expectation) text += optional_field(row.expectation) + ",";
    text += csv_field(row.error) + "," + csv_field(row.lower) + "," + csv_field(row.upper);
    if (study.sampled)
      text += fmt::format(",{},{},{}", optional_field(row.standard_error), optional_field(row.samples),
                          optional_field(row.cost));
    text += "\n";
  }
  return text;
}

std::string convergence_latex(const ConvergenceStudy& study) {
  const bool spatial = is_spatial(study), expectation = has_expectation(study);
  std::string text = fmt::format("% {}: {}\n", study.name, order_sentence(study));
  text += fmt::format("\\begin{{tabular}}{{r{}rcr}}\n\\hline\n", expectation ? "r" : "");
  text += fmt::format("{} & {}error & interval & order \\\\\n\\hline\n", spatial ? "cells" : "step",
                      expectation ? latex(study.observable) + " & " : "");
  for (std::size_t k = 0; k < study.rows.size(); ++k) {
    const auto& row = study.rows[k];
    text += spatial ? fmt::format("${}$", cells_text(row, "\\times ")) : latex_number(row.size);
    if (expectation) text += row.expectation ? fmt::format(" & {:.8g}", *row.expectation) : " & ";
    text += " & " + latex_number(row.error) + " & ";
    if (row.lower != row.upper)
      text += fmt::format("[{}, {}]", latex_number(row.lower), latex_number(row.upper));
    text += " & " + pairwise_order(study, k) + " \\\\\n";
  }
  return text + "\\hline\n\\end{tabular}\n";
}

std::string convergence_table(const ConvergenceStudy& study) {
  const bool spatial = is_spatial(study), expectation = has_expectation(study);
  std::string text =
      fmt::format("{}\n  {}; {}; {}\n", study.title, study.scheme, study.method, study.observable);
  text += fmt::format("  {:>16}", spatial ? "cells" : "step");
  if (expectation) text += fmt::format("  {:>16}", "expectation");
  text += fmt::format("  {:<34}{:>7}\n", "error", "order");
  for (std::size_t k = 0; k < study.rows.size(); ++k) {
    const auto& row = study.rows[k];
    text += fmt::format("  {:>16}", spatial ? cells_text(row, " x ") : fmt::format("{:.6g}", row.size));
    if (expectation)
      text += fmt::format("  {:>16}", row.expectation ? fmt::format("{:.10g}", *row.expectation) : "");
    text += fmt::format("  {:<34}{:>7}\n", error_text(row), pairwise_order(study, k));
  }
  return text + "  " + order_sentence(study) + "\n";
}

}  // namespace fpk::io
