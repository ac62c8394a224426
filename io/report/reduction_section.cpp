// The law on the plane of two directions of a network, beside chains: the whole network's, and the same held on the plane.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "io/report/figures_table.hpp"
#include "io/report/heat_map.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

constexpr double panel_width = 380;

std::string marginals(const ReductionRecord& r) {
  std::string html;
  for (std::size_t a = 0; a < 2; ++a) {
    std::vector<double> centres;
    for (std::size_t i = 0; i + 1 < r.edges[a].size(); ++i)
      centres.push_back((r.edges[a][i] + r.edges[a][i + 1]) / 2);
    // A few cells to a bin, so that a few hundred chains make a curve.
    const std::size_t cells = centres.size(), bin = std::max<std::size_t>(1, cells / 24);
    const auto binned = [&](Look look, const std::vector<double>& density) {
      Curve c{.look = look, .steps = true};
      for (std::size_t i = 0; i < cells; i += bin) {
        const std::size_t end = std::min(i + bin, cells);
        double sum = 0;
        for (std::size_t k = i; k < end; ++k) sum += density[k];
        if (c.x.empty()) c.x.push_back(r.edges[a][i]);
        c.x.push_back(r.edges[a][end]);
        c.y.push_back(sum / static_cast<double>(end - i));
      }
      return c;
    };
    html += plot({.title = fmt::format("z{} at the end", a + 1),
                  .x_label = fmt::format("z{}", a + 1),
                  .y_label = "density",
                  .width = panel_width},
                 {binned(Look::chains, r.chain_marginal[a]),
                  binned(Look::between, r.frozen_marginal[a]),
                  {.look = Look::density, .x = centres, .y = r.density_marginal[a]},
                  {.look = Look::exact, .x = centres, .y = r.relaxed_marginal[a], .dashed = true}});
  }
  return html;
}

std::string in_time(const ReductionRecord& r, std::size_t k, const std::string& title) {
  Curve chain{.look = Look::chains, .interval = Interval::bars, .markers = true, .line = false},
      frozen{.look = Look::between, .interval = Interval::bars, .markers = true, .line = false},
      density{.look = Look::density}, relaxed{.look = Look::exact, .dashed = true},
      linear{.look = Look::reference, .dashed = true};
  for (const auto& t : r.times) {
    for (auto* c : {&chain, &frozen, &density, &relaxed, &linear})
      c->x.push_back(static_cast<double>(t.step));
    for (const auto& [curve, m, e] :
         {std::tuple{&chain, &t.chain, &t.chain_error}, {&frozen, &t.frozen, &t.frozen_error}}) {
      curve->y.push_back((*m)[k]);
      curve->lower.push_back((*m)[k] - 2 * (*e)[k]);
      curve->upper.push_back((*m)[k] + 2 * (*e)[k]);
    }
    density.y.push_back(t.density[k]);
    relaxed.y.push_back(t.relaxed[k]);
    linear.y.push_back(t.linear[k]);
  }
  return plot({.title = title, .x_label = "step", .y_label = "", .width = panel_width},
              {density, relaxed, linear, chain, frozen});
}

std::string distances(const ReductionRecord& r) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& t : r.times)
    for (const auto& [what, d] : {std::pair{"chain to density", &t.chain_to_density},
                                  {"chain to relaxed density", &t.chain_to_relaxed},
                                  {"frozen chain to density", &t.frozen_to_density}})
      rows.push_back({fmt::format("step {}, {}", t.step, what), number(d->total_variation),
                      number(d->exact_total_variation), number(d->highest_total_variation),
                      number(d->wasserstein_1), number(d->exact_wasserstein_1),
                      number(d->highest_wasserstein_1)});
  return figures_table({"", "total variation", "exact sample", "largest of 20", "Wasserstein", "exact sample",
                        "largest of 20"},
                       rows);
}

std::string reduction(const ReductionRecord& r) {
  std::string html = fmt::format(
      "<p>Chains with learning rate {} and batches of {} start at the trained point. The density solves the "
      "Fokker-Planck "
      "equation of the plane through it along the two leading directions, all other parameters frozen. The "
      "same chains, "
      "held on that plane, tell the error of freezing from that of the diffusion.</p>\n",
      plain(r.learning_rate), r.batch);
  html += legend({{{.look = Look::chains, .markers = true}, "the chain"},
                  {{.look = Look::between, .markers = true}, "the chain held on the plane"},
                  {{.look = Look::density}, "density, rest frozen"},
                  {{.look = Look::exact, .dashed = true}, "density, rest linear (mean force)"},
                  {{.look = Look::reference, .dashed = true}, "all linear"}});
  html += "<div class=\"panels\">\n" +
          heat_map({.title = "Density and chains", .x_label = "z1", .y_label = "z2", .width = panel_width},
                   r.density_plane, greatest_density(r.density_plane), r.chain_points) +
          heat_map({.title = "Density and chains held on the plane",
                    .x_label = "z1",
                    .y_label = "z2",
                    .width = panel_width},
                   r.density_plane, greatest_density(r.density_plane), r.frozen_points) +
          heat_map({.title = "Loss on the plane, above its centre",
                    .x_label = "z1",
                    .y_label = "z2",
                    .width = panel_width},
                   r.loss_plane, greatest_density(r.loss_plane), {}) +
          marginals(r) + in_time(r, 0, "mean of z1") + in_time(r, 1, "mean of z2") +
          in_time(r, 2, "variance of z1") + in_time(r, 4, "variance of z2") +
          in_time(r, 3, "covariance of z1 and z2") + "</div>\n";
  std::vector<std::vector<std::string>> force;
  for (std::size_t k = 0; k < 2; ++k)
    force.push_back(
        {fmt::format("along z{}", k + 1), number(r.force.mean[k]) + " ± " + number(r.force.mean_error[k], 2),
         number(r.force.predicted[k]), number(r.force.deviation[k]), number(r.force.frozen_deviation[k])});
  return html + distances(r) + "<h4>What the rest does to the gradient on the plane</h4>\n" +
         figures_table({"at the end", "mean", "predicted by a linear rest", "from chain to chain",
                        "the gradient itself varies by"},
                       force);
}

}  // namespace

std::string reduction_section(const Record& r) {
  if (!r.network) return "";
  return section("reduction", "Two directions of " + std::to_string(r.network->parameters),
                 reduction(r.network->reduction));
}

}  // namespace fpk::io::report
