#include "studies/flat_and_sharp/wells.hpp"

#include <cmath>
#include <numbers>

namespace fpk::studies::wells {

double curvature(double x) { return 1 + 24 * x * x; }

double loss(double x) { return x * x * (x - 1) * (x - 1) * curvature(x) / 2; }

double slope(double x) { return x * (x - 1) * ((2 * x - 1) * curvature(x) + 24 * x * x * (x - 1)); }

double barrier_height() { return loss(barrier); }

double barrier_curvature() {
  // L = x^2 (x - 1)^2 / 2 + 12 x^4 (x - 1)^2, differentiated twice.
  const double x = barrier;
  return -((6 * x * x - 6 * x + 1) + 12 * (30 * x * x * x * x - 40 * x * x * x + 12 * x * x));
}

Function isotropic(double D) {
  return [=](double) { return D; };
}

Function with_curvature(double D) {
  return [=](double x) { return D * curvature(x); };
}

Function with_loss(double T, double floor) {
  return [=](double x) { return T * (loss(x) + floor); };
}

Function of_sgd(double eta, double batch, double noise, double turn) {
  return [=](double x) {
    const double root = std::sqrt(curvature(x));
    const double r = x * (x - 1) * root, dr = (2 * x - 1) * root + x * (x - 1) * 24 * x / root;
    return eta / (2 * batch) * (dr * dr + turn * turn * r * r) * (loss(x) + noise * noise);
  };
}

Line line(const Function& a) {
  return {[](double x) { return -slope(x); }, a, lower, upper};
}

namespace {
double attempts(double minimum_curvature) {
  return std::sqrt(minimum_curvature * barrier_curvature()) / (2 * std::numbers::pi);
}
}  // namespace

double laplace(double minimum, const Function& a) {
  const double minimum_curvature = minimum == flat ? flat_curvature : sharp_curvature;
  return attempts(minimum_curvature) * std::sqrt(a(minimum) / a(barrier)) *
         std::exp(-line(a).climb(minimum, barrier));
}

double kramers(double minimum_curvature, double D) {
  return attempts(minimum_curvature) * std::exp(-barrier_height() / D);
}

double power_law(double minimum_curvature, double T, double floor) {
  return attempts(minimum_curvature) * std::sqrt(1 + T) *
         std::pow((barrier_height() + floor) / floor, -(1 / T + 0.5));
}

}  // namespace fpk::studies::wells
