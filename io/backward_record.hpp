// What `fpk backward` found out, as plain data.
#pragma once

#include <string>
#include <vector>

#include "io/passage_record.hpp"

namespace fpk::io {

struct BackwardObservable {
  std::string name;
  std::vector<double> forward;      ///< at each time: the expectation by the forward road
  std::vector<double> at_initial;   ///< the backward expectation, over the initial law
  double minimum = 0, maximum = 0;  ///< of the field at the last time
  double duality_error = 0;         ///< largest difference of the two, over the largest |f|
};

struct BackwardRecord {
  std::vector<std::size_t> cells;
  std::vector<double> times;
  std::string propagator;
  std::vector<BackwardObservable> observables;
  std::vector<FieldPicture> pictures;  ///< at the last time
  double seconds = 0;
};

}  // namespace fpk::io
