// The page for people. Set FPK_PICTURES to a folder to look at the example pages.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "io/report/html.hpp"
#include "io/writers.hpp"
#include "tests/io/example_records.hpp"

namespace {

using namespace fpk::io;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

/// Every path, coordinate and size of the pictures: the values of the attributes that hold numbers.
std::vector<std::string> numeric_attributes(const std::string& html) {
  std::vector<std::string> values;
  for (const std::string name : {" d=\"", " x=\"", " y=\"", " viewBox=\"", " width=\"", " height=\""})
    for (auto at = html.find(name); at != std::string::npos; at = html.find(name, at + 1))
      values.push_back(html.substr(at + name.size(), html.find('"', at + name.size()) - at - name.size()));
  return values;
}

/// What is open when the page ends, or the first tag that closes something else; empty where all is well.
std::string unbalanced(const std::string& html) {
  std::vector<std::string> open;
  for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const auto end = html.find('>', at);
    if (end == std::string::npos) return "a tag without end";
    auto tag = html.substr(at + 1, end - at - 1);
    const bool whole = tag.back() == '/' || tag.front() == '!';
    const bool closes = tag.front() == '/';
    tag = tag.substr(closes ? 1 : 0, tag.find_first_of(" />", 1) - (closes ? 1 : 0));
    if (whole || tag == "meta" || tag == "br") continue;
    if (!closes) {
      open.push_back(tag);
      continue;
    }
    if (open.empty() || open.back() != tag) return tag;
    open.pop_back();
  }
  return open.empty() ? "" : open.back();
}

TEST(Report, ClosesEveryTagThatItOpens) {
  for (const auto& r : example::all()) EXPECT_EQ(unbalanced(report_html(r)), "") << r.name;
  EXPECT_EQ(unbalanced("<p><b></p></b>"), "p");  // the check can fail
}

TEST(Report, DrawsNoCoordinateThatIsNotANumber) {
  std::size_t checked = 0;
  for (const auto& r : example::all())
    for (const auto& value : numeric_attributes(report_html(r))) {
      EXPECT_FALSE(contains(value, "nan") || contains(value, "inf")) << r.name << ": " << value.substr(0, 80);
      ++checked;
    }
  EXPECT_GT(checked, 1000U);
}

TEST(Report, ShowsEveryClaimWithItsReason) {
  const auto r = example::record(2);
  const auto html = report_html(r);
  for (const auto& claim : r.claims) {
    EXPECT_TRUE(contains(html, report::escaped(claim.sentence))) << claim.name;
    EXPECT_TRUE(contains(html, report::escaped(claim.reason))) << claim.name;
  }
  EXPECT_TRUE(contains(html, "All 4 claims hold."));
}

TEST(Report, SaysOnTopWhichClaimsFail) {
  const auto html = report_html(example::failing());
  const auto top = html.substr(0, html.find("<section"));
  EXPECT_TRUE(contains(top, "2 of 5 claims fail:"));
  EXPECT_TRUE(contains(top, report::escaped(example::failing().claims[2].sentence)));
}

TEST(Report, GivesTheCaseNoMeaningInHtml) {
  auto r = example::failing();
  r.equations = r.notes = r.variables = {"<i>&\"'"};
  r.reference = r.text = r.file = "</pre><script>";
  const auto html = report_html(r);
  EXPECT_FALSE(contains(html, "<script"));
  EXPECT_FALSE(contains(html, "<i>&"));
  EXPECT_TRUE(contains(html, "&lt;i&gt;&amp;&quot;&#39;"));
  EXPECT_EQ(unbalanced(html), "");
}

TEST(Report, NeedsNoOtherFile) {
  for (const auto& r : example::all()) {
    const auto html = report_html(r);
    for (const std::string part : {"<script", "<link", "src=", "url(", "@import", "http:", "https:"})
      EXPECT_FALSE(contains(html, part)) << r.name << ": " << part;
    EXPECT_EQ(count(html, "href=\""), count(html, "href=\"data:image/png;base64,"));
  }
}

// A page is sent by mail: 1.5 MB is what few servers refuse.
TEST(Report, StaysSmall) {
  for (const auto& r : example::all()) EXPECT_LT(report_html(r).size(), 1500000U) << r.name;
}

TEST(Report, SaysWhereThereIsNothingToShow) {
  const auto html = report_html(example::all_nan());
  EXPECT_TRUE(contains(html, "There is no finite value to show."));
  EXPECT_TRUE(contains(html, "There is no positive value to show."));
}

// Relative to a law with thin tails, a point mass is 10^20 away; an axis up to there would show nothing else.
TEST(Report, KeepsADistanceReadableBesideOneHugeValue) {
  auto r = example::record(1);
  r.times.clear();
  r.distances.resize(1);
  auto& d = r.distances[0].distances;
  d.resize(1);
  d[0].value.clear();
  for (int k = 0; k < 41; ++k) {
    r.times.push_back(0.1 * k);
    d[0].value.push_back(k == 0 ? 1e21 : std::exp(-0.1 * k));
  }
  const auto html = report_html(r);
  const auto plot = html.substr(html.find("<section id=\"distances\""), 8000);
  EXPECT_TRUE(contains(plot, ">0.1<"));
  EXPECT_FALSE(contains(plot, "10²⁰"));
}

