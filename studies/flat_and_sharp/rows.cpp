#include "studies/flat_and_sharp/rows.hpp"

#include <fmt/format.h>

#include "studies/flat_and_sharp/wells.hpp"
#include "studies/table_file.hpp"

namespace fpk::studies {
namespace {

constexpr const char* about = "fpk {}: ./dev study flat-and-sharp (docs/flat-and-sharp.md). {}";

/// Cells of the density road, h = 0.0015: the sharp well at the lowest noise is sqrt(0.01 / 25) = 0.02 wide.
const Overrides fine = {"domain.x.cells=1600"};

Overrides with(Overrides keys, const std::string& key, double value) {
  keys.push_back(fmt::format("{}={}", key, value));
  return keys;
}

Rates rates_from(double minimum, const std::filesystem::path& file, const Overrides& keys,
                 const Function& a) {
  Rates r{minimum};
  const auto passage = passage_from(minimum, file, keys);
  r.computed = 1 / passage.mean;
  r.computed_error = passage.error / (passage.mean * passage.mean);
  r.exact = 1 / wells::line(a).mean_passage(minimum, 1 - minimum);
  r.laplace = wells::laplace(minimum, a);
  r.kramers =
      wells::kramers(minimum == wells::flat ? wells::flat_curvature : wells::sharp_curvature, a(minimum));
  return r;
}

NoiseRow noise_row(const std::filesystem::path& file, const Overrides& keys, const Function& a) {
  NoiseRow row;
  row.share = stationary_share(file, keys);
  row.exact_share = wells::line(a).mass_below(wells::barrier);
  row.flat = rates_from(wells::flat, file, keys, a);
  row.sharp = rates_from(wells::sharp, file, keys, a);
  return row;
}

constexpr const char* noise_header =
    "strength,floor,share_flat,share_flat_exact,flat_rate,flat_rate_error,flat_exact,flat_laplace,flat_"
    "kramers,"
    "flat_power_law,sharp_rate,sharp_rate_error,sharp_exact,sharp_laplace,sharp_kramers,sharp_power_law";

std::string columns(const Rates& r) {
  return fmt::format("{:.6g},{:.2g},{:.6g},{:.6g},{:.6g},{:.6g}", r.computed, r.computed_error, r.exact,
                     r.laplace, r.kramers, r.power_law);
}

void add(TableFile& table, std::vector<NoiseRow>& rows, NoiseRow row) {
  table.add(fmt::format("{},{},{:.8f},{:.8f},{},{}", row.strength, row.floor, row.share, row.exact_share,
                        columns(row.flat), columns(row.sharp)));
  rows.push_back(row);
}

void isotropic(const std::filesystem::path& cases, const std::filesystem::path& folder, StudyRows& rows) {
  TableFile table(folder / "isotropic.csv", fmt::format(fmt::runtime(about), FPK_VERSION, "a = D"),
                  noise_header);
  for (const double D : {0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.16}) {
    auto row =
        noise_row(cases / "flat_and_sharp.toml", with(fine, "process.temperature", D), wells::isotropic(D));
    row.strength = D;
    add(table, rows.isotropic, row);
  }
}

void curvature(const std::filesystem::path& cases, const std::filesystem::path& folder, StudyRows& rows) {
  TableFile table(folder / "curvature.csv",
                  fmt::format(fmt::runtime(about), FPK_VERSION, "a = D (1 + 24 x^2)"), noise_header);
  for (const double D : {0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.03, 0.04}) {
    auto row = noise_row(cases / "flat_and_sharp_curvature.toml", with(fine, "process.parameters.D", D),
                         wells::with_curvature(D));
    row.strength = D;
    add(table, rows.curvature, row);
  }
}

void loss(const std::filesystem::path& cases, const std::filesystem::path& folder, StudyRows& rows) {
  TableFile table(folder / "loss.csv", fmt::format(fmt::runtime(about), FPK_VERSION, "a = T (L + floor)"),
                  noise_header);
  for (const double T : {0.25, 0.5})
    for (const double floor : {0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002}) {
      auto row = noise_row(cases / "flat_and_sharp_loss.toml",
                           with(with(fine, "process.parameters.T", T), "process.parameters.floor", floor),
                           wells::with_loss(T, floor));
      row.strength = T;
      row.floor = floor;
      row.flat.power_law = wells::power_law(wells::flat_curvature, T, floor);
      row.sharp.power_law = wells::power_law(wells::sharp_curvature, T, floor);
      add(table, rows.loss, row);
    }
}

struct SgdSetting {
  double learning_rate, batch, noise, end;
};

/// Learning rate and batch at one label noise, then label noise at one of each. Runs as long as the well is left by a part that
/// can be measured and not by all.
constexpr SgdSetting sgd_settings[] = {
    {0.005, 1, 1.4, 60}, {0.01, 2, 1.4, 60}, {0.02, 4, 1.4, 40}, {0.0075, 1, 1.4, 20},
    {0.015, 2, 1.4, 20}, {0.01, 1, 1.4, 8},  {0.02, 2, 1.4, 8},  {0.02, 3, 1.4, 15},
    {0.01, 1, 0.9, 80},  {0.01, 1, 1, 60},   {0.01, 1, 1.2, 20}, {0.01, 1, 1.7, 5},
};

SgdRow sgd_row(const std::filesystem::path& file, const SgdSetting& s) {
  SgdRow row{s.learning_rate, s.batch, s.noise, {}, {}, {}};
  const auto keys = with(with(with({}, "sgd.learning_rate", s.learning_rate), "sgd.batch", s.batch),
                         "process.parameters.noise", s.noise);
  row.chains = chain_escape(file, with(with(keys, "time.end", s.end), "sgd.replicas", 20000));
  const auto diffusion = [&](const char* model) {
    auto all = keys;
    all.push_back(fmt::format("sgd.model={}", model));
    all.insert(all.end(), fine.begin(), fine.end());
    return passage_from(wells::sharp, file, all);
  };
  row.sme1 = diffusion("sme1");
  row.sme2 = diffusion("sme2");
  const auto a = wells::of_sgd(s.learning_rate, s.batch, s.noise);
  const auto line = wells::line(a);
  row.exact = 1 / line.mean_passage(wells::sharp, wells::flat);
  row.sharp_share = 1 - line.mass_below(wells::barrier);
  row.kramers = wells::kramers(wells::sharp_curvature, a(wells::sharp));
  const double T = wells::sharp_curvature * s.learning_rate / (2 * s.batch);
  row.power_law = wells::power_law(wells::sharp_curvature, T, s.noise * s.noise);
  return row;
}

void sgd(const std::filesystem::path& cases, const std::filesystem::path& folder, StudyRows& rows) {
  TableFile table(folder / "sgd.csv",
                  fmt::format(fmt::runtime(about), FPK_VERSION, "Out of the sharp well; 20 000 chains"),
                  "learning_rate,batch,noise,chains_rate,chains_standard_error,left,exploded,sme1_rate,sme1_"
                  "exact,sme2_rate,"
                  "kramers,power_law,sme1_share_sharp");
  for (const auto& s : sgd_settings) {
    const auto r = sgd_row(cases / "flat_and_sharp_sgd.toml", s);
    table.add(fmt::format("{},{},{},{:.4g},{:.2g},{:.4f},{},{:.5g},{:.5g},{:.5g},{:.5g},{:.5g},{:.3g}",
                          s.learning_rate, s.batch, s.noise, r.chains.value, r.chains.standard_error,
                          r.chains.left, r.chains.exploded, 1 / r.sme1.mean, r.exact, 1 / r.sme2.mean,
                          r.kramers, r.power_law, r.sharp_share));
    rows.sgd.push_back(r);
  }
}

}  // namespace

StudyRows study_rows(const std::filesystem::path& cases, const std::filesystem::path& folder) {
  StudyRows rows;
  isotropic(cases, folder, rows);
  curvature(cases, folder, rows);
  loss(cases, folder, rows);
  sgd(cases, folder, rows);
  return rows;
}

}  // namespace fpk::studies
