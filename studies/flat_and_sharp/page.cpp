// The study in four pictures.
#include <fmt/format.h>

#include <algorithm>

#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/whole_page.hpp"
#include "studies/flat_and_sharp/rows.hpp"
#include "studies/flat_and_sharp/wells.hpp"

namespace fpk::studies {
namespace {

using io::report::Curve;
using io::report::Interval;
using io::report::Look;

/// `y` of each row against `x`.
template <typename Row, typename X, typename Y>
Curve curve(Curve like, const std::vector<Row>& rows, X x, Y y) {
  for (const auto& row : rows) {
    like.x.push_back(x(row));
    like.y.push_back(y(row));
  }
  return like;
}

std::string figure(const std::string& title, const std::string& x, const std::string& y,
                   const std::vector<Curve>& curves, const std::vector<io::report::LegendEntry>& entries,
                   bool x_logarithmic = true) {
  return "<div>" +
         io::report::plot({.title = title,
                           .x_label = x,
                           .y_label = y,
                           .x_logarithmic = x_logarithmic,
                           .y_logarithmic = true},
                          curves) +
         io::report::legend(entries) + "</div>\n";
}

Curve points_of(Look look) { return {.look = look, .markers = true, .line = false}; }

/// The two laws on one plot.
std::string powers(const StudyRows& rows, double T) {
  std::vector<NoiseRow> some;
  for (const auto& row : rows.loss)
    if (row.strength == T) some.push_back(row);
  const auto ratio = [](const NoiseRow& r) { return (wells::barrier_height() + r.floor) / r.floor; };
  const Curve flat = points_of(Look::density), sharp = points_of(Look::particles);
  const Curve power{.look = Look::exact}, kramers{.look = Look::reference, .dashed = true};
  std::vector<Curve> curves = {curve(power, some, ratio, [](const NoiseRow& r) { return r.flat.power_law; }),
                               curve(power, some, ratio, [](const NoiseRow& r) { return r.sharp.power_law; }),
                               curve(flat, some, ratio, [](const NoiseRow& r) { return r.flat.computed; }),
                               curve(sharp, some, ratio, [](const NoiseRow& r) { return r.sharp.computed; })};
  // Kramers' law leaves the picture soon; what is left of it shows how.
  std::vector<NoiseRow> shown;
  for (const auto& row : some)
    if (row.sharp.kramers > 1e-3 * some.back().flat.computed) shown.push_back(row);
  curves.push_back(curve(kramers, shown, ratio, [](const NoiseRow& r) { return r.flat.kramers; }));
  curves.push_back(curve(kramers, shown, ratio, [](const NoiseRow& r) { return r.sharp.kramers; }));
  return figure(fmt::format("Noise that grows with the loss, T = {}: rate of escape", T),
                "loss at the barrier / at the minimum", "rate", curves,
                {{flat, "out of the flat well"},
                 {sharp, "out of the sharp well"},
                 {power, "power law"},
                 {kramers, "Kramers, D = T floor"}});
}

std::string temperatures(const StudyRows& rows) {
  const auto inverse = [](const NoiseRow& r) { return 1 / r.strength; };
  const Curve flat = points_of(Look::density), sharp = points_of(Look::particles);
  const Curve kramers{.look = Look::reference, .dashed = true};
  return figure("Isotropic noise: rate of escape", "1/D", "rate",
                {curve(kramers, rows.isotropic, inverse, [](const NoiseRow& r) { return r.flat.kramers; }),
                 curve(kramers, rows.isotropic, inverse, [](const NoiseRow& r) { return r.sharp.kramers; }),
                 curve(flat, rows.isotropic, inverse, [](const NoiseRow& r) { return r.flat.computed; }),
                 curve(sharp, rows.isotropic, inverse, [](const NoiseRow& r) { return r.sharp.computed; })},
                {{flat, "out of the flat well"}, {sharp, "out of the sharp well"}, {kramers, "Kramers"}},
                false);
}

std::string masses(const StudyRows& rows) {
  const auto strength = [](const NoiseRow& r) { return r.strength; };
  const auto ratio = [](const NoiseRow& r) { return r.share / (1 - r.share); };
  const Curve isotropic{.look = Look::density, .markers = true},
      curved{.look = Look::between, .markers = true};
  Curve root{.look = Look::reference, .x = {0.004, 0.16}, .y = {5, 5}, .dashed = true};
  return figure("Stationary mass of the flat well over that of the sharp one", "D", "ratio",
                {root, curve(isotropic, rows.isotropic, strength, ratio),
                 curve(curved, rows.curvature, strength, ratio)},
                {{isotropic, "isotropic noise"},
                 {curved, "noise that grows with curvature"},
                 {{.look = Look::reference, .dashed = true}, "square root of the curvatures' ratio"}});
}

std::string descent(const StudyRows& rows) {
  std::vector<SgdRow> some;
  for (const auto& row : rows.sgd)
    if (row.noise == 1.4) some.push_back(row);
  std::ranges::sort(some, {}, [](const SgdRow& r) { return r.learning_rate / r.batch; });
  const auto ratio = [](const SgdRow& r) { return r.learning_rate / r.batch; };
  const Curve sme1{.look = Look::density}, law{.look = Look::exact, .dashed = true},
      kramers{.look = Look::reference, .dashed = true};
  std::vector<Curve> curves = {curve(sme1, some, ratio, [](const SgdRow& r) { return 1 / r.sme1.mean; }),
                               curve(law, some, ratio, [](const SgdRow& r) { return r.power_law; }),
                               curve(kramers, some, ratio, [](const SgdRow& r) { return r.kramers; })};
  std::vector<io::report::LegendEntry> entries = {
      {sme1, "first-order modified equation"}, {law, "power law"}, {kramers, "Kramers"}};
  struct Group {
    double from, to;
    Look look;
    const char* words;
  };
  for (const auto& [from, to, look, words] :
       {Group{0, 0.008, Look::particles, "chains, learning rate up to 0.0075"},
        Group{0.008, 0.016, Look::between, "0.01 to 0.015"}, Group{0.016, 1, Look::chains, "0.02"}}) {
    Curve seen = points_of(look);
    seen.interval = Interval::bars;
    for (const auto& r : some) {
      if (r.learning_rate <= from || r.learning_rate > to) continue;
      seen.x.push_back(ratio(r));
      seen.y.push_back(r.chains.value);
      seen.lower.push_back(r.chains.value - 2 * r.chains.standard_error);
      seen.upper.push_back(r.chains.value + 2 * r.chains.standard_error);
    }
    entries.push_back({points_of(look), words});
    curves.push_back(std::move(seen));
  }
  return figure("Stochastic gradient descent: rate of escape from the sharp well", "learning rate / batch",
                "rate", curves, entries);
}

}  // namespace

std::string study_page(const StudyRows& rows) {
  const std::string title = "A flat and a sharp minimum of equal depth";
  return io::report::whole_page(title, FPK_VERSION,
                                "<h1>" + title + "</h1>\n<div class=\"plots\">\n" + temperatures(rows) +
                                    masses(rows) + powers(rows, 0.5) + descent(rows) + "</div>\n");
}

}  // namespace fpk::studies
