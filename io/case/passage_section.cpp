// [passage]: where a passage starts and ends. Its sets are formulas, tried on the centre of every cell: what the solver will
// see is what is checked.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "formula/program.hpp"
#include "io/case/sections.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

constexpr std::int64_t most_times = 100'000;
constexpr TimeUse no_time{false, "a set of states stays where it is: leave t out"};

/// Sets on the centres of cells, a run at a time.
class Centres {
 public:
  Centres(const Names& names, const Box& box) : variables_(names.variables), grid_(box.axes) {}

  /// visit(values of each formula) for runs of centres; points[a] are their coordinates.
  template <class Visit>
  void each_run(const std::vector<Formula>& formulas, const Visit& visit) const {
    constexpr std::size_t run = 4096;
    const formula::Program program(formulas, variables_);
    std::vector<std::vector<double>> points(grid_.dimension(), std::vector<double>(run)),
        values(formulas.size(), std::vector<double>(run));
    std::vector<const double*> in;
    std::vector<double*> out;
    for (auto& p : points) in.push_back(p.data());
    for (auto& v : values) out.push_back(v.data());
    for (std::size_t first = 0; first < grid_.size(); first += run) {
      const std::size_t n = std::min(run, grid_.size() - first);
      for (std::size_t i = 0; i < n; ++i) {
        const law::Point x = grid_.center(grid_.index(first + i));
        for (std::size_t a = 0; a < points.size(); ++a) points[a][i] = x[a];
      }
      program.evaluate(in, n, out);
      visit(n, points, values);
    }
  }

  [[nodiscard]] std::string text(const std::vector<std::vector<double>>& points, std::size_t i) const {
    std::string text;
    for (std::size_t a = 0; a < variables_.size(); ++a)
      text += fmt::format("{}{} = {:.6g}", a == 0 ? "" : ", ", variables_[a], points[a][i]);
    return text;
  }

 private:
  const std::vector<std::string>& variables_;
  law::Grid grid_;
};

class Passage {
 public:
  Passage(Document& document, const Names& names, const Box* box)
      : document_(document), expressions_(document, names.scope), names_(names), box_(box) {}

  PassageSettings read() {
    settings_.target = expressions_.formula("passage.target", no_time);
    settings_.source = expressions_.formula("passage.source", no_time);
    read_start();
    read_times();
    settings_.horizon = document_.number_at("passage.horizon");
    if (document_.has("passage.source") && !document_.has("passage.target"))
      complain("passage.source", "passage.source has no passage.target to lead to",
               "give a target, or leave it out");
    if (!document_.has("passage.target") && box_ != nullptr && box_->domain.is_closed())
      complain("passage", "there is nothing to pass into: no target, and no face of the box absorbs",
               "add for example target = \"" + names_.variables.front() + " > 0\"");
    if (box_ != nullptr && box_->domain.dimension() <= law::max_dimension && document_.complaints.none())
      check_sets(Centres(names_, *box_));
    return settings_;
  }

 private:
  void read_start() {
    const toml::node* node = document_.find("passage.start");
    if (node == nullptr) return;
    if (node->is_array()) {
      settings_.start = PassageStart::point;
      if (const auto point = expressions_.constants(*node, "passage.start", names_.variables.size()))
        settings_.point = *point;
      return;
    }
    if (node->value<std::string>() == "initial") return;
    settings_.start = PassageStart::set;
    settings_.start_set = expressions_.formula(*node, "passage.start", no_time);
  }

  void read_times() {
    const toml::node* node = document_.find("passage.times");
    if (node == nullptr) return;
    if (node->is_array()) {
      settings_.times = document_.numbers_at("passage.times");
      if (std::ranges::adjacent_find(settings_.times, std::ranges::greater_equal{}) != settings_.times.end())
        complain("passage.times", "passage.times do not increase", "list them in increasing order");
      return;
    }
    const std::int64_t count = *as_integer(*node);
    if (count >= 2 && count <= most_times)
      settings_.observations = static_cast<std::size_t>(count);
    else
      complain("passage.times", fmt::format("passage.times cannot be {}", count),
               fmt::format("give a number of times from 2 to {}, or a list of times", most_times));
  }

