// A table of broken cases: each is refused at the right character, with the right words.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

struct Broken {
  std::string name;
  std::string part, replacement;  ///< of small_case
  std::size_t line, column;
  std::string what, hint;  ///< fragments
};

void PrintTo(const Broken& broken, std::ostream* stream) { *stream << broken.name; }

class BrokenCase : public testing::TestWithParam<Broken> {};

TEST_P(BrokenCase, IsRefusedAtTheCharacterWithAHint) {
  const Broken& broken = GetParam();
  const auto complaints = complaints_of(with(small_case, broken.part, broken.replacement));
  const auto found = std::ranges::find_if(complaints, [&](const Complaint& c) {
    return c.line == broken.line && c.column == broken.column &&
           c.what.find(broken.what) != std::string::npos;
  });
  std::string all;
  for (const Complaint& c : complaints) all += c.text() + "\n";
  ASSERT_NE(found, complaints.end()) << "said:\n" << all;
  EXPECT_NE(found->try_instead.find(broken.hint), std::string::npos) << "said:\n" << all;
}

const std::string potential = "potential = \"(x^2 - a)^2 + y^2\"\ntemperature = 0.25\n";
const std::string gaussian = "gaussian = { mean = [-1, 0], sd = [0.2, 0.2] }";
const std::string drift = "drift = [\"-x\", \"-y\"]\n";
const std::string noise = "noise = [[\"1\", \"0\"], [\"0\", \"1\"]]\n";
const std::string side_x = "x = { lower = -2.5, upper = 2.5, cells = 16 }";

const std::vector<Broken> in_general{
    {"NotToml", "title = ", "title = title = ", 1, 10, "Error while parsing", "quotes"},
    {"KeyTwice", "[process]", "title = \"b\"\n[process]", 2, 9, "redefine", "toml.io"},
    {"UnknownSection", "[particles]", "[particle]", 15, 2, "unknown key particle", "particles"},
    {"UnknownKey", "count =", "cuont =", 16, 1, "unknown key cuont in particles", "did you mean count?"},
    {"ShortenedKey", "temperature", "temp", 6, 1, "unknown key temp", "temperature"},
    {"KeyOfAnotherSection", "title", "seed", 1, 1, "unknown key seed", "there is particles.seed"},
    {"DottedKey", "title", "\"time.end\"", 1, 1, "unknown key", "dots"},
    {"SectionOfWrongType", "[converge]", "[output]\nvtk = 1\n[converge]", 21, 7,
     "output.vtk must be true or false", "true"},
    {"TextForNumber", "end = 10.0", "end = \"ten\"", 13, 7, "time.end must be a number, and is text", "0.5"},
    {"NumberForText", "\"A small case\"", "3", 1, 9, "title must be text", "text"},
    {"NotFinite", "end = 10.0", "end = inf", 13, 7, "not finite", "0.5"},
    {"MissingSection", "[initial]\n" + gaussian + "\n", "", 1, 1, "there is no [initial]",
     "add a table [initial]"},
    {"MissingKey", "end = 10.0\n", "", 12, 1, "time lacks end", "end ="},
};

