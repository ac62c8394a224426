// [estimate].
#include <fmt/format.h>

#include "io/case/sections.hpp"

namespace fpk::io::reader {

EstimateSettings read_estimate(Document& document) {
  EstimateSettings estimate;
  const auto known = document.names_in("observables");
  estimate.observable = document.text_at("estimate.observable").value_or(known.empty() ? "" : known.front());
  estimate.tolerance = document.number_at("estimate.tolerance");
  estimate.first_step = document.number_at("estimate.first_step");
  if (const auto levels = document.integer_at("estimate.levels"))
    estimate.levels = static_cast<std::size_t>(*levels);
  estimate.budget = document.number_at("estimate.budget").value_or(estimate.budget);
  return estimate;
}

void check_estimate(Document& document, const std::vector<double>& times, const EstimateSettings& estimate) {
  check_observable(document, "estimate.observable");
  if (estimate.first_step && !times.empty() && *estimate.first_step > times.back())
    document.complaints.add(document.place("estimate.first_step"),
                            fmt::format("estimate.first_step = {} is longer than the run, time.end = {}",
                                        *estimate.first_step, times.back()),
                            "give a shorter step, or leave it out");
}

}  // namespace fpk::io::reader
