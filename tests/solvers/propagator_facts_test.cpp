// The table of facts is what the documentation prints and what the choice obeys.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "problems.hpp"
#include "solvers/solver_error.hpp"
#include "tests/places.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

TEST(PropagatorFacts, NameEachPropagatorOnceAndSayAllOfIt) {
  std::set<std::string_view> names;
  for (const auto& p : propagators()) {
    EXPECT_TRUE(names.insert(p.name).second) << p.name;
    EXPECT_EQ(find_propagator(p.name), &p);
    for (const auto text : {p.cost, p.method, p.source}) EXPECT_FALSE(text.empty()) << p.name;
    EXPECT_NE(p.make, nullptr) << p.name;
  }
  EXPECT_FALSE(names.contains("auto"));
}

TEST(PropagatorFacts, AreTheTableOfTheDocumentation) {
  std::ifstream file(std::string(places::source) + "/docs/propagators.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_NE(page.find("\n\n" + propagators_markdown() + "\n"), std::string::npos)
      << "replace the table of docs/propagators.md by\n"
      << propagators_markdown();
}

TEST(PropagatorFacts, DecideWhatIsRefusedAndWhatAutoTakes) {
  const std::vector<std::string> xy = {"x", "y"};
  const auto domain = box(xy, -4, 4);
  const auto part = grid(domain, 8);
  const auto well = langevin("x^2 + y^2 + x*y/2", 0.5, xy);
  const auto rotation = drifted({"-x + y", "-x - y"}, {"1", "1"}, xy);
  const auto forced = drifted({"-x + sin(t)", "-y"}, {"1", "1"}, xy);
  std::size_t refused = 0;
  for (const auto& [process, traits] : {std::pair{well, GeneratorTraits{.reversible = true}},
                                        {rotation, {}},
                                        {forced, {.depends_on_time = true}}}) {
    const PropagatorTask task{generator_in_time(process, domain, part), process.depends_on_time(), 1, 1e-8};
    for (const auto& p : propagators()) {
      if (refusal(p, traits).empty()) {
        EXPECT_EQ(choose_propagator(p.name, task).propagator, &p);
        continue;
      }
      EXPECT_THROW(choose_propagator(p.name, task), SolverError) << p.name;
      ++refused;
    }
    const auto choice = choose_propagator("auto", task);
    EXPECT_EQ(refusal(*choice.propagator, traits), "");
    EXPECT_FALSE(choice.reason.empty());
  }
  EXPECT_GE(refused, 3U);
  EXPECT_FALSE(refusal(*find_propagator("implicit"), {.limited = true}).empty());
}

}  // namespace
}  // namespace fpk::solvers
