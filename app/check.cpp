// fpk check and fpk schema: what can be said of a case without running it.
#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/exit_status.hpp"
#include "io/case_file.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

int check(const Options& options) {
  const io::Case problem = io::read_case(options.file, options.overrides);
  if (!options.quiet && parallel::is_first_process()) {
    fmt::print("{}: sound\n", options.file.string());
    for (const auto& line : problem.surrogate ? problem.surrogate->equations : problem.process.equations())
      fmt::print("  {}\n", line);
  }
  return all_claims_hold;
}

int schema(const Options& options) {
  if (parallel::is_first_process())
    fmt::print("{}", options.markdown ? io::schema_markdown() : io::schema_text());
  return all_claims_hold;
}

}  // namespace fpk::app
