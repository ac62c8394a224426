#include "solvers/richardson.hpp"

#include <cmath>

#include "law/restriction.hpp"

namespace fpk::solvers {
namespace {

/// By how much three answers of second order close in at a halving of the cells, in the limit; and what is taken for it.
constexpr double least_ratio = 3, largest_ratio = 5.5;
/// e_h - e_{h/2} over the error of e_{h/2}: 16 - 1 in the limit. Half of that is claimed.
constexpr double in_the_limit = 7.5, far_from_it = 1;

/// The error of the better of two extrapolations that differ by `difference`, made of answers that differ by `first`
/// from 2h to h, and by `second` from h to h/2.
double estimate(double difference, double first, double second) {
  const bool limit = first >= least_ratio * second && first <= largest_ratio * second;
  return difference / (limit ? in_the_limit : far_from_it);
}

}  // namespace

std::vector<double> richardson(const law::GridPart& coarse, std::span<const double> coarse_masses,
                               const law::GridPart& fine, std::span<const double> fine_masses) {
  auto masses = law::restricted(fine, fine_masses, coarse);
  for (std::size_t c = 0; c < masses.size(); ++c) masses[c] = richardson(coarse_masses[c], masses[c]);
  return masses;
}

Extrapolated extrapolated(double at_2h, double at_h, double at_half_h) {
  const double worse = richardson(at_2h, at_h), better = richardson(at_h, at_half_h);
  const double first = at_h - at_2h, second = at_half_h - at_h;
  const bool same_side = first * second >= 0;
  return {better, estimate(std::abs(better - worse), std::abs(first), same_side ? std::abs(second) : 0)};
}

double extrapolation_error(const law::GridPart& part_2h, std::span<const double> at_2h,
                           const law::GridPart& part_h, std::span<const double> at_h,
                           const law::GridPart& part_half_h, std::span<const double> at_half_h) {
  const auto worse = richardson(part_2h, at_2h, part_h, at_h);
  const auto better = law::restricted(part_h, richardson(part_h, at_h, part_half_h, at_half_h), part_2h);
  const auto h_on_2h = law::restricted(part_h, at_h, part_2h);
  const auto half_on_2h = law::restricted(part_h, law::restricted(part_half_h, at_half_h, part_h), part_2h);
  return estimate(law::l1_distance(part_2h, worse, better), law::l1_distance(part_2h, at_2h, h_on_2h),
                  law::l1_distance(part_2h, h_on_2h, half_on_2h));
}

}  // namespace fpk::solvers
