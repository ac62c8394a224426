// Made-up records that look like runs: an Ornstein-Uhlenbeck process x (and y, z) that relaxes from x = 2.
#pragma once

#include <cmath>
#include <limits>
#include <random>

#include "io/record.hpp"

namespace fpk::io::example {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

inline double normal(double x, double mean, double deviation) {
  const double z = (x - mean) / deviation;
  return std::exp(-z * z / 2) / (deviation * std::sqrt(2 * 3.14159265358979));
}

inline std::vector<double> edges(std::size_t cells, double low, double high) {
  std::vector<double> e;
  for (std::size_t i = 0; i <= cells; ++i)
    e.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(cells));
  return e;
}

/// Mean and standard deviation of axis `a` at time t.
inline double mean(std::size_t a, double t) { return a == 0 ? 2 * std::exp(-t) : 0; }
inline double deviation(double t) { return std::sqrt(1 - 0.95 * std::exp(-2 * t)); }

inline law::PlaneMarginal plane(const std::vector<double>& x, const std::vector<double>& y, double t) {
  law::PlaneMarginal p{x, y, {}};
  for (std::size_t j = 0; j + 1 < y.size(); ++j)
    for (std::size_t i = 0; i + 1 < x.size(); ++i)
      p.masses.push_back(normal((x[i] + x[i + 1]) / 2, mean(0, t), deviation(t)) *
                         normal((y[j] + y[j + 1]) / 2, mean(1, t), deviation(t)) * (x[i + 1] - x[i]) *
                         (y[j + 1] - y[j]));
  return p;
}

inline Snapshot snapshot(std::size_t dimension, const std::vector<double>& e, double t,
                         std::mt19937& random) {
  Snapshot s;
  s.time = t;
  std::normal_distribution<double> gauss;
  std::vector<std::array<double, 3>> all(20000);
  for (auto& particle : all)
    for (std::size_t a = 0; a < dimension; ++a) particle[a] = mean(a, t) + deviation(t) * gauss(random);
  for (std::size_t a = 0; a < dimension; ++a) {
    std::vector<double> exact, histogram(e.size() - 1);
    for (std::size_t i = 0; i + 1 < e.size(); ++i)
      exact.push_back(normal((e[i] + e[i + 1]) / 2, mean(a, t), deviation(t)));
    const double width = e[1] - e[0];
    for (const auto& particle : all)
      if (const double at = (particle[a] - e[0]) / width;
          at >= 0 && at < static_cast<double>(histogram.size()))
        histogram[static_cast<std::size_t>(at)] += 1 / (20000 * width);
    s.density_marginals.push_back(exact);
    s.particles_marginals.push_back(histogram);
  }
  if (dimension > 1) s.density_plane = plane(e, e, t);
  s.particles.assign(all.begin(), all.begin() + 300);
  return s;
}

inline std::vector<verification::Claim> claims() {
  using verification::Evidence;
  return {{"mass-conserved", "Mass is conserved to round-off.", Evidence::exact, 3.1e-15, 2.9e-14,
           "round-off times the number of cells"},
          {"density-positive", "The density is nowhere negative.", Evidence::exact, 0, 0,
           "the generator's rates are not negative"},
          {"mean-exact", "The density's mean of x agrees with the exact law.", Evidence::asymptotic, 2.1e-4,
           9e-4, "4 h² times the second derivative"},
          {"roads-agree", "Particles and density agree on the mean of x.", Evidence::statistical, 1.3, 4.06,
           "false alarms below 1 in 1000 over all 24 comparisons of the run"}};
}

inline ConvergenceStudy spatial_study() {
  ConvergenceStudy s{.name = "space",
                     .title = "Density on finer grids",
                     .scheme = "Scharfetter-Gummel",
                     .method = "exact law",
                     .observable = "density (L1)",
                     .promised = 2,
                     .rows = {},
                     .verdict = {verification::Order{1.98, 1.95, 2.01}, ""},
                     .seconds = 4.2};
  for (const std::size_t n : {16U, 32U, 64U, 128U, 256U}) {
    const double h = 6.0 / static_cast<double>(n), e = 0.11 * h * h * (1 + h);
    s.rows.push_back({h, {n, n}, std::nullopt, e, e, e});
  }
  return s;
}

