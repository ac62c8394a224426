#include "law/gauss.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace fpk::law {
namespace {

using Beta = double (*)(double k);  ///< beta_k, k = 1, 2, ...

/// sum_{k < n} p_k(x)^2.
double sum_of_squares(std::size_t n, Beta beta, double x) {
  double before = 0, p = 1, sum = 1;
  for (std::size_t k = 1; k < n; ++k) {
    const auto order = static_cast<double>(k);
    const double next = (x * p - (k > 1 ? beta(order - 1) : 0) * before) / beta(order);
    before = p;
    p = next;
    sum += p * p;
  }
  return sum;
}

/// The rule of a symmetric law.
std::vector<Node> golub_welsch(std::size_t n, Beta beta) {
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::VectorXd off(std::max<Eigen::Index>(size - 1, 0));
  for (Eigen::Index k = 0; k + 1 < size; ++k) off[k] = beta(static_cast<double>(k + 1));
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> jacobi;
  jacobi.computeFromTridiagonal(Eigen::VectorXd::Zero(size), off, Eigen::EigenvaluesOnly);
  std::vector<Node> rule(n);
  for (std::size_t k = 0; k < n; ++k) {
    const double x = jacobi.eigenvalues()[static_cast<Eigen::Index>(k)];
    rule[k] = {x, 1 / sum_of_squares(n, beta, x)};
  }
  return rule;
}

}  // namespace

std::vector<Node> gauss_legendre(std::size_t n) {
  auto rule = golub_welsch(n, [](double k) { return k / std::sqrt(4 * k * k - 1); });  // on (-1, 1)
  for (auto& node : rule) node.value = 0.5 * (1 + node.value);
  return rule;
}

std::vector<Node> gauss_hermite(std::size_t n) {
  return golub_welsch(n, [](double k) { return std::sqrt(k); });
}

}  // namespace fpk::law
