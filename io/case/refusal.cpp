#include "io/refusal.hpp"

#include <utility>

#include "io/case/document.hpp"

namespace fpk::io {

void refuse(const Case& problem, std::string_view key, std::string what, std::string try_instead) {
  const reader::Document document(problem.file, problem.text);
  reader::Place at{problem.file.string(), 0, 0};
  if (document.has(key)) at = document.place(key);
  throw CaseError({{at.file, at.line, at.column, std::move(what), std::move(try_instead)}});
}

}  // namespace fpk::io