inline ConvergenceStudy weak_study() {
  ConvergenceStudy s{.name = "weak",
                     .title = "Particles with smaller steps",
                     .scheme = "euler-maruyama",
                     .method = "coupled paths",
                     .observable = "x^2",
                     .promised = 1,
                     .sampled = true,
                     .seed = 42,
                     .noise = "gaussian",
                     .rows = {},
                     .verdict = {verification::Order{1.02, 0.94, 1.1},
                                 "the smallest step was left out: noise hides its bias"},
                     .seconds = 61};
  for (int k = 0; k < 5; ++k) {
    const double step = 0.2 / (1 << k), e = -0.3 * step, se = 0.004;
    s.rows.push_back({step, {}, 1.01 + e, e, e - se, e + se, se / 1.96, 40960 << k, 1e6});
  }
  return s;
}

/// Both roads, a stationary law, the exact law, claims that hold.
inline Record record(std::size_t dimension, std::vector<double> times = {0, 0.25, 0.5, 1, 2, 4}) {
  std::mt19937 random(7);
  Record r;
  r.name = "ornstein_uhlenbeck_" + std::to_string(dimension) + "d";
  r.file = "data/cases/" + r.name + ".toml";
  r.text =
      "title = \"Ornstein-Uhlenbeck\"\n[process]\nvariables = [\"x\"]\ndrift = [\"-x\"]\nnoise = "
      "[[\"sqrt(2)\"]]\n";
  r.title = "Relaxation of an Ornstein–Uhlenbeck process";
  r.reference = "Uhlenbeck, Ornstein, On the theory of the Brownian motion, Phys. Rev. 36 (1930) 823, eq. 21";
  r.version = "0.1.0";
  const std::vector<std::string> names = {"x", "y", "z"};
  r.variables.assign(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(dimension));
  for (const auto& v : r.variables) r.equations.push_back("d" + v + " = −" + v + " dt + √2 dW_" + v);
  r.times = std::move(times);
  const std::size_t cells = dimension == 3 ? 48 : 128;
  DensityRecord d{
      .cells = std::vector<std::size_t>(dimension, cells),
      .widths = std::vector<std::array<double, 2>>(dimension, {0.0625, 0.0625}),
      .propagator = "chebyshev",
      .choice = "the generator is reversible and its rates are moderate: 3 100 applications suffice",
      .flux = "Scharfetter-Gummel",
      .tolerance = 1e-10,
      .mass = {},
      .minimum = {},
      .relative_entropy = {},
      .exits = {},
      .observables = {{"x", {}}, {"x^2", {}}},
      .applications = 3120,
      .seconds = 0.42};
  ParticlesRecord p{.count = 1000000,
                    .scheme = "weak-order-2",
                    .noise = "normal",
                    .step = 0.01,
                    .seed = 42,
                    .observables = {{"x", {}}, {"x^2", {}}},
                    .escaped = {},
                    .exploded = {},
                    .seconds = 3.7};
  StationaryRecord stationary{"gibbs", "density exp(-L/D)", {{"x", 0.0}, {"x^2", 1.0}}};
  r.exact_observables = {{"x", {}}, {"x^2", {}}};
  DistancePair density_pair{
      "density_to_stationary",
      "density to the stationary law",
      {{"total_variation", "total variation", {}, {}}, {"wasserstein_1", "Wasserstein-1", {}, {}}}};
  DistancePair particles_pair{"particles_to_stationary", "particles to the stationary law",
                              density_pair.distances};
  std::normal_distribution<double> gauss;
  for (const double t : r.times) {
    const double second = deviation(t) * deviation(t) + mean(0, t) * mean(0, t);
    d.mass.push_back(1 - 3e-15);
    d.minimum.push_back(1e-12);
    d.relative_entropy.push_back(0.5 * std::exp(-2 * t));
    d.observables[0].second.value.push_back(mean(0, t) + 1e-4);
    d.observables[1].second.value.push_back(second + 2e-4);
    for (std::size_t k = 0; k < 2; ++k) {
      p.observables[k].second.value.push_back((k == 0 ? mean(0, t) : second) + 0.02 * gauss(random));
      p.observables[k].second.standard_error.push_back(0.02);
    }
    p.escaped.push_back(0);
    p.exploded.push_back(0);
    r.exact_observables[0].second.value.push_back(mean(0, t));
    r.exact_observables[1].second.value.push_back(second);
    for (std::size_t k = 0; k < 2; ++k) {
      density_pair.distances[k].value.push_back(0.9 * std::exp(-2.4 * t));
      particles_pair.distances[k].value.push_back(std::hypot(0.9 * std::exp(-2.4 * t), 3e-3));
      particles_pair.distances[k].exact_sample.push_back(3e-3 * (1 + 0.1 * gauss(random)));
    }
  }
  r.density = d;
  r.particles = p;
  r.stationary = stationary;
  r.distances = {density_pair, particles_pair};
  r.claims = claims();
  r.notes = {"2 of 16384 cells have a density below the smallest normal number."};
  const auto e = edges(cells, -4, 4);
  r.pictures.axis_edges.assign(dimension, e);
  for (std::size_t a = 0; a < dimension; ++a) {
    std::vector<double> stationary_marginal;
    for (std::size_t i = 0; i + 1 < e.size(); ++i)
      stationary_marginal.push_back(normal((e[i] + e[i + 1]) / 2, 0, 1));
    r.pictures.stationary_marginals.push_back(stationary_marginal);
  }
  if (dimension > 1) r.pictures.stationary_plane = plane(e, e, 50);
  for (const double t : r.times) r.pictures.snapshots.push_back(snapshot(dimension, e, t, random));
  return r;
}

