#include "io/case/complaints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace fpk::io {
namespace {

std::string joined(const std::vector<Complaint>& complaints) {
  std::vector<std::string> lines;
  for (const Complaint& c : complaints) lines.push_back(c.text());
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace

std::string Complaint::text() const {
  const std::string place = line == 0 ? file : fmt::format("{}:{}:{}", file, line, column);
  return fmt::format("{}: {}; {}", place, what, try_instead);
}

CaseError::CaseError(std::vector<Complaint> complaints)
    : std::runtime_error(joined(complaints)), complaints_(std::move(complaints)) {}

}  // namespace fpk::io

namespace fpk::io::reader {

void Complaints::add(const Place& at, std::string what, std::string try_instead) {
  complaints_.push_back({at.file, at.line, at.column, std::move(what), std::move(try_instead)});
}

std::vector<Complaint> Complaints::sorted() const {
  auto all = complaints_;
  std::ranges::stable_sort(all, {}, [](const Complaint& c) { return std::tuple(c.line, c.column); });
  const auto key = [](const Complaint& c) { return std::tie(c.file, c.line, c.column, c.what); };
  all.erase(std::unique(all.begin(), all.end(),
                        [&](const Complaint& a, const Complaint& b) { return key(a) == key(b); }),
            all.end());
  return all;
}

void Complaints::throw_if_any() const {
  if (!none()) throw CaseError(sorted());
}

}  // namespace fpk::io::reader
