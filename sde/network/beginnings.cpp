#include "sde/network/beginnings.hpp"

#include <cmath>
#include <span>

#include "sde/network/batch_rows.hpp"

namespace fpk::sde {

Split split(const model::LabelledRows& data, std::size_t held_out, std::uint64_t seed) {
  const auto order = shuffled({seed, Purpose::held_out_rows, 0}, data.rows());
  const model::Rows rows(order);
  return {data.subset(rows.subspan(held_out)), data.subset(rows.first(held_out))};
}

Eigen::VectorXd random_weights(const model::TwoLayerNetwork& net, std::uint64_t number, std::uint64_t seed) {
  Eigen::VectorXd theta(net.parameters());
  draw_normals({seed, Purpose::chain_position, 0}, number, 0, theta);
  const Eigen::Index F = net.features(), h = net.hidden(), C = net.classes();
  theta.head(h * F) /= std::sqrt(static_cast<double>(F));
  theta.segment(h * F, h).setZero();
  theta.segment(h * (F + 1), C * h) /= std::sqrt(static_cast<double>(h));
  theta.tail(C).setZero();
  return theta;
}

}  // namespace fpk::sde
