// Errors of several fluxes on the same grids: one table for the terminal, one for a spreadsheet.
//
//       cells       width         blended   chang-cooper
//          50        0.10       2.56e-04       1.5e-02
#include "io/compared_fluxes.hpp"
#include "io/csv_field.hpp"
#include "io/writers.hpp"

namespace fpk::io {
namespace {

std::string cells_text(const ConvergenceRow& row) { return fmt::format("{}", fmt::join(row.cells, "x")); }

}  // namespace

std::vector<const ConvergenceStudy*> compared_fluxes(const Record& record) {
  std::vector<const ConvergenceStudy*> found;
  for (const auto& study : record.convergence)
    if (!study.flux.empty() && study.name == "space-" + study.flux) found.push_back(&study);
  if (found.size() < 2) found.clear();
  return found;
}

std::string flux_comparison_csv(const Record& record) {
  const auto fluxes = compared_fluxes(record);
  if (fluxes.empty()) return "";
  std::string text = "cells,width";
  for (const auto* study : fluxes) text.append(",").append(study->flux);
  text += "\n";
  for (std::size_t k = 0; k < fluxes.front()->rows.size(); ++k) {
    text += cells_text(fluxes.front()->rows[k]) + "," + csv_field(fluxes.front()->rows[k].size);
    for (const auto* study : fluxes) text.append(",").append(csv_field(study->rows[k].error));
    text += "\n";
  }
  return text;
}

std::string flux_comparison_table(const Record& record) {
  const auto fluxes = compared_fluxes(record);
  if (fluxes.empty()) return "";
  std::string text = fmt::format("Fluxes side by side: {}, {}\n  {:<26}", fluxes.front()->observable,
                                 fluxes.front()->method, "cells");
  for (const auto& row : fluxes.front()->rows) text += fmt::format("  {:>10}", cells_text(row));
  text += fmt::format("  {:>6}\n", "order");
  for (const auto* study : fluxes) {
    text += fmt::format("  {:<26}", study->flux);
    for (const auto& row : study->rows) text += fmt::format("  {:>10.2e}", row.error);
    text += study->verdict.order ? fmt::format("  {:>6.2f}\n", study->verdict.order->value) : "       -\n";
  }
  return text;
}

}  // namespace fpk::io