const std::vector<Broken> in_the_process{
    {"RotationNotAntisymmetric", "temperature = 0.25", "temperature = 0.25\nrotation = [[0, 1], [1, 0]]", 7,
     22, "process.rotation is not antisymmetric: 1 in row 2 column 1", "J_ij = -J_ji"},
    {"RotationWithADiagonal", "temperature = 0.25", "temperature = 0.25\nrotation = [[0.5, 1], [-1, 0]]", 7,
     14, "entry 1 on the diagonal of process.rotation is 0.5", "J_ij = -J_ji"},
    {"RotationOfAnotherSize", "temperature = 0.25", "temperature = 0.25\nrotation = [[0]]", 7, 12,
     "process.rotation has 1 rows for 2 variables", "matrix"},
    {"RotationThatVaries", "temperature = 0.25", "temperature = 0.25\nrotation = \"1 + x\"", 7, 17,
     "process.rotation must be constant, and depends on x", "numbers"},
    {"RotationBesideADrift", potential, drift + noise + "rotation = 1\n", 7, 1, "rotation", "give potential"},
    {"NameOfAFunction", "[\"x\", \"y\"]", "[\"x\", \"sin\"]", 3, 19, "sin has a meaning", "choose a name"},
    {"NameOfTime", "[\"x\", \"y\"]", "[\"x\", \"t\"]", 3, 19, "t is the time", "choose a name"},
    {"NameThatIsNone", "[\"x\", \"y\"]", "[\"x\", \"2y\"]", 3, 19, "no name that a formula can use",
     "letters"},
    {"NameTwice", "[\"x\", \"y\"]", "[\"x\", \"x\"]", 3, 19, "x is a variable already", "another"},
    {"ParameterLikeAVariable", "{ a = 1.0 }", "{ a = 1.0, y = 2 }", 4, 25, "y is a variable already",
     "another"},
    {"ParameterThatIsNoNumber", "a = 1.0", "a = \"1\"", 4, 20, "must be a number", "0.5"},
    {"UnknownNameInAFormula", "+ y^2\"", "+ yy^2\"", 5, 28, "unknown name 'yy'", "x, y"},
    {"TypoInAFormula", "{ a = 1.0 }", "{ alpha = 1.0, a = 1 }\ndefinitions = { u = \"2*alpa\" }", 5, 24,
     "unknown name 'alpa'", "alpha"},
    {"SyntaxOfAFormula", "(x^2 - a)^2 + y^2", "(x^2 - a^2 + y^2", 5, 30, "in process.potential", ""},
    {"FormulaOverSeveralLines", "\"(x^2 - a)^2 + y^2\"", "\"\"\"\n(x^2 - a)^2\n + z^2\"\"\"", 7, 4,
     "unknown name 'z'", "x, y"},
    {"CircularDefinitions", "parameters = { a = 1.0 }",
     "parameters = { a = 1.0 }\ndefinitions = { u = \"1 + v\", v = \"u\" }", 5, 35, "round in a circle",
     "without"},
    {"TimeInThePotential", "+ y^2\"", "+ t*y^2\"", 5, 28, "may not depend on the time", "drift and noise"},
    {"PlaceInTheTemperature", "temperature = 0.25", "temperature = \"1 + t*x\"", 6, 15, "depends on x",
     "drift and noise"},
    {"TemperatureThatFallsToZero", "temperature = 0.25", "temperature = \"1 - t/5\"", 6, 15,
     "process.temperature is 0 at t = 5", "above 0 from 0 to time.end"},
    {"ConventionUnknown", potential, drift + noise + "noise_convention = \"strato\"\n", 7, 20,
     "process.noise_convention cannot be \"strato\"", "stratonovich"},
    {"ConventionBesideAPotential", "temperature = 0.25\n", "temperature = 0.25\nnoise_convention = \"ito\"\n",
     7, 1, "noise_convention", "give potential"},
    {"NegativeTemperature", "temperature = 0.25", "temperature = -0.25", 6, 15, "cannot be -0.25", "above 0"},
    {"ZeroTemperatureByFormula", "temperature = 0.25", "temperature = \"a - 1\"", 6, 15, "cannot be 0",
     "above 0"},
    {"NoWay", potential, "", 2, 1, "neither", "potential and temperature, or drift and noise"},
    {"PotentialAlone", "temperature = 0.25\n", "", 2, 1, "potential but no temperature",
     "potential and temperature"},
    {"DriftAlone", potential, drift, 2, 1, "drift but no noise", "drift and noise"},
    {"TwoWays", "temperature = 0.25\n", "temperature = 0.25\n" + drift, 7, 1,
     "does not go with process.potential", "or drift and noise"},
    {"StationaryBesideAPotential", "temperature = 0.25\n", "temperature = 0.25\nstationary = \"exp(-x^2)\"\n",
     7, 1, "stationary does not go", "leave it out"},
    {"TooFewDrifts", potential, "drift = [\"-x\"]\n" + noise, 5, 9, "1 formulas for 2 variables",
     "one formula for each"},
    {"TooFewRowsOfNoise", potential, drift + "noise = [[\"1\"]]\n", 6, 9, "1 rows for 2 variables", "2 rows"},
    {"RowsOfUnequalLength", potential, drift + "noise = [[\"1\", \"0\"], [\"1\"]]\n", 6, 22,
     "row 2 of process.noise", "rows"},
    {"FlatNoise", potential, drift + "noise = [\"1\", \"0\"]\n", 6, 10, "must be a list of formulas", "[\""},
    {"PoleInTheDomain", potential, "drift = [\"-x\", \"log(y)\"]\n" + noise, 5, 16,
     "entry 2 of process.drift is nan", "narrow"},
    {"FourDimensions", "[\"x\", \"y\"]", "[\"x\", \"y\", \"z\", \"w\"]", 7, 1, "no side for z", "z ="},
    {"MissingDataFile", potential,
     "data = { file = \"none.csv\", columns = { b = \"b\" } }\nloss = \"b*x\"\ntemperature = 1\n", 5, 17,
     "cannot read the data file", "folder"},
    {"LossWithoutData", potential, "loss = \"x\"\ntemperature = 1\n", 2, 1, "no data",
     "data, loss and temperature"},
    {"ChebyshevWithoutAPotential", potential, drift + noise + "[density]\npropagator = \"chebyshev\"\n", 8,
     14, "needs detailed balance", "auto"},
    {"FaceWeightsWithoutAPotential", potential, drift + noise + "[density]\nflux = \"blended\"\n", 8, 8,
     "weighs faces by a potential", "hybrid"},
    {"DriftFluxOfMixedNoise", potential,
     drift + "noise = [[\"1\", \"0.3\"], [\"0\", \"1\"]]\n[density]\nflux = \"bernoulli\"\n", 8, 8,
     "the flux bernoulli knows no noise that mixes variables", "auto or hybrid"},
    {"MixedNoiseOnJumpingCells", potential + "[domain]\n" + side_x,
     drift + "noise = [[\"1\", \"0.3\"], [\"0\", \"1\"]]\n[domain]\nx = { edges = [-2.5, -1, 0.5, 1, 2.5] }",
     8, 15, "by a factor 3 from one", "clustering"},
    {"UnknownFlux", "[particles]", "[density]\nflux = \"upwind\"\n[particles]", 16, 8, "upwind", "bernoulli"},
    {"UnknownFluxToCompare", "[converge]\n", "[converge]\nfluxes = [\"blended\", \"upwind\"]\n", 21, 22,
     "no flux called upwind", "chang-cooper"},
    {"ExtrapolationOfAnOddNumberOfCells", "[domain]\n" + side_x,
     "[density]\nextrapolate = true\n[domain]\nx = { lower = -2.5, upper = 2.5, cells = 15 }", 10, 42, "odd",
     "even number"},
    {"ExtrapolationWithoutNoise", potential,
     drift + "noise = [[\"1\", \"0\"], [\"0\", \"0\"]]\n[density]\nextrapolate = true\n", 8, 15, "noise",
     "more cells"},
    {"ChebyshevOnAFluxOfTheDrift", "[particles]",
     "[density]\nflux = \"bernoulli\"\npropagator = \"chebyshev\"\n[particles]", 17, 14,
     "needs detailed balance", "auto"},
    {"ColumnLikeAVariable", potential,
     "data = { file = \"none.csv\", columns = { x = \"b\" } }\nloss = \"x\"\ntemperature = 1\n", 5, 41,
     "x names a column and something else", "another"},
};

