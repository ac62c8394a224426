// The files for other programs: names as documented, numbers that come back, files that are whole.
#include "io/writers.hpp"
#include "io/pairwise_order.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/io/example_records.hpp"

namespace {

using namespace fpk;
using nlohmann::json;
namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

std::size_t fields(const std::string& line) {
  return 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), ','));
}

class Folder : public testing::Test {
 protected:
  void TearDown() override {
    std::error_code error;
    fs::remove_all(folder, error);
  }
  fs::path folder = fs::temp_directory_path() / ("fpk_writers_" + std::to_string(::getpid()));
};

using WriteWhole = Folder;
using RemoveOutputs = Folder;

TEST(ResultJson, HasTheDocumentedNames) {
  const auto j = json::parse(io::result_json(io::example::record(2)));
  std::size_t checked = 0;
  for (const char* path : {"/case",
                           "/version",
                           "/times/0",
                           "/density/cells/1",
                           "/density/propagator",
                           "/density/choice",
                           "/density/flux",
                           "/density/tolerance",
                           "/density/mass/0",
                           "/density/minimum/0",
                           "/density/relative_entropy/0",
                           "/density/observables/x/0",
                           "/density/applications",
                           "/density/seconds",
                           "/particles/count",
                           "/particles/scheme",
                           "/particles/step",
                           "/particles/seed",
                           "/particles/observables/x/value/0",
                           "/particles/observables/x/standard_error/0",
                           "/particles/escaped/0",
                           "/particles/exploded/0",
                           "/particles/seconds",
                           "/stationary/source",
                           "/stationary/remark",
                           "/stationary/observables/x^2",
                           "/exact/observables/x/0",
                           "/distances/density_to_stationary/total_variation/0",
                           "/distances/particles_to_stationary/wasserstein_1/0",
                           "/distances/particles_to_stationary/exact_sample/total_variation/0",
                           "/claims/0/name",
                           "/claims/0/sentence",
                           "/claims/0/evidence",
                           "/claims/0/measured",
                           "/claims/0/allowed",
                           "/claims/0/reason",
                           "/claims/0/holds",
                           "/verdict",
                           "/notes/0"}) {
    EXPECT_TRUE(j.contains(json::json_pointer(path))) << path;
    ++checked;
  }
  EXPECT_EQ(checked, 39U);
  EXPECT_EQ(j["verdict"], "holds");
}

TEST(ResultJson, BringsNumbersBackBitForBit) {
  auto r = io::example::record(1);
  r.times = {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308};
  r.density->mass = r.times;
  r.particles->seed = 18446744073709551615ULL;
  const auto j = json::parse(io::result_json(r));
  EXPECT_EQ(j["times"].get<std::vector<double>>(), r.times);
  EXPECT_EQ(j["density"]["mass"].get<std::vector<double>>(), r.times);
  EXPECT_EQ(j["particles"]["seed"].get<std::uint64_t>(), 18446744073709551615ULL);
}

TEST(ResultJson, WritesNullForWhatIsNotFinite) {
  const auto j = json::parse(io::result_json(io::example::all_nan()));
  EXPECT_TRUE(j["density"]["observables"]["x"][0].is_null());
  EXPECT_TRUE(j["distances"]["density_to_stationary"]["total_variation"][0].is_null());
}

TEST(ResultJson, LeavesOutWhatTheRunDidNotFind) {
  const auto j = json::parse(io::result_json(io::example::without_density()));
  for (const char* absent : {"density", "stationary", "exact", "distances"})
    EXPECT_FALSE(j.contains(absent)) << absent;
  EXPECT_TRUE(j.contains("particles"));
  const auto density_only = json::parse(io::result_json(io::example::without_particles()));
  EXPECT_FALSE(density_only.contains("particles"));
  EXPECT_FALSE(density_only["distances"]["density_to_stationary"].contains("exact_sample"));
}

TEST(ResultJson, FailsWhereOneClaimFailsOrNoneIsMade) {
  EXPECT_EQ(json::parse(io::result_json(io::example::failing()))["verdict"], "fails");
  EXPECT_EQ(json::parse(io::result_json(io::Record{}))["verdict"], "fails");
}

TEST(ResultJson, SurvivesTextThatIsNotUtf8) {
  auto r = io::example::record(1);
  r.notes = {"\xff\xfe"};
  EXPECT_EQ(json::parse(io::result_json(r))["notes"][0], "\uFFFD\uFFFD");
}

