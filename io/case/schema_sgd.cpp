// The keys of stochastic gradient descent: the chain, and the diffusion that stands for it.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/sgd_settings.hpp"
#include "model/sgd/gradient_model.hpp"

namespace fpk::io::reader {
namespace {

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const auto& m : model::gradient_models()) names.emplace_back(m.name);
  return names;
}

std::vector<std::string> samplings() {
  std::vector<std::string> names;
  for (const auto s :
       {model::Sampling::with_replacement, model::Sampling::without_replacement, model::Sampling::reshuffle})
    names.emplace_back(model::name(s));
  return names;
}

}  // namespace

std::vector<Key> sgd_keys() {
  const SgdSettings sgd;
  const model::AdaptiveBatch adaptive;
  return {
      Key{"sgd", Kind::table,
          "Stochastic gradient descent on process.data and loss, beside the diffusion that stands for it; in "
          "place of "
          "process.temperature (docs/sgd.md)."},
      Key{"sgd.learning_rate", Kind::formula,
          "eta, above 0; may use the time t or the number step. Time runs by its value at time 0 a step, so "
          "that the chain "
          "makes time.end/eta steps."}
          .needed(),
      Key{"sgd.batch", Kind::formula,
          "Rows of a batch, at least 1; may use t or step, and is rounded to a whole number by the chain."}
          .otherwise("1"),
      Key{"sgd.sampling", Kind::choice,
          "How the rows of a batch are chosen: independently; different within a batch; or in a new order "
          "each epoch."}
          .one_of(samplings())
          .otherwise(fmt::format("\"{}\"", model::name(sgd.chain.sampling))),
      Key{"sgd.momentum", Kind::number, "mu of the heavy ball."}
          .within({0, 0.999999})
          .otherwise(fmt::format("{}", sgd.chain.momentum)),
      Key{"sgd.nesterov", Kind::boolean, "Take the gradient ahead, at theta + mu v (Nesterov)."}.otherwise(
          fmt::format("{}", sgd.chain.nesterov)),
      Key{"sgd.temperature", Kind::formula,
          "D, injected as noise of variance 2 D eta a step (SGLD); at least 0, may use t or step."}
          .otherwise("0"),
      Key{"sgd.svag", Kind::integer,
          "l: steps of eta/l on two batches whose noise is enlarged to that of one step of eta (SVAG)."}
          .within({1, 1e6})
          .otherwise(fmt::format("{}", sgd.chain.svag)),
      Key{"sgd.adaptive", Kind::table,
          "Let each chain's batch grow where the variance of its gradient is large beside the gradient (norm "
          "test)."},
      Key{"sgd.adaptive.threshold", Kind::number, "Of the variance of the mean gradient over its square."}
          .within(positive)
          .otherwise(fmt::format("{}", adaptive.threshold)),
      Key{"sgd.adaptive.growth", Kind::number, "By what the batch is then multiplied."}
          .within({1, 1e6, true})
          .otherwise(fmt::format("{}", adaptive.growth)),
      Key{"sgd.adaptive.largest", Kind::integer, "The largest batch."}.needed().within({2, 1e6}),
      Key{"sgd.model", Kind::choice, "The diffusion that density and particles solve."}
          .one_of(model_names())
          .otherwise(fmt::format("\"{}\"", sgd.model)),
      Key{"sgd.replicas", Kind::integer, "Independent chains; 0 for none."}.within({0, 1e10}).otherwise(
          fmt::format("{}", sgd.replicas)),
      Key{"sgd.seed", Kind::integer, "Of the batches."}.within({0}).otherwise(fmt::format("{}", sgd.seed)),

      Key{"converge.learning_rates", Kind::numbers,
          "Learning rates of [sgd], at least 3, decreasing, whole parts of time.end: the weak order in them "
          "of the diffusions "
          "that stand for the chain is measured, as converge.method says (docs/sgd-orders.md)."}
          .within(positive),
      Key{"converge.models", Kind::names,
          "Names of sgd.model to be compared so. Without them all that stand for the chain but langevin."},
  };
}

}  // namespace fpk::io::reader
