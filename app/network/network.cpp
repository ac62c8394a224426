#include "app/network/network.hpp"

#include <chrono>

#include "app/begin_record.hpp"
#include "app/network/parts.hpp"
#include "sde/network/beginnings.hpp"

namespace fpk::app {
namespace {

io::Record begin(const io::NetworkCase& problem) {
  io::Record r = named_record(problem);
  r.variables = {"z1", "z2"};
  return r;
}

}  // namespace

io::Record network(const io::NetworkCase& problem, const parallel::Communicator& processes,
                   io::Progress::Style progress) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto& s = problem.settings;
  auto parts = sde::split(problem.data, s.held_out, s.seed);
  const model::TwoLayerNetwork net(std::move(parts.training), s.hidden, s.weight_decay);
  const NetworkTask task{s, net, parts.held_out, processes, progress};

  io::NetworkRecord n;
  n.features = static_cast<std::size_t>(net.features());
  n.hidden = s.hidden;
  n.classes = static_cast<std::size_t>(net.classes());
  n.parameters = static_cast<std::size_t>(net.parameters());
  n.training_rows = net.rows();
  n.held_out_rows = s.held_out;
  n.weight_decay = s.weight_decay;
  n.seed = s.seed;
  const auto theta = polish(task, train(task, n.training), n.trained);
  const auto leading = leading_directions(net, theta, s.modes, n.hessian);
  look_at_noise(task, theta, leading, n.noise);
  reduce(net, s.reduction, s.seed, theta, leading, n.trained.noise_trace, processes, progress, n.reduction);
  n.seconds = std::chrono::duration<double>(Clock::now() - start).count();

  io::Record record = begin(problem);
  record.claims = network_claims(n);
  record.notes = network_notes(n);
  record.network = std::move(n);
  return record;
}

}  // namespace fpk::app
