// [noise]: where and on which batches the noise of the gradients is looked at.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/case/sections.hpp"

namespace fpk::io::reader {
namespace {

constexpr const char* path_key = "noise.path";
constexpr const char* batches_key = "noise.batches";
constexpr const char* directions_key = "noise.directions";

std::vector<std::vector<double>> read_path(Document& document, const Names& names, std::size_t dimension) {
  std::vector<std::vector<double>> path;
  const toml::node* node = document.find(path_key);
  if (node == nullptr) return path;
  const Expressions expressions(document, names.scope);
  const toml::array& rows = *node->as_array();
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const auto row =
            expressions.constants(*rows.get(i), fmt::format("point {} of noise.path", i + 1), dimension))
      path.push_back(*row);
  return path;
}

std::vector<std::size_t> read_batches(Document& document, std::size_t rows) {
  std::vector<std::size_t> batches;
  const auto complain = [&](const std::string& what, const std::string& instead) {
    document.complaints.add(document.place(batches_key), what, instead);
  };
  double before = 0;
  for (const double b : document.numbers_at(batches_key)) {
    if (b != std::round(b))
      complain(fmt::format("{} rows are no batch", b), "give whole numbers");
    else if (b <= before)
      complain(fmt::format("noise.batches has {} after {}", b, before), "let them increase");
    else if (b > static_cast<double>(rows))
      complain(fmt::format("a batch of {} different rows of {}", b, rows),
               fmt::format("give at most {}", rows));
    before = b;
    batches.push_back(static_cast<std::size_t>(b));
  }
  return batches;
}

void check_directions(Document& document, const std::vector<std::string>& known,
                      const std::vector<std::string>& directions) {
  for (std::size_t k = 0; k < directions.size(); ++k) {
    const Place at = document.place(directions_key);
    if (std::ranges::count(known, directions[k]) == 0)
      document.complaints.add(at,
                              fmt::format("noise.directions names {}, which is no direction", directions[k]),
                              fmt::format("take from {}", fmt::join(known, ", ")));
    else if (std::ranges::count(directions, directions[k]) > 1 && k == 0)
      document.complaints.add(at, fmt::format("noise.directions names {} twice", directions[k]),
                              "name each once");
  }
}

}  // namespace

NoiseSettings read_noise(Document& document, const Names& names, const model::RowLoss* loss) {
  NoiseSettings noise;
  if (document.table("noise") == nullptr) return noise;
  if (loss == nullptr) {
    if (document.complaints.none())
      document.complaints.add(document.place("noise"),
                              "[noise] is of the gradients of a loss on data, and there is none",
                              "give process.data and process.loss, or leave [noise] out");
    return noise;
  }
  const auto count = [&](const char* key, std::size_t preset) {
    return static_cast<std::size_t>(document.integer_at(key).value_or(static_cast<std::int64_t>(preset)));
  };
  noise.points = count("noise.points", noise.points);
  noise.samples = count("noise.samples", noise.samples);
  noise.replicates = count("noise.replicates", noise.replicates);
  noise.seed = count("noise.seed", noise.seed);
  noise.path = read_path(document, names, loss->dimension());
  noise.batches = read_batches(document, loss->rows->rows());
  if (document.has(directions_key)) noise.directions = document.texts_at(directions_key);
  auto known = loss->parameters;
  known.insert(known.end(), {"noise", "hessian"});
  check_directions(document, known, noise.directions);
  return noise;
}

}  // namespace fpk::io::reader
