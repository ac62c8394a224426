// The two wells of data/cases/flat_and_sharp*.toml, and what the theories of escape say of them.
//
//     L(x) = x^2 (x - 1)^2 q(x) / 2,     q(x) = 1 + 24 x^2        minima 0 (L'' = 1) and 1 (L'' = 25), both with L = 0
#pragma once

#include "studies/flat_and_sharp/line.hpp"

namespace fpk::studies::wells {

constexpr double lower = -1, upper = 1.4;       ///< the box of the cases
constexpr double barrier = 0.6565775097644537;  ///< the one real root of 72 x^3 - 48 x^2 + 2 x - 1
constexpr double flat = 0, sharp = 1;           ///< the minima
constexpr double flat_curvature = 1, sharp_curvature = 25;

double loss(double x);
double slope(double x);      ///< L'
double curvature(double x);  ///< q
double barrier_height();     ///< L at the barrier
double barrier_curvature();  ///< -L'' there

/// a(x) of each noise.
Function isotropic(double D);
Function with_curvature(double D);           ///< D q
Function with_loss(double T, double floor);  ///< T (L + floor)
/// eta Sigma / (2 b) of data/cases/flat_and_sharp_sgd.toml: Sigma = (r'^2 + turn^2 r^2) (L + noise^2), r^2 = 2 L.
Function of_sgd(double eta, double batch, double noise, double turn = 3);

Line line(const Function& a);  ///< dX = -L' dt + sqrt(2 a) dW on the box

/// Rate of escape from a minimum, 0 or 1, by Laplace's method from Line's integral; with isotropic noise it is Kramers':
/// sqrt(L''_min |L''_barrier|) / (2 pi) sqrt(a_min / a_barrier) exp(-(Phi_barrier - Phi_min)).
double laplace(double minimum, const Function& a);
/// Rate of escape from a minimum of this curvature at noise D (Kramers 1940, the high-friction limit):
/// sqrt(L''_min |L''_barrier|) / (2 pi) exp(-height / D).
double kramers(double minimum_curvature, double D);
/// The same where a = T (L + floor):  sqrt(L''_min |L''_barrier|) / (2 pi) sqrt(1 + T) ((height + floor) / floor)^-(1/T + 1/2)
/// (Mori, Ziyin, Liu, Ueda 2022, the power law in one dimension; by Laplace's method from Line's integral).
double power_law(double minimum_curvature, double T, double floor);

}  // namespace fpk::studies::wells
