// Stochastic gradient descent: the chain in figures.
#include <fmt/format.h>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

std::string sgd_section(const Record& r) {
  if (!r.sgd) return "";
  const auto& s = *r.sgd;
  std::string rows = fact("stands for it", escaped(s.model_title));
  rows += fact("learning rate at time 0", plain(s.learning_rate));
  if (s.svag > 1) rows += fact("SVAG", fmt::format("steps of 1/{} of it", s.svag));
  rows += fact("batch", fmt::format("{} of {} rows, {}", escaped(s.batch), s.rows, escaped(s.sampling)));
  if (s.momentum > 0)
    rows += fact("momentum", fmt::format("{}{}", plain(s.momentum), s.nesterov ? ", Nesterov's" : ""));
  if (s.temperature != "0") rows += fact("injected temperature", escaped(s.temperature));
  rows += fact("chains", count(s.replicas));
  if (!s.steps.empty()) rows += fact("steps", count(s.steps.back()));
  if (!s.exploded.empty() && s.exploded.back() > 0)
    rows += fact("no longer finite", count(s.exploded.back()));
  rows += fact("seed", std::to_string(s.seed));
  rows += fact("time taken", duration(s.seconds));
  return section("sgd", "Stochastic gradient descent",
                 "<div class=\"wide\"><table class=\"facts\">\n" + rows + "</table></div>\n");
}

}  // namespace fpk::io::report