/// A claim that fails, with names that are too long or that mean something to HTML.
inline Record failing() {
  auto r = record(1);
  r.name = "failing";
  r.title = "A <b>failing</b> case & its \"quotes\": " + std::string(120, 'W');
  r.claims[2].measured = 0.031;
  r.claims.push_back({"not-a-number", "The <script>alert(1)</script> of it.", verification::Evidence::exact,
                      nan, 1e-12, "a NaN never holds"});
  r.density->observables[0].first = r.particles->observables[0].first =
      "an_observable_with_a_very_long_name_" + std::string(60, 'x');
  r.convergence = {spatial_study(), weak_study()};
  r.convergence[1].verdict.order.reset();
  return r;
}

inline Record without_particles() {
  auto r = record(2);
  r.name = "without_particles";
  r.particles.reset();
  r.distances.pop_back();
  for (auto& s : r.pictures.snapshots) s.particles.clear(), s.particles_marginals.clear();
  // A graded first axis.
  for (auto& x : r.pictures.axis_edges[0]) x = x * std::abs(x) / 4;
  for (auto& s : r.pictures.snapshots)
    s.density_plane = plane(r.pictures.axis_edges[0], r.pictures.axis_edges[1], s.time);
  r.pictures.stationary_plane = {};
  return r;
}

inline Record without_density() {
  auto r = record(2);
  r.name = "without_density";
  r.density.reset();
  r.stationary.reset();
  r.exact_observables.clear();
  r.distances.clear();
  r.claims.clear();
  r.pictures.stationary_marginals.clear();
  r.pictures.stationary_plane = {};
  for (auto& s : r.pictures.snapshots) s.density_marginals.clear(), s.density_plane = {};
  return r;
}

/// Every series is NaN, as after an explosion of all particles.
inline Record all_nan() {
  auto r = record(1);
  r.name = "all_nan";
  for (auto* all : {&r.density->observables, &r.particles->observables, &r.exact_observables})
    for (auto& entry : *all)
      for (auto* v : {&entry.second.value, &entry.second.standard_error})
        for (auto& x : *v) x = nan;
  r.stationary.reset();
  for (auto& pair : r.distances)
    for (auto& d : pair.distances) d.value.assign(d.value.size(), nan), d.exact_sample.clear();
  for (auto& s : r.pictures.snapshots)
    for (auto& m : s.density_marginals) m.assign(m.size(), nan);
  return r;
}

inline Record one_time() {
  auto r = record(2, {1});
  r.name = "one_time";
  return r;
}

inline std::vector<Record> all() {
  std::vector<Record> records = {record(1),         record(2), record(3),  failing(), without_particles(),
                                 without_density(), all_nan(), one_time(), Record{}};
  records[1].convergence = {spatial_study(), weak_study()};
  return records;
}

}  // namespace fpk::io::example