const std::vector<Broken> elsewhere{
    {"EmptyDomain", "upper = 2.5", "upper = -2.5", 8, 29, "not above lower", "exchange"},
    {"ZeroCells", "cells = 16", "cells = 0", 8, 42, "cannot be 0", "from 2"},
    {"HugeCells", "cells = 16", "cells = 1_000_000", 8, 42, "cannot be", "65536"},
    {"CellsBeyondDoubles", "cells = 16", "cells = 9223372036854775807", 8, 42, "cannot be 9.22", "65536"},
    {"HugeGrid", side_x + "\ny = { lower = -2.5, upper = 2.5, cells = 16 }",
     "x = { lower = 0, upper = 1, cells = 65000 }\ny = { lower = 0, upper = 1, cells = 65000 }", 7, 1,
     "cells", "below"},
    {"FractionOfACell", "cells = 16", "cells = 1.5", 8, 42, "whole number", "100"},
    {"AutoMisspelt", side_x, "x = { lower = \"atuo\", upper = 2.5, cells = 16 }", 8, 16, "unknown name", ""},
    {"AutoOnARing", side_x, "x = { lower = \"auto\", upper = 2.5, cells = 16, boundary = \"periodic\" }", 8,
     15, "domain.x.lower cannot be \"auto\" where the face is periodic", "say where it is"},
    {"AutoWithoutConfinement", "+ y^2\"\ntemperature = 0.25\n[domain]\n" + side_x,
     "- y\"\ntemperature = 0.25\n[domain]\nx = { lower = \"auto\", upper = 2.5, cells = 16 }", 7, 2,
     "the potential confines the process to no box", "give lower and upper"},
    {"MissingEnd", "lower = -2.5, upper = 2.5, cells = 16", "upper = 2.5, cells = 16", 8, 5,
     "domain.x lacks lower", "edges"},
    {"ClusterOutside", side_x, "x = { lower = -2.5, upper = 2.5, cells = 16, clustering = { at = 3 } }", 8,
     66, "domain.x.clustering.at = 3 is outside [-2.5, 2.5]", "between"},
    {"ClusterWithoutAPlace", side_x,
     "x = { lower = -2.5, upper = 2.5, cells = 16, clustering = { strength = 3 } }", 8, 59,
     "domain.x.clustering lacks at", "at ="},
    {"ClusterTooStrong", side_x,
     "x = { lower = -2.5, upper = 2.5, cells = 16, clustering = { at = 0, strength = 21 } }", 8, 80,
     "domain.x.clustering.strength cannot be 21", "above 0 and at most 20"},
    {"EdgesThatDoNotIncrease", side_x, "x = { edges = [-2.5, 0, -1, 2.5] }", 8, 25,
     "edge -1 does not come after 0", "increasing"},
    {"EdgesTooFew", side_x, "x = { edges = [-2.5, 2.5] }", 8, 15, "domain.x.edges has 2 entries",
     "at least 3"},
    {"EdgesAgainstCells", side_x, "x = { edges = [-2.5, 0, 2.5], cells = 16 }", 8, 39,
     "domain.x.cells = 16, but by its edges it is 2", "leave cells out"},
    {"EdgesAgainstUpper", side_x, "x = { edges = [-2.5, 0, 2.5], upper = 3 }", 8, 39,
     "domain.x.upper = 3, but by its edges it is 2.5", "leave upper out"},
    {"EdgesAndClustering", side_x, "x = { edges = [-2.5, 0, 2.5], clustering = { at = 0 } }", 8, 31,
     "domain.x has both edges and clustering", "keep one"},
    {"MissingCells", ", cells = 16", "", 8, 5, "lacks cells", "density.enabled = false"},
    {"UnknownBoundary", "cells = 16", "cells = 16, boundary = \"reflectin\"", 8, 57,
     "cannot be \"reflectin\"", "\"reflecting\""},
    {"PeriodicOnOneFace", "cells = 16", "cells = 16, lower_boundary = \"periodic\"", 8, 5, "one face only",
     "boundary = \"periodic\""},
    {"BoundarySaidTwice", "cells = 16", "cells = 16, boundary = \"periodic\", lower_boundary = \"periodic\"",
     8, 69, "both boundary and", "keep"},
    {"SideOfAStranger", side_x, side_x + "\nyx_ = { lower = 0, upper = 1 }", 9, 1, "yx_ is no variable",
     "the variables are x, y"},
    {"MissingSide", side_x + "\n", "", 7, 1, "no side for x", "x = {"},
    {"BoundThatVaries", "upper = 2.5", "upper = \"2*y\"", 8, 32, "depends on y", "parameters"},
    {"NotPeriodicPotential", "lower = -2.5, upper = 2.5, cells = 16",
     "lower = -2, upper = 2.5, cells = 16, boundary = \"periodic\"", 5, 13, "one end of the periodic side x",
     "drift and noise"},
    {"NoInitialLaw", gaussian, "", 10, 1, "names no law", "exactly one"},
    {"TwoInitialLaws", gaussian, gaussian + "\npoint = [0, 0]", 10, 1, "gaussian and point", "exactly one"},
    {"MeanOfWrongLength", "mean = [-1, 0]", "mean = [-1, 0, 0]", 11, 21, "has 3 entries", "give 2"},
    {"MeanOutside", "mean = [-1, 0]", "mean = [-3, 0]", 11, 21, "x = -3, outside", "widen"},
    {"ZeroSd", "sd = [0.2, 0.2]", "sd = [0.2, 0]", 11, 41, "cannot be 0", "from 1e-100"},
    {"DenormalSd", "sd = [0.2, 0.2]", "sd = [0.2, 1e-300]", 11, 41, "cannot be 1e-300", "from 1e-100"},
    {"SdAndCovariance", "sd = [0.2, 0.2]", "sd = [0.2, 0.2], covariance = [[1, 0], [0, 1]]", 11, 12,
     "both sd and covariance", "sd = "},
    {"NeitherSdNorCovariance", ", sd = [0.2, 0.2]", "", 11, 12, "lacks sd", "covariance"},
    {"IndefiniteCovariance", "sd = [0.2, 0.2]", "covariance = [[0.01, 0.02], [0.02, 0.01]]", 11, 43,
     "positive definite", "between -1 and 1"},
    {"AsymmetricCovariance", "sd = [0.2, 0.2]", "covariance = [[0.01, 0.001], [0.002, 0.01]]", 11, 43,
     "symmetric", "mirror"},
    {"WideCovariance", "sd = [0.2, 0.2]", "covariance = [[1, 0.5], [0.5, 1]]", 11, 43, "outside the domain",
     "widen"},
    {"PointOutside", gaussian, "point = [0, 2.6]", 11, 9, "y = 2.6, outside", "inside"},
    {"EmptyUniform", gaussian, "uniform = { lower = [0, 0], upper = [1, 0] }", 11, 37, "empty in y",
     "above lower"},
    {"NegativeDensity", gaussian, "density = \"x\"", 11, 11, "no density", "nowhere negative"},
    {"ZeroDensity", gaussian, "density = \"0*x\"", 11, 11, "no density", "somewhere positive"},
    {"OneTime", "observe = 5", "observe = 1", 14, 11, "cannot be 1", "from 2"},
    {"TimesThatDecrease", "observe = 5", "observe = [1, 3, 2]", 14, 18, "time 2 does not come after 3",
     "increasing"},
    {"TimeAfterTheEnd", "observe = 5", "observe = [1, 30]", 14, 15, "after time.end", "raise"},
    {"NegativeCount", "count = 200_000", "count = -1", 16, 9, "cannot be -1", "from 2"},
    {"UnknownScheme", "count = 200_000", "scheme = \"euler\"", 16, 10, "cannot be \"euler\"",
     "euler-maruyama"},
    {"SchemeNotMadeForTheProcess", "count = 200_000", "scheme = \"baoab\"", 16, 10,
     "every variable has noise", "leimkuhler-matthews"},
    {"NoiseThatASchemeCannotTake", "count = 200_000", "scheme = \"mala\"\nnoise = \"two-point\"", 17, 9,
     "wants normal increments", "leave"},
    {"StepLongerThanTheRun", "count = 200_000", "step = 11", 16, 8, "longer than the run", "shorter"},
    {"TinyStep", "count = 200_000", "step = 1e-12", 16, 8, "steps of the run", "at least"},
    {"TimeInAnObservable", "\"x > 0\"", "\"x > t\"", 18, 19, "time", "function of the state"},
    {"FewSteps", "[0.2, 0.1, 0.05]", "[0.2, 0.1]", 21, 9, "no order", "at least 3"},
    {"StepsThatAreOne", "[0.2, 0.1, 0.05]", "[0.2, 0.1, 0.06, 0.0599]", 21, 9, "both make 167",
     "differ by more"},
    {"TinyStepsOfALadder", "[0.2, 0.1, 0.05]", "[0.2, 0.1, 1e-12]", 21, 9, "the shortest of converge.steps",
     "at least"},
    {"BudgetBelowTheFirstBatches", "[converge]\n", "[converge]\nbudget = 1\n", 21, 10, "first batch",
     "larger"},
    {"SchemeComparedTwice", "[converge]\n",
     "[converge]\nmethod = \"operator\"\nschemes = [\"platen-weak-2\", \"platen-weak-2\"]\n", 22, 29,
     "listed twice", "leave one"},
    {"ExtrapolationOfTwoPoints", "count = 200_000", "extrapolate = true\nnoise = \"two-point\"", 16, 15,
     "do not add up to one", "normal"},
    {"StepsThatGrow", "[0.2, 0.1, 0.05]", "[0.05, 0.1, 0.2]", 21, 9, "do not decrease", "longest"},
    {"UnknownObservable", "observable = \"second_moment\"", "observable = \"second_momet\"", 22, 14,
     "no observable", "second_moment"},
    {"WeakStudyWithoutParticles", "[particles]\ncount = 200_000\n", "", 19, 9, "no [particles]", "add"},
    {"FewGrids", "[converge]\n", "[converge]\nrefinements = 2\n", 21, 15, "cannot be 2", "from 3"},
    {"NothingToCompute", "[particles]\ncount = 200_000\n", "[density]\nenabled = false\n", 16, 11,
     "neither density nor particles", "[particles]"},
    {"LooseTolerance", "[particles]\n", "[density]\ntolerance = 1.0\n[particles]\n", 16, 13, "cannot be 1",
     "from 1e-14"},
};

