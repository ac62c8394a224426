#include "studies/share.hpp"

#include <boost/math/distributions/binomial.hpp>

namespace fpk::studies {
namespace {

constexpr double doubt = 0.05;

}  // namespace

double Share::value() const {
  return trials == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(trials);
}

double Share::lower() const {
  if (hits == 0) return 0;
  return boost::math::binomial::find_lower_bound_on_p(static_cast<double>(trials), static_cast<double>(hits),
                                                      doubt);
}

double Share::upper() const {
  if (hits == trials) return 1;
  return boost::math::binomial::find_upper_bound_on_p(static_cast<double>(trials), static_cast<double>(hits),
                                                      doubt);
}

}  // namespace fpk::studies
