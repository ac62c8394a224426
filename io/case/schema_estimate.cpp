// The keys of what `fpk estimate` asks for.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/case_file.hpp"

namespace fpk::io::reader {

std::vector<Key> estimate_keys() {
  const EstimateSettings estimate;
  return {
      Key{"estimate", Kind::table,
          "What `fpk estimate` asks for: an expectation at time.end by multilevel Monte Carlo "
          "(docs/estimate.md)."},
      Key{"estimate.observable", Kind::text, "Name of the observable; `--observable` on the command line."}
          .otherwise("the first"),
      Key{"estimate.tolerance", Kind::number,
          "Root-mean-square error, of chance and step together; `--tolerance` on the command line."}
          .within(positive),
      Key{"estimate.first_step", Kind::number,
          "Step of the coarsest level. Without it the coarsest is found that still pays."}
          .within(positive),
      Key{"estimate.levels", Kind::integer,
          "Number of the finest level that may be used, each halving the step."}
          .within({2, 24})
          .otherwise(fmt::format("{}", estimate.levels)),
      Key{"estimate.budget", Kind::number, "Most steps of paths that may be taken, all levels together."}
          .within(positive)
          .otherwise(fmt::format("{:g}", estimate.budget)),
  };
}

}  // namespace fpk::io::reader