const std::string outputs = "[observables]";
const std::vector<Broken> in_the_passage{
    {"NothingToPassInto", outputs, "[passage]\nstart = [-1, 0]\n" + outputs, 17, 1, "nothing to pass into",
     "target ="},
    {"TargetWithoutCells", outputs, "[passage]\ntarget = \"x > 2.49\"\n" + outputs, 18, 10,
     "passage.target holds the centre of no cell", "more cells"},
    {"TargetEverywhere", outputs, "[passage]\ntarget = \"x > -3\"\n" + outputs, 18, 10, "no cell", "narrow"},
    {"TargetNoSet", outputs, "[passage]\ntarget = \"x\"\n" + outputs, 18, 10, "passage.target is no set",
     "compare"},
    {"TargetWithTime", outputs, "[passage]\ntarget = \"x > t\"\n" + outputs, 18, 15,
     "may not depend on the time", "leave t out"},
    {"TargetOfUnknown", outputs, "[passage]\ntarget = \"x > q\"\n" + outputs, 18, 15, "q", "known names"},
    {"SetsOverlap", outputs, "[passage]\ntarget = \"x > 0\"\nsource = \"y < 0\"\n" + outputs, 19, 10,
     "source and target overlap at x =", "apart"},
    {"SourceAlone", outputs, "[passage]\nsource = \"y < 0\"\n" + outputs, 18, 10, "no passage.target",
     "target"},
    {"StartInTarget", outputs, "[passage]\nstart = [1, 0]\ntarget = \"x > 0\"\n" + outputs, 18, 9,
     "lies inside passage.target", "outside"},
    {"StartSetInTarget", outputs, "[passage]\nstart = \"x > 1\"\ntarget = \"x > 0\"\n" + outputs, 18, 9,
     "inside the target", "outside"},
    {"StartOutside", outputs, "[passage]\nstart = [-3, 0]\ntarget = \"x > 0\"\n" + outputs, 18, 9,
     "outside the domain", "widen"},
    {"StartTooShort", outputs, "[passage]\nstart = [-1]\ntarget = \"x > 0\"\n" + outputs, 18, 9, "1 entries",
     "one for each"},
    {"StartNeither", outputs, "[passage]\nstart = 3\ntarget = \"x > 0\"\n" + outputs, 18, 9,
     "must be a point or a set", "[-1, 0]"},
    {"TimesDecrease", outputs, "[passage]\ntarget = \"x > 0\"\ntimes = [1, 0.5]\n" + outputs, 19, 9,
     "do not increase", "increasing"},
    {"OneTime", outputs, "[passage]\ntarget = \"x > 0\"\ntimes = 1\n" + outputs, 19, 9, "cannot be 1",
     "from 2"},
};

