// Stochastic gradient descent: the chain in figures.
#include <fmt/format.h>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

std::string row(const std::string& what, const std::string& value) {
  return value.empty() ? "" : fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", what, value);
}

}  // namespace

std::string sgd_section(const Record& r) {
  if (!r.sgd) return "";
  const auto& s = *r.sgd;
  std::string rows = row("stands for it", escaped(s.model_title));
  rows += row("learning rate at time 0", plain(s.learning_rate));
  if (s.svag > 1) rows += row("SVAG", fmt::format("steps of 1/{} of it", s.svag));
  rows += row("batch", fmt::format("{} of {} rows, {}", escaped(s.batch), s.rows, escaped(s.sampling)));
  if (s.momentum > 0)
    rows += row("momentum", fmt::format("{}{}", plain(s.momentum), s.nesterov ? ", Nesterov's" : ""));
  if (s.temperature != "0") rows += row("injected temperature", escaped(s.temperature));
  rows += row("chains", count(s.replicas));
  if (!s.steps.empty()) rows += row("steps", count(s.steps.back()));
  if (!s.exploded.empty() && s.exploded.back() > 0) rows += row("no longer finite", count(s.exploded.back()));
  rows += row("seed", std::to_string(s.seed));
  rows += row("time taken", duration(s.seconds));
  return section("sgd", "Stochastic gradient descent",
                 "<div class=\"wide\"><table class=\"facts\">\n" + rows + "</table></div>\n");
}

}  // namespace fpk::io::report
