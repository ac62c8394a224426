#include "app/observers/series.hpp"

namespace fpk::app {

void append(io::NamedSeries& series, const std::vector<law::Observable>& observables,
            const std::vector<law::Estimate>& estimates, bool sampled) {
  if (series.empty())
    for (const auto& o : observables) series.emplace_back(o.name, io::Series{});
  for (std::size_t k = 0; k < estimates.size(); ++k) {
    series[k].second.value.push_back(estimates[k].value);
    if (sampled) series[k].second.standard_error.push_back(estimates[k].standard_error);
  }
}

}  // namespace fpk::app
