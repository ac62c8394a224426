// series.csv: every series of result.json as a column, a row for each observation time. The columns carry the
// paths of result.json: "density.mass", "particles.NAME", "distance pair.distance".
#include <functional>

#include "io/csv_field.hpp"
#include "io/writers.hpp"

namespace fpk::io {

namespace {

struct Column {
  std::string name;
  std::function<std::string(std::size_t)> field;  ///< of a row; empty where the series is shorter
};

class Table {
 public:
  void add(std::string name, const std::vector<double>& values) {
    if (values.empty()) return;
    columns_.push_back({std::move(name),
                        [&values](std::size_t k) { return k < values.size() ? csv_field(values[k]) : ""; }});
  }
  void add(std::string name, const std::vector<std::int64_t>& counts) {
    if (counts.empty()) return;
    columns_.push_back({std::move(name), [&counts](std::size_t k) {
                          return k < counts.size() ? fmt::format("{}", counts[k]) : "";
                        }});
  }
  void add(const std::string& prefix, const NamedSeries& all) {
    for (const auto& [name, series] : all) {
      add(prefix + name, series.value);
      add(prefix + name + ".standard_error", series.standard_error);
    }
  }
  [[nodiscard]] std::string text(std::size_t rows) const {
    std::string text;
    const auto end_of = [&](std::size_t c) { return c + 1 < columns_.size() ? ',' : '\n'; };
    for (std::size_t c = 0; c < columns_.size(); ++c) text += csv_field(columns_[c].name) + end_of(c);
    for (std::size_t k = 0; k < rows; ++k)
      for (std::size_t c = 0; c < columns_.size(); ++c) text += columns_[c].field(k) + end_of(c);
    return text;
  }

 private:
  std::vector<Column> columns_;
};

}  // namespace

std::string series_csv(const Record& record) {
  Table table;
  table.add("time", record.times);
  if (const auto& d = record.density) {
    table.add("density.mass", d->mass);
    table.add("density.minimum", d->minimum);
    table.add("density.relative_entropy", d->relative_entropy);
    for (const auto& exit : d->exits) {
      table.add("density.absorbed." + exit.name, exit.absorbed);
      table.add("density.exit_flux." + exit.name, exit.flux);
    }
    table.add("density.entropy", d->entropy);
    table.add("density.entropy_production", d->entropy_production);
    table.add("density.dissipation", d->dissipation);
    table.add("density.housekeeping", d->housekeeping);
    table.add("density.", d->observables);
    if (d->extrapolated) {
      const std::string prefix = "density.extrapolated.";
      table.add(prefix + "mass", d->extrapolated->mass);
      table.add(prefix + "minimum", d->extrapolated->minimum);
      table.add(prefix + "l1_error", d->extrapolated->l1_error);
      for (const auto& o : d->extrapolated->observables) {
        table.add(prefix + o.name, o.value);
        table.add(prefix + o.name + ".error", o.error);
      }
    }
  }
  if (const auto& p = record.particles) {
    table.add("particles.", p->observables);
    table.add("particles.absorbed.", p->exits);
    table.add("particles.escaped", p->escaped);
    table.add("particles.exploded", p->exploded);
  }
  if (const auto& s = record.sgd) {
    table.add("sgd.time", s->times);
    table.add("sgd.", s->observables);
    table.add("sgd.exploded", s->exploded);
    table.add("sgd.outside", s->outside);
  }
  table.add("exact.", record.exact_observables);
  for (const auto& pair : record.distances)
    for (const auto& d : pair.distances) {
      table.add(pair.name + "." + d.name, d.value);
      table.add(pair.name + "." + d.name + ".exact_sample", d.exact_sample);
    }
  return table.text(record.times.size());
}

}  // namespace fpk::io