TEST(ConvergenceJson, HasAKeyForEachStudy) {
  io::Record r;
  r.convergence = {io::example::spatial_study(), io::example::weak_study()};
  r.convergence[1].verdict.order.reset();
  const auto j = json::parse(io::convergence_json(r));
  for (const char* study : {"space", "weak"})
    for (const char* name :
         {"title", "scheme", "method", "observable", "promised", "rows", "order", "remark", "seconds"})
      EXPECT_TRUE(j[study].contains(name)) << study << "." << name;
  EXPECT_EQ(j["space"]["rows"][1]["cells"], json({32, 32}));
  EXPECT_FALSE(j["space"]["rows"][1].contains("step"));
  EXPECT_EQ(j["space"]["order"]["value"].get<double>(), 1.98);
  EXPECT_EQ(j["weak"]["rows"][4]["step"].get<double>(), 0.2 / 16);
  EXPECT_EQ(j["weak"]["rows"][4]["expectation"].get<double>(), *r.convergence[1].rows[4].expectation);
  EXPECT_TRUE(j["weak"]["order"].is_null());
}

TEST(ConvergenceJson, SaysWhichCaseWasJudgedAndHow) {
  auto r = io::example::failing();
  r.fingerprint = "0123456789abcdef";
  r.convergence = {io::example::spatial_study()};
  const auto convergence = json::parse(io::convergence_json(r)), result = json::parse(io::result_json(r));
  for (const char* name : {"case", "version", "fingerprint", "claims", "verdict", "notes"})
    EXPECT_EQ(convergence[name], result[name]) << name;
  EXPECT_EQ(convergence["title"], r.title);
  EXPECT_EQ(convergence["verdict"], "fails");
  r.claims.clear();
  EXPECT_EQ(json::parse(io::convergence_json(r))["verdict"], "fails");  // nothing claimed, nothing confirmed
}

TEST(ConvergenceJson, SaysHowErrorsWereSampledAndOnlyThen) {
  io::Record r;
  auto weak = io::example::weak_study();
  weak.seed = 18446744073709551615ULL;
  weak.noise = "three-point";
  weak.half_width = 0.05;
  weak.verdict.next_term_fitted = true;
  weak.rows[1].standard_error = 1.5e-3;
  weak.rows[1].samples = 40960;
  weak.rows[0].standard_error.reset(), weak.rows[0].samples.reset(), weak.rows[0].cost.reset();
  weak.rows[1].cost = 1.2288e6;
  r.convergence = {weak, io::example::spatial_study()};
  const auto j = json::parse(io::convergence_json(r));
  EXPECT_EQ(j["weak"]["seed"].get<std::uint64_t>(), 18446744073709551615ULL);
  EXPECT_EQ(j["weak"]["noise"], "three-point");
  EXPECT_EQ(j["weak"]["half_width"], 0.05);
  EXPECT_EQ(j["weak"]["next_term_fitted"], true);
  EXPECT_EQ(j["weak"]["rows"][1]["samples"], 40960);
  EXPECT_EQ(j["weak"]["rows"][1]["standard_error"], 1.5e-3);
  EXPECT_EQ(j["weak"]["rows"][1]["cost"], 1.2288e6);
  for (const char* name : {"seed", "noise", "half_width", "next_term_fitted"})
    EXPECT_FALSE(j["space"].contains(name)) << name;
  for (const char* name : {"standard_error", "samples", "cost"})
    EXPECT_FALSE(j["space"]["rows"][1].contains(name)) << name;
  const auto table = lines(io::convergence_csv(weak));
  EXPECT_EQ(table[0], "step,expectation,error,lower,upper,standard_error,samples,cost");
  EXPECT_TRUE(table[2].ends_with(",0.0015,40960,1228800")) << table[2];
  EXPECT_TRUE(table[1].ends_with(",,,")) << table[1];
}

TEST(SeriesCsv, HasARowForEachTimeAndAColumnForEachSeries) {
  const auto r = io::example::record(2);
  const auto table = lines(io::series_csv(r));
  ASSERT_EQ(table.size(), r.times.size() + 1);
  for (const auto& line : table) EXPECT_EQ(fields(line), fields(table[0]));
  EXPECT_TRUE(table[0].starts_with("time,density.mass,density.minimum,density.relative_entropy,density.x,"));
  for (const char* name : {",particles.x,particles.x.standard_error,", ",exact.x^2,",
                           ",particles_to_stationary.total_variation.exact_sample"})
    EXPECT_NE(table[0].find(name), std::string::npos) << name;
  EXPECT_TRUE(table[2].starts_with("0.25,"));
}

