// The keys of a network's case, which has no other sections: its data, its training, and what is asked of its gradient noise.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/network_settings.hpp"

namespace fpk::io::reader {
namespace {

std::vector<Key> training_keys() {
  const TrainingSettings t;
  return {
      Key{"network.training", Kind::table, "Chains from random weights, whose loss is followed."},
      Key{"network.training.learning_rate", Kind::number, "eta."}.within(positive).otherwise(
          fmt::format("{}", t.learning_rate)),
      Key{"network.training.batch", Kind::integer, "Rows of a batch, drawn independently."}
          .within({1, 1e6})
          .otherwise(fmt::format("{}", t.batch)),
      Key{"network.training.temperature", Kind::number,
          "D of the Langevin chains (SGLD), which run beside those without: noise of variance 2 D eta a "
          "step."}
          .within({0})
          .otherwise(fmt::format("{}", t.temperature)),
      Key{"network.training.steps", Kind::integer, "Of each chain."}.within({1, 1e9}).otherwise(
          fmt::format("{}", t.steps)),
      Key{"network.training.replicas", Kind::integer, "Chains of either kind."}.within({1, 1000}).otherwise(
          fmt::format("{}", t.replicas)),
      Key{"network.training.observe", Kind::integer, "Equally spaced observations of the losses, 0 included."}
          .within({2, 10'001})
          .otherwise(fmt::format("{}", t.observe)),
      Key{"network.training.polish", Kind::integer,
          "Steps of full gradients with momentum that take the first chain from its end to the trained "
          "point."}
          .within({0, 1e6})
          .otherwise(fmt::format("{}", t.polish)),
  };
}

std::vector<Key> projection_keys() {
  const GradientNoiseSettings n;
  return {
      Key{"network.noise", Kind::table,
          "The noise of batch gradients at the trained point, along directions."},
      Key{"network.noise.batches", Kind::numbers, "Batch sizes, whole numbers."}.within({1, 1e6}).otherwise(
          fmt::format("[{}]", fmt::join(n.batches, ", "))),
      Key{"network.noise.samples", Kind::integer, "Batches of each size."}.within({50, 1e6}).otherwise(
          fmt::format("{}", n.samples)),
      Key{"network.noise.random", Kind::integer,
          "Random directions, beside the two leading ones of the Hessian."}
          .within({0, 64})
          .otherwise(fmt::format("{}", n.random)),
      Key{"network.noise.references", Kind::integer,
          "Samples of normal numbers, as many each, that give the statistics' laws under normality."}
          .within({100, 1e5})
          .otherwise(fmt::format("{}", n.references)),
  };
}

std::vector<Key> reduction_keys() {
  const ReductionSettings r;
  return {
      Key{"network.reduction", Kind::table,
          "The Fokker-Planck equation of the two leading directions with the rest frozen, against chains "
          "that start at "
          "the trained point."},
      Key{"network.reduction.learning_rate", Kind::number, "eta of these chains; time runs by it a step."}
          .within(positive)
          .otherwise(fmt::format("{}", r.learning_rate)),
      Key{"network.reduction.batch", Kind::integer, "Rows of a batch."}.within({1, 1e6}).otherwise(
          fmt::format("{}", r.batch)),
      Key{"network.reduction.temperature", Kind::number, "D, injected."}.within({0}).otherwise(
          fmt::format("{}", r.temperature)),
      Key{"network.reduction.steps", Kind::integer, "Of each chain."}.within({1, 1e7}).otherwise(
          fmt::format("{}", r.steps)),
      Key{"network.reduction.observe", Kind::integer, "Equally spaced observations, 0 left out."}
          .within({1, 1000})
          .otherwise(fmt::format("{}", r.observe)),
      Key{"network.reduction.replicas", Kind::integer, "Chains."}.within({20, 1e6}).otherwise(
          fmt::format("{}", r.replicas)),
      Key{"network.reduction.half_width", Kind::number,
          "Of the plane, in standard deviations of the linearised stationary law."}
          .within({2, 100})
          .otherwise(fmt::format("{}", r.half_width)),
      Key{"network.reduction.degree", Kind::integer,
          "Of the polynomials that stand for the loss and the noise on the plane."}
          .within({2, 24})
          .otherwise(fmt::format("{}", r.degree)),
      Key{"network.reduction.cells", Kind::integer, "Of the density along each axis."}
          .within({16, 2048})
          .otherwise(fmt::format("{}", r.cells)),
  };
}

}  // namespace

std::vector<Key> network_keys() {
  const NetworkSettings n;
  std::vector<Key> keys{
      Key{"network", Kind::table,
          "A network of one hidden layer, tanh, that classifies, in place of all other sections but title "
          "and reference: "
          "a case of fpk network (docs/network.md)."},
      Key{"network.data", Kind::table, "What it is trained on."}.needed(),
      Key{"network.data.file", Kind::text,
          "CSV with a header line, beside the case; every column but the label is a feature."}
          .needed(),
      Key{"network.data.label", Kind::text, "The column of classes, whole numbers from 0."}.needed(),
      Key{"network.data.scale", Kind::number, "Features are divided by it."}.within(positive).otherwise("1"),
      Key{"network.data.held_out", Kind::integer, "Rows, chosen at random, that are kept for tests."}
          .within({0, 1e9})
          .otherwise(fmt::format("{}", n.held_out)),
      Key{"network.hidden", Kind::integer, "Hidden units."}.within({1, 1000}).otherwise(
          fmt::format("{}", n.hidden)),
      Key{"network.weight_decay", Kind::number,
          "The loss has weight_decay/2 times the sum of all squared parameters."}
          .within({0})
          .otherwise(fmt::format("{}", n.weight_decay)),
      Key{"network.seed", Kind::integer, "Of all that is random."}.within({0}).otherwise(
          fmt::format("{}", n.seed)),
      Key{"network.modes", Kind::integer, "Leading eigenpairs of the Hessian, by Lanczos' method."}
          .within({2, 200})
          .otherwise(fmt::format("{}", n.modes)),
  };
  for (auto part : {training_keys(), projection_keys(), reduction_keys()})
    keys.insert(keys.end(), part.begin(), part.end());
  return keys;
}

}  // namespace fpk::io::reader
