// process.data.surrogate: polynomials in place of sums over rows.
#include <fmt/format.h>

#include "io/case/sections.hpp"
#include "model/surrogate_process.hpp"

namespace fpk::io::reader {

std::optional<model::SurrogateFacts> take_surrogate(Document& document, const model::Domain& domain,
                                                    model::Process& process) {
  constexpr std::string_view path = "process.data.surrogate";
  const auto tolerance = document.number_at(path);
  if (!tolerance || !document.complaints.none()) return std::nullopt;
  if (asks_for_box(document)) {
    document.complaints.add(document.place(path), "a surrogate wants a domain in numbers, and it is \"auto\"",
                            "give the ends of the domain, or leave the surrogate out");
    return std::nullopt;
  }
  try {
    auto made = model::surrogate_process(process, domain, *tolerance);
    process = std::move(made.process);
    return made.facts;
  } catch (const model::NoSurrogate& e) {
    document.complaints.add(document.place(path),
                            fmt::format("no surrogate within {:g} {}", *tolerance, e.what()),
                            "raise the tolerance, narrow the domain, or leave the surrogate out");
    return std::nullopt;
  }
}

}  // namespace fpk::io::reader
