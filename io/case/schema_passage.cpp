// The keys of what `fpk passage` computes.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/case_file.hpp"

namespace fpk::io::reader {

std::vector<Key> passage_keys() {
  return {
      Key{"passage", Kind::table, "What `fpk passage` computes."},
      Key{"passage.start", Kind::start,
          "Where it starts: a point; a set, weighted by the stationary law; or \"initial\", the initial law."}
          .otherwise("\"initial\""),
      Key{"passage.target", Kind::formula,
          "The set that is passed into, such as \"x > 0\". May be left out in a box that absorbs."},
      Key{"passage.source", Kind::formula,
          "A second set: committor, reaction rate and reactive flux from it to the target."},
      Key{"passage.times", Kind::times,
          "Times of the survival function: a number of equally spaced ones up to five mean passage times, or "
          "a list."}
          .within({0})
          .otherwise(fmt::format("{}", PassageSettings{}.observations)),
      Key{"passage.horizon", Kind::number, "Time up to which particles are followed."}
          .within(positive)
          .otherwise(
              "the last of passage.times, or sooner where that would take more than 5e8 particle-steps"),
  };
}

}  // namespace fpk::io::reader