TEST(SeriesCsv, LeavesAFieldEmptyWhereThereIsNoNumber) {
  io::Record r;
  r.times = {0, 1};
  r.exact_observables = {{"a,\"b\"", {{io::example::nan}, {}}}};
  EXPECT_EQ(io::series_csv(r), "time,\"exact.a,\"\"b\"\"\"\n0,\n1,\n");
}

TEST(ConvergenceTables, ShowTheOrderBetweenNeighbours) {
  const auto study = io::example::spatial_study();
  EXPECT_NE(io::convergence_table(study).find("observed order 1.980, interval [1.950, 2.010], promised 2"),
            std::string::npos);
  // e = 0.11 h^2 (1 + h) between h = 6/128 and 6/256: log2(4 (1 + 6/128) / (1 + 6/256)) = 2.03
  EXPECT_NE(io::convergence_table(study).find("2.03\n"), std::string::npos);
  const auto csv = lines(io::convergence_csv(study));
  ASSERT_EQ(csv.size(), 6U);
  EXPECT_EQ(csv[0], "cells,width,error,lower,upper");
  EXPECT_TRUE(csv[1].starts_with("16x16,0.375,"));
}

TEST(ConvergenceTables, ShowNoOrderWhereChanceHidesAnErrorOrItChangesSign) {
  auto study = io::example::weak_study();  // errors -0.3 dt, known to 0.004: the last one is hidden
  EXPECT_EQ(io::pairwise_order(study, 0), "");
  EXPECT_EQ(io::pairwise_order(study, 1), "1.00");
  EXPECT_EQ(io::pairwise_order(study, 4), "");
  auto& row = study.rows[1];
  row.error = -row.error, row.lower = row.error - 0.004, row.upper = row.error + 0.004;
  EXPECT_EQ(io::pairwise_order(study, 1), "");
}

TEST(ConvergenceTables, EscapeWhatLatexWouldTakeForACommand) {
  auto study = io::example::weak_study();
  study.observable = "x^2_a & b%";
  const auto latex = io::convergence_latex(study);
  EXPECT_NE(latex.find(R"(x\^{}2\_a \& b\%)"), std::string::npos);
  EXPECT_NE(latex.find(R"($-6.00\times10^{-2}$)"), std::string::npos);
}

TEST_F(WriteWhole, MakesTheFolderAndReplacesAnOlderFile) {
  io::write_whole(folder / "a/b/file.txt", "old");
  io::write_whole(folder / "a/b/file.txt", "new");
  EXPECT_EQ(read(folder / "a/b/file.txt"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "a/b"), fs::directory_iterator()),
            1);  // nothing beside it
}

TEST_F(WriteWhole, KeepsTheOldFileWhereTheNewOneCannotBeWritten) {
  io::write_whole(folder / "file", "old");
  EXPECT_THROW(io::write_whole(folder / "file" / "below", "new"), io::OutputError);  // a file is no folder
  EXPECT_EQ(read(folder / "file"), "old");
}

TEST_F(WriteWhole, LeavesNothingBehindWhereTheNameIsTaken) {
  fs::create_directories(folder / "taken" / "full");
  try {
    io::write_whole(folder / "taken", "text");
    FAIL() << "a folder was replaced by a file";
  } catch (const io::OutputError& e) {
    EXPECT_NE(std::string(e.what()).find((folder / "taken").string()), std::string::npos);
  }
  EXPECT_TRUE(fs::is_directory(folder / "taken" / "full"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(WriteWhole, SaysThatTheDiskIsFull) {
  // Every write to /dev/full fails with "no space left"; the neighbour of the path is a link to it.
  fs::create_directories(folder);
  io::write_whole(folder / "file", "old");
  fs::create_symlink("/dev/full", folder / ("file.part" + std::to_string(::getpid())));
  EXPECT_THROW(io::write_whole(folder / "file", "new"), io::OutputError);
  EXPECT_EQ(read(folder / "file"), "old");
}

TEST_F(RemoveOutputs, TakesTheNamedFilesAndNoOthers) {
  io::write_whole(folder / "result.json", "old");
  io::write_whole(folder / "mine.txt", "kept");
  io::remove_outputs(folder, {"result.json", "absent.html"});
  EXPECT_FALSE(fs::exists(folder / "result.json"));
  EXPECT_EQ(read(folder / "mine.txt"), "kept");
}

TEST_F(RemoveOutputs, SaysWhatItCannotRemove) {
  fs::create_directories(folder / "result.json" / "full");
  EXPECT_THROW(io::remove_outputs(folder, {"result.json"}), io::OutputError);
}

}  // namespace