const auto name_of = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(InGeneral, BrokenCase, testing::ValuesIn(in_general), name_of);
INSTANTIATE_TEST_SUITE_P(InTheProcess, BrokenCase, testing::ValuesIn(in_the_process), name_of);
INSTANTIATE_TEST_SUITE_P(InThePassage, BrokenCase, testing::ValuesIn(in_the_passage), name_of);
INSTANTIATE_TEST_SUITE_P(Elsewhere, BrokenCase, testing::ValuesIn(elsewhere), name_of);

TEST(RefusedCase, SaysEverythingThatIsWrongInTheOrderOfTheFile) {
  std::string text = with(small_case, "temperature = 0.25", "temperature = -1");
  text = with(text, "count =", "cuont =");
  text = with(text, "+ y^2", "+ q^2");
  text = with(text, "upper = 2.5", "upper = -3");
  std::vector<std::size_t> lines;
  for (const Complaint& c : complaints_of(text)) lines.push_back(c.line);
  EXPECT_EQ(lines, (std::vector<std::size_t>{5, 6, 8, 16}));
}

TEST(RefusedCase, ReadsAsFileLineColumnWhatAndTry) {
  const auto complaints = complaints_of(with(small_case, "temperature = 0.25", "temperature = -1"));
  ASSERT_EQ(complaints.size(), 1U);
  const Complaint& c = complaints.front();
  EXPECT_EQ(c.text(), c.file + ":6:15: process.temperature cannot be -1; give a number above 0");
  EXPECT_TRUE(c.file.ends_with("case.toml"));
}

