// [network]: the case of a network, read by itself.
#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "io/case/check.hpp"
#include "io/case/schema.hpp"
#include "io/case/sections.hpp"
#include "io/network_settings.hpp"
#include "model/data_set.hpp"

namespace fpk::io {
namespace {

using reader::Document;

/// What the case says of a key, or what is preset.
template <class T>
void take(const Document& document, const char* path, T& value) {
  if constexpr (std::is_floating_point_v<T>) {
    value = document.number_at(path).value_or(value);
  } else {
    value = static_cast<T>(document.integer_at(path).value_or(static_cast<std::int64_t>(value)));
  }
}

TrainingSettings read_training(const Document& document) {
  TrainingSettings t;
  take(document, "network.training.learning_rate", t.learning_rate);
  take(document, "network.training.batch", t.batch);
  take(document, "network.training.temperature", t.temperature);
  take(document, "network.training.steps", t.steps);
  take(document, "network.training.replicas", t.replicas);
  take(document, "network.training.observe", t.observe);
  take(document, "network.training.polish", t.polish);
  return t;
}

GradientNoiseSettings read_noise(Document& document) {
  GradientNoiseSettings n;
  take(document, "network.noise.samples", n.samples);
  take(document, "network.noise.random", n.random);
  take(document, "network.noise.references", n.references);
  const auto batches = document.numbers_at("network.noise.batches");
  if (batches.empty()) return n;
  n.batches.clear();
  for (const double b : batches) {
    if (b != std::floor(b))
      document.complaints.add(document.place("network.noise.batches"),
                              fmt::format("{} is no size of a batch", b), "give whole numbers");
    n.batches.push_back(static_cast<std::size_t>(b));
  }
  return n;
}

ReductionSettings read_reduction(const Document& document) {
  ReductionSettings r;
  take(document, "network.reduction.learning_rate", r.learning_rate);
  take(document, "network.reduction.batch", r.batch);
  take(document, "network.reduction.temperature", r.temperature);
  take(document, "network.reduction.steps", r.steps);
  take(document, "network.reduction.observe", r.observe);
  take(document, "network.reduction.replicas", r.replicas);
  take(document, "network.reduction.half_width", r.half_width);
  take(document, "network.reduction.degree", r.degree);
  take(document, "network.reduction.cells", r.cells);
  return r;
}

void check_observations(Document& document, const char* path, const char* steps_path, std::uint64_t intervals,
                        std::uint64_t steps) {
  if (steps % intervals == 0) return;
  document.complaints.add(document.place(document.has(path) ? path : steps_path),
                          fmt::format("{} steps cannot be cut into {} equal parts", steps, intervals),
                          fmt::format("change {} or {}", path, steps_path));
}

std::optional<model::LabelledRows> read_rows(Document& document) {
  const auto file = document.text_at("network.data.file"), label = document.text_at("network.data.label");
  if (!file || !label) return std::nullopt;
  try {
    return model::read_labelled_rows(document.file().parent_path() / *file, *label,
                                     document.number_at("network.data.scale").value_or(1));
  } catch (const model::DataError& error) {
    document.complaints.add(
        document.place(error.column() == *label ? "network.data.label" : "network.data.file"), error.what(),
        error.hint());
    return std::nullopt;
  }
}

/// What the data and the settings must agree on.
void check_sizes(Document& document, const NetworkSettings& s, const model::LabelledRows& data) {
  if (s.held_out + 1 >= data.rows())
    document.complaints.add(
        document.place("network.data.held_out"),
        fmt::format("{} of {} rows held out leave none to train on", s.held_out, data.rows()),
        "hold fewer out");
  const auto parameters =
      s.hidden * (static_cast<std::size_t>(data.features.rows()) + 1) + data.classes * (s.hidden + 1);
  if (s.modes + 1 >= parameters)
    document.complaints.add(document.place("network.modes"),
                            fmt::format("{} leading directions of {} parameters", s.modes, parameters),
                            "ask for fewer");
}

}  // namespace

void reader::refuse_network(Document& document) {
  if (document.has("network"))
    document.complaints.add(document.place("network"), "this is the case of a network",
                            "run it with fpk network");
  if (document.has("network")) document.complaints.throw_if_any();
}

NetworkCase read_network_case(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  Document document(file, reader::whole_text(file));
  for (const std::string& text : overrides) document.apply(text);
  if (!document.has("network"))
    document.complaints.add(
        {file.string(), 1, 1}, "there is no [network]",
        "fpk network takes the case of a network; other cases are for fpk run and the like");
  document.complaints.throw_if_any();
  reader::check(document);
  for (const auto& [key, value] : document.root())
    if (key != "network" && key != "title" && key != "reference" && reader::find_key(key.str()) != nullptr)
      document.complaints.add(document.place(key), fmt::format("{} does not go with [network]", key.str()),
                              "leave it out: the network is all that this case states");

  NetworkCase result;
  result.file = file;
  result.name = file.stem().string();
  result.text = document.text();
  result.title = document.text_at("title").value_or(result.name);
  result.reference = document.text_at("reference").value_or("");
  NetworkSettings& s = result.settings;
  take(document, "network.data.held_out", s.held_out);
  take(document, "network.hidden", s.hidden);
  take(document, "network.weight_decay", s.weight_decay);
  take(document, "network.seed", s.seed);
  take(document, "network.modes", s.modes);
  s.training = read_training(document);
  s.noise = read_noise(document);
  s.reduction = read_reduction(document);
  check_observations(document, "network.training.observe", "network.training.steps", s.training.observe - 1,
                     s.training.steps);
  check_observations(document, "network.reduction.observe", "network.reduction.steps", s.reduction.observe,
                     s.reduction.steps);
  if (auto data = read_rows(document)) {
    check_sizes(document, s, *data);
    result.data = std::move(*data);
  }
  document.complaints.throw_if_any();
  return result;
}

}  // namespace fpk::io
