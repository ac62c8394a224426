// Numbers in an answer (result.json, passage.json, ...), named by paths:
//
//     density.observables.right.value[-1]     names joined by dots; [k] an entry of a list, from its end where negative
//     claims[mass-conserved].measured         [name] the entry of a list whose "name" that is
//     particles.observables.*                 * every name of a table
//
// A path that ends at a list of numbers means its last one, the value at the last time; one that ends at a table with a "value"
// means that.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "io/sweep_record.hpp"

namespace fpk::app {

/// Every number that `path` names, with its error where one stands beside it: "standard_error", "error", or NAME_error. What is
/// null has the value NaN. Empty where there is no such number.
std::vector<io::SweptResult> find_results(const nlohmann::ordered_json& answer, const std::string& path);

/// Where `path` first leaves the answer, and what is there instead: "there is no densty in result.json; it has times, density".
std::string why_nothing(const nlohmann::ordered_json& answer, const std::string& path,
                        const std::string& file);

}  // namespace fpk::app