  void check_sets(const Centres& centres) {
    std::vector<Formula> sets;
    std::vector<std::string> paths;
    const auto add = [&](const std::optional<Formula>& f, const char* path) {
      if (f) sets.push_back(*f), paths.emplace_back(path);
    };
    add(settings_.target, "passage.target");
    add(settings_.source, "passage.source");
    const std::size_t ends = sets.size();
    add(settings_.start_set, "passage.start");
    if (!sets.empty()) count_cells(centres, sets, paths, ends);
    if (settings_.start == PassageStart::point) check_point(sets, paths, ends);
  }

  void count_cells(const Centres& centres, const std::vector<Formula>& sets,
                   const std::vector<std::string>& paths, std::size_t ends) {
    std::vector<std::size_t> inside(sets.size(), 0);
    std::vector<bool> no_set(sets.size(), false);
    std::size_t outside = 0, start_outside = 0;
    bool overlap = false;
    centres.each_run(sets, [&](std::size_t n, const auto& points, const auto& values) {
      for (std::size_t i = 0; i < n; ++i) {
        std::size_t ended = 0;
        for (std::size_t s = 0; s < sets.size(); ++s) {
          const double v = values[s][i];
          if (v != 0 && v != 1 && !no_set[s]) {
            no_set[s] = true;
            complain(paths[s],
                     fmt::format("{} is no set: it is {} at {}", paths[s], v, centres.text(points, i)),
                     "compare it with something, such as \"x > 0\"");
          }
          inside[s] += v != 0 ? 1 : 0;
          ended += s < ends && v != 0 ? 1 : 0;
        }
        outside += ended == 0 ? 1 : 0;
        if (sets.size() > ends && values[ends][i] != 0 && (ends == 0 || values[0][i] == 0)) ++start_outside;
        if (ended > 1 && !overlap) {
          overlap = true;
          complain("passage.source", "source and target overlap at " + centres.text(points, i),
                   "keep the two sets apart");
        }
      }
    });
    for (std::size_t s = 0; s < sets.size(); ++s)
      if (inside[s] == 0)
        complain(paths[s], paths[s] + " holds the centre of no cell", "widen the set, or take more cells");
    if (ends > 0 && outside == 0)
      complain(paths.front(), "no cell of the domain lies outside " + paths.front(),
               "narrow the set, or widen the domain");
    else if (sets.size() > ends && inside[ends] > 0 && start_outside == 0)
      complain("passage.start", "passage.start lies inside the target: nothing is left to pass",
               "start outside the target");
  }

  void check_point(const std::vector<Formula>& sets, const std::vector<std::string>& paths,
                   std::size_t ends) {
    for (std::size_t a = 0; a < settings_.point.size(); ++a) {
      const model::Side& s = box_->domain.sides[a];
      if (settings_.point[a] >= s.lower && settings_.point[a] <= s.upper) continue;
      complain("passage.start",
               fmt::format("passage.start has {} = {}, outside the domain [{}, {}]", s.variable,
                           settings_.point[a], s.lower, s.upper),
               "move it inside, or widen the domain");
      return;
    }
    if (ends == 0 || formula::Program(sets.front(), names_.variables)(settings_.point).front() == 0) return;
    complain("passage.start", "passage.start lies inside " + paths.front() + ": it has passed already",
             "start outside the target");
  }

  void complain(std::string_view path, std::string what, std::string try_instead) {
    document_.complaints.add(document_.place(path), std::move(what), std::move(try_instead));
  }

  Document& document_;
  Expressions expressions_;
  const Names& names_;
  const Box* box_;  ///< nullptr where the domain is wrong
  PassageSettings settings_;
};

}  // namespace

std::optional<PassageSettings> read_passage(Document& document, const Names& names, const Box* box) {
  if (document.table("passage") == nullptr) return std::nullopt;
  return Passage(document, names, box).read();
}

}  // namespace fpk::io::reader
