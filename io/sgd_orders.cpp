// convergence_sgd.csv, and the same for the terminal.
#include "io/sgd_orders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/csv_field.hpp"
#include "io/writers.hpp"

namespace fpk::io {

std::vector<std::pair<std::string, std::vector<const ConvergenceStudy*>>> sgd_figures(const Record& record) {
  std::vector<std::pair<std::string, std::vector<const ConvergenceStudy*>>> figures;
  for (const auto& study : record.convergence) {
    if (!study.of_gradients) continue;
    auto at = std::ranges::find(figures, study.observable, [](const auto& f) { return f.first; });
    if (at == figures.end()) at = figures.insert(figures.end(), {study.observable, {}});
    at->second.push_back(&study);
  }
  return figures;
}

std::string sgd_orders_csv(const Record& record) {
  std::string text = "figure,model,learning_rate,chain,diffusion,error,standard_error,chains\n";
  const auto& e = *record.sgd_expectations;
  const auto figures = sgd_figures(record);
  for (const auto& [name, series] : e.observables) {
    const auto at = std::ranges::find(figures, name, [](const auto& f) { return f.first; });
    for (std::size_t r = 0; r < e.learning_rates.size(); ++r) {
      const std::string begin = csv_field(e.learning_rates[r]) + "," + csv_field(series.value[r]) + ",";
      const std::string of_chance =
          e.chains.empty() ? ",," : fmt::format(",{},{}", csv_field(series.standard_error[r]), e.chains[r]);
      if (at == figures.end()) text += csv_field(name) + ",," + begin + "," + of_chance + "\n";
      if (at == figures.end()) continue;
      for (const auto* study : at->second)
        text += csv_field(name) + "," + study->scheme + "," + begin + csv_field(*study->rows[r].expectation) +
                "," + csv_field(study->rows[r].error) + of_chance + "\n";
    }
  }
  return text;
}

std::string sgd_orders_table(const Record& record) {
  const auto& e = *record.sgd_expectations;
  std::string text = fmt::format("Stochastic gradient descent at t = {}, {} ({})\n  {:<24}", e.time,
                                 e.chains.empty() ? "exact" : "sampled", e.method, "");
  for (const double rate : e.learning_rates) text += fmt::format("{:>16}", fmt::format("eta = {:g}", rate));
  text += fmt::format("{:>8}\n", record.convergence.empty() ? "" : "order");
  if (!e.chains.empty()) {
    text += fmt::format("  {:<24}", "chains");
    for (const auto n : e.chains) text += fmt::format("{:>16}", n);
    text += "\n";
  }
  const auto figures = sgd_figures(record);
  for (const auto& [name, series] : e.observables) {
    text += fmt::format("  {:<24}", name);
    for (const double v : series.value) text += fmt::format("{:>16.10g}", v);
    text += "\n";
    if (!series.standard_error.empty()) {
      text += fmt::format("    {:<22}", "standard error");
      for (const double v : series.standard_error) text += fmt::format("{:>16.1e}", v);
      text += "\n";
    }
    const auto at = std::ranges::find(figures, name, [](const auto& f) { return f.first; });
    if (at == figures.end()) continue;
    for (const auto* study : at->second) {
      text += fmt::format("    {:<22}", "error of " + study->scheme);
      for (const auto& row : study->rows) text += fmt::format("{:>16.2e}", row.error);
      text += study->verdict.order ? fmt::format("{:>8.2f}\n", study->verdict.order->value)
                                   : fmt::format("{:>8}\n", "-");
    }
  }
  return text;
}

}  // namespace fpk::io
