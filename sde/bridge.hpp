// A Brownian path between two steps, and whether and when it crossed a border.
//
//     h0 o  .  .                         h: distance from the border, v = s^2 dt: variance of h over the step
//         \/ \/ \  . o h1
//     ------------\/---------- border    P(crossed | h0, h1 > 0) = exp(-2 h0 h1 / v)
//                  t
//
// (Baldi 1995, Ann. Probab. 23; Gobet 2000, Stoch. Proc. Appl. 87.) By reflection, a bridge from h0 to h1 that touches the
// border first touches it when one from h0 to -h1 does, so that one law serves both kinds of crossing. With r = t / (dt - t)
// the bridge is a Brownian motion with drift,
//
//     r ~ inverse Gaussian of mean h0 / |h1| and shape h0^2 / v,       t / dt = r / (1 + r)
//
// drawn from a normal and a uniform number. (Michael, Schucany, Haas 1976, Amer. Statist. 30)
#pragma once

namespace fpk::sde {

/// Above this 2 h0 h1 / v no crossing is ever decided on: exp(-37) is below the least uniform number, 2^-53.
inline constexpr double out_of_reach = 37;

/// That a bridge from h0 to h1 crosses 0; 1 where one of them is not above 0, 0 without noise otherwise.
double crossing_probability(double h0, double h1, double v);

/// When, as a share of the step, it first did, given that it did; h0 >= 0. From three uniform numbers. Without noise: where the
/// straight line does.
double crossing_share(double h0, double h1, double v, const double (&uniforms)[3]);

}  // namespace fpk::sde