/// The part of a page from `from` on, before the next `to`.
std::string part(const std::string& html, const std::string& from, const std::string& to) {
  const auto begin = html.find(from);
  return begin == std::string::npos ? "" : html.substr(begin, html.find(to, begin) - begin);
}

TEST(Report, SaysOfASampledStudyHowItWasSampledAndOfAnotherNothing) {
  const auto html = report_html(example::failing());
  const auto sampled = part(html, "<h3>Particles with smaller steps", "</section>"),
             space = part(html, "<section id=\"convergence\"", "<h3>Particles with smaller steps");
  for (const char* words :
       {"error, with its 95 % interval", "seed 42", "noise gaussian", "<th class=\"n\">pairs</th>"}) {
    EXPECT_TRUE(contains(sampled, words)) << words;
    EXPECT_FALSE(contains(space, words)) << words;
  }
  EXPECT_TRUE(contains(space, "</svg>error</li>"));
  EXPECT_TRUE(contains(sampled, report::count(40960)));
  EXPECT_TRUE(contains(sampled, "<td class=\"n\">1.00</td></tr>"));  // the order between two steps
}

// The legend shows a marker on the line, so the picture has some, however many points there are.
TEST(Report, DrawsTheMarkersThatTheLegendShows) {
  for (const int points : {40, 41, 50, 51, 1000}) {
    auto r = example::record(1);
    r.times.clear(), r.distances.clear(), r.stationary.reset(), r.particles.reset();
    r.exact_observables.clear();
    r.density->observables.resize(1);
    auto& values = r.density->observables[0].second.value;
    values.clear();
    for (int k = 0; k < points; ++k) r.times.push_back(0.1 * k), values.push_back(std::sin(0.1 * k));
    const auto section = part(report_html(r), "<section id=\"observables\"", "</section>");
    const auto marks = part(section.substr(section.find("<figure>")), "<path class=\"mark density\"", "/>");
    const auto drawn = count(marks, "M");
    EXPECT_GE(drawn, std::min(points, 25)) << points;
    EXPECT_LE(drawn, 50U) << points;
  }
}

TEST(Report, SaysWhatPartOfTheParticlesDistanceTheStepMayHave) {
  auto r = example::record(1);
  auto& d = r.distances[1].distances;
  d[0].value.back() = 0.025, d[0].exact_sample.back() = 0.015;  // a metric
  d[1].power = 2, d[1].value.back() = 0.075, d[1].exact_sample.back() = 0.045;
  const auto section = part(report_html(r), "<section id=\"distances\"", "</section>");
  EXPECT_TRUE(contains(section, "the step 0.01, the bias of weak-order-2"));
  EXPECT_TRUE(contains(section, report::number(0.01) + " to " + report::number(0.04)));
  EXPECT_FALSE(contains(section, report::number(0.03) + " to "));  // no triangle inequality
  EXPECT_FALSE(contains(report_html(example::without_particles()), "triangle"));
}

TEST(Report, NamesTheNoiseAndWhereAFaceAbsorbsHowThatIsSeen) {
  auto r = example::record(1);
  EXPECT_TRUE(contains(report_html(r), ">noise</th><td>normal</td>"));
  EXPECT_FALSE(contains(report_html(r), ">absorption</th>"));
  r.particles->absorption = "end-of-step";
  EXPECT_TRUE(contains(report_html(r), ">absorption</th><td>end-of-step</td>"));
}

TEST(Report, DefinesTheSymbolsOfAnEstimate) {
  Record r;
  r.estimate.emplace();
  const auto section = part(report_html(r), "<section id=\"estimate\"", "</section>");
  for (const char* words :
       {"<li>α is", "<li>β is", "<li>γ is", "<li>V<sub>l</sub>", "<li>The kurtosis", "<li>The telescoping z"})
    EXPECT_TRUE(contains(section, words)) << words;
}

TEST(Report, LeavesOutWhatTheRunDidNotFind) {
  const auto html = report_html(example::without_particles());
  EXPECT_FALSE(contains(html, "histogram of the particles"));
  EXPECT_TRUE(contains(report_html(example::record(2)), "histogram of the particles"));
}

TEST(Report, IsWrittenWholeForEveryExampleSoThatItCanBeLookedAt) {
  const char* wanted = std::getenv("FPK_PICTURES");
  const auto folder =
      wanted ? std::filesystem::path(wanted) : std::filesystem::temp_directory_path() / "fpk-report-pages";
  for (const auto& r : example::all()) {
    const auto page = folder / ((r.name.empty() ? "empty" : r.name) + ".html");
    write_whole(page, report_html(r));
    EXPECT_EQ(std::filesystem::file_size(page), report_html(r).size()) << page;
  }
  if (!wanted) std::filesystem::remove_all(folder);
}

}  // namespace
