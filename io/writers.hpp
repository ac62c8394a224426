// Everything a run leaves behind, beside the VTK series: each writer turns a Record into one file's text.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "io/record.hpp"

namespace fpk::io {

/// An output could not be written (exit status 74).
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes beside `path` and renames, so that a file is whole or absent. Makes the folder. Throws OutputError.
void write_whole(const std::filesystem::path& path, const std::string& text);

/// Removes from `folder` what a writer that was killed has left beside files whose names begin so.
void remove_unfinished(const std::filesystem::path& folder, const std::string& beginning);

/// Removes those of `names` that are in `folder`, and what a killed writer left of them. Throws OutputError where one cannot be removed.
void remove_outputs(const std::filesystem::path& folder, const std::vector<std::string>& names);

std::string result_json(const Record& record);       ///< docs/result.md
std::string convergence_json(const Record& record);  ///< docs/result.md
std::string convergence_csv(const ConvergenceStudy& study);
std::string convergence_latex(const ConvergenceStudy& study);
std::string convergence_table(const ConvergenceStudy& study);  ///< for the terminal
// The spatial studies side by side, a column for each flux; empty where there are fewer than two.
std::string flux_comparison_csv(const Record& record);
std::string flux_comparison_table(const Record& record);  ///< for the terminal
// The orders in the learning rate of stochastic gradients, all models and figures; a row for each learning rate.
std::string sgd_orders_csv(const Record& record);
std::string sgd_orders_table(const Record& record);     ///< for the terminal
std::string spectrum_json(const Record& record);        ///< docs/result.md
std::string spectrum_table(const Record& record);       ///< for the terminal
std::string backward_json(const Record& record);        ///< docs/result.md
std::string estimate_json(const Record& record);        ///< docs/result.md
std::string passage_json(const Record& record);         ///< docs/result.md
std::string passage_csv(const Record& record);          ///< the distribution of the passage time
std::string gradient_noise_json(const Record& record);  ///< docs/noise-diagnostics.md
std::string series_csv(const Record& record);
std::string report_html(const Record& record);  ///< one self-contained file, inline SVG

}  // namespace fpk::io