TEST(RefusedCase, NamesTheColumnThatAFileLacks) {
  const TemporaryFile rows("height,weight\n1,2\n3,4\n", "rows.csv");
  const auto complaints = complaints_of(with(small_case, potential,
                                             "data = { file = \"rows.csv\", columns = { h = \"heigth\" } "
                                             "}\nloss = \"(h - x)^2 + y^2\"\ntemperature = 1\n"));
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints.front().line, 5U);
  EXPECT_EQ(complaints.front().column, 45U);
  EXPECT_NE(complaints.front().what.find("no column heigth"), std::string::npos);
  EXPECT_EQ(complaints.front().try_instead, "did you mean height?");
}

struct BrokenData {
  std::string data;  ///< what stands behind file and columns
  std::size_t line, column;
  std::string what, try_instead;
};

TEST(RefusedCase, SaysWhichRowsOrDerivedColumnIsWrong) {
  const TemporaryFile rows("height,weight\n1,2\n3,4\n", "rows.csv");
  const std::vector<BrokenData> broken{
      {"rows = \"h > 5\"", 9, 8, "none of the 2 rows", "before standardising"},
      {"rows = \"u > 5\"", 9, 9, "u", "h"},
      {"rows = \"x > 5\"", 9, 9, "x", "h"},  // a variable is no property of a row
      {"derived = { z = \"log(h - 1)\" }", 9, 17, "column z is -inf in row 1", "process.data.rows"},
      {"derived = { z = { formula = \"h - 1 +\" } }", 9, 37, "process.data.derived.z.formula", ""},
      {"derived = { z = { formula = \"h*0\", standardise = true } }", 9, 17, "same value in every row",
       "leave standardise out"},
      {"derived = { h = \"1\" }", 9, 13, "h is a column already", "another"},
      {"derived = { y = \"1\" }", 9, 13, "y names a column and something else", "another"},
      {"derived = { z = true }", 9, 17, "formula in quotes or a table", "log(x)"}};
  for (const auto& b : broken) {
    const auto complaints = complaints_of(
        with(small_case, potential,
             "loss = \"(h - x)^2 + y^2\"\ntemperature = 1\n[process.data]\nfile = \"rows.csv\"\n" + b.data +
                 "\ncolumns = { h = \"height\" }\n"));
    ASSERT_EQ(complaints.size(), 1U) << b.data;
    const auto& c = complaints.front();
    EXPECT_EQ(c.line, b.line) << b.data << ": " << c.text();
    EXPECT_EQ(c.column, b.column) << b.data << ": " << c.text();
    EXPECT_NE(c.text().find(b.what), std::string::npos) << c.text();
    EXPECT_NE(c.try_instead.find(b.try_instead), std::string::npos) << c.text();
  }
}

TEST(RefusedCase, DoesNotBlameThoseWhoUseABrokenDefinition) {
  const auto complaints = complaints_of(
      with(small_case, potential, "definitions = { u = \"q\" }\npotential = \"u + x^2\"\ntemperature = 1\n"));
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints.front().line, 5U);
}

}  // namespace
}  // namespace fpk::io
