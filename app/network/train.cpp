#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>

#include "app/network/parts.hpp"
#include "parallel/threads.hpp"
#include "sde/network/beginnings.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

/// What is recorded of a chain at a time: cross entropy and accuracy on the rows trained on and on those held out.
using Reading = std::array<double, 4>;

Reading read(const NetworkTask& task, const Eigen::VectorXd& theta) {
  const auto own = task.net.performance(theta, task.net.data());
  if (task.held_out.rows() == 0) return {own.cross_entropy, own.accuracy, 0, 0};
  const auto other = task.net.performance(theta, task.held_out);
  return {own.cross_entropy, own.accuracy, other.cross_entropy, other.accuracy};
}

/// Entry k of the readings at each time, over the chains.
io::ChainCurve curve(const std::vector<double>& readings, std::size_t chains, std::size_t times,
                     std::size_t k) {
  io::ChainCurve c;
  for (std::size_t t = 0; t < times; ++t) {
    double sum = 0, least = 0, greatest = 0;
    for (std::size_t n = 0; n < chains; ++n) {
      const double x = readings[(n * times + t) * 4 + k];
      sum += x;
      least = n == 0 ? x : std::min(least, x);
      greatest = n == 0 ? x : std::max(greatest, x);
    }
    c.mean.push_back(sum / static_cast<double>(chains));
    c.least.push_back(least);
    c.greatest.push_back(greatest);
  }
  return c;
}

}  // namespace

Eigen::VectorXd train(const NetworkTask& task, io::TrainingRecord& record) {
  const auto begin = Clock::now();
  const auto& s = task.settings.training;
  const std::size_t kinds = s.temperature > 0 ? 2 : 1, chains = kinds * s.replicas, times = s.observe;
  const std::uint64_t interval = s.steps / (times - 1);
  record.learning_rate = s.learning_rate;
  record.batch = s.batch;
  record.replicas = s.replicas;
  for (std::size_t t = 0; t < times; ++t) record.steps.push_back(t * interval);

  // Chain n is of kind n / replicas. Every process takes every size()-th; the first chain's end goes to all.
  std::vector<double> readings(chains * times * 4, 0);
  Eigen::VectorXd end = Eigen::VectorXd::Zero(task.net.parameters());
  io::Progress progress("training", static_cast<double>(chains * times), task.progress, "observations");
  std::mutex lock;
  double done = 0;
  parallel::for_each_chunk(chains, 1, [&](std::size_t n, std::size_t, std::size_t) {
    if (n % static_cast<std::size_t>(task.processes.size()) !=
        static_cast<std::size_t>(task.processes.rank()))
      return;
    sde::Descent chain(task.net,
                       {.learning_rate = s.learning_rate,
                        .batch = s.batch,
                        .temperature = n < s.replicas ? 0 : s.temperature,
                        .seed = task.settings.seed},
                       n, sde::random_weights(task.net, n % s.replicas, task.settings.seed));
    for (std::size_t t = 0; t < times; ++t) {
      chain.advance(t * interval);
      std::ranges::copy(read(task, chain.theta()),
                        readings.begin() + static_cast<std::ptrdiff_t>((n * times + t) * 4));
      const std::scoped_lock hold(lock);
      progress.update(done += 1);
    }
    if (n == 0) end = chain.theta();
  });
  progress.finish();
  task.processes.sum(std::span(readings));
  task.processes.sum(std::span(end.data(), static_cast<std::size_t>(end.size())));

  for (std::size_t kind = 0; kind < kinds; ++kind) {
    const std::vector<double> own(
        readings.begin() + static_cast<std::ptrdiff_t>(kind * s.replicas * times * 4),
        readings.begin() + static_cast<std::ptrdiff_t>((kind + 1) * s.replicas * times * 4));
    io::ChainKindRecord r{kind == 0 ? "sgd" : "sgld", kind == 0 ? 0 : s.temperature, {}, {}, {}, {}};
    r.loss = curve(own, s.replicas, times, 0);
    r.accuracy = curve(own, s.replicas, times, 1);
    if (task.held_out.rows() > 0) {
      r.held_out_loss = curve(own, s.replicas, times, 2);
      r.held_out_accuracy = curve(own, s.replicas, times, 3);
    }
    record.chains.push_back(std::move(r));
  }
  record.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return end;
}

}  // namespace fpk::app
