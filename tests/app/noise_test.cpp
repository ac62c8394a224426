// fpk noise as its user runs it, on a table whose every figure is known, and its draws with errors planted.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "parallel/threads.hpp"
#include "sde/sgd/batch_gradients.hpp"
#include "shell.hpp"
#include "verification/covariance_agreement.hpp"
#include "verification/gaussianity/mean_law.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// Eight rows of loss (u - y)^2/2 + (v - z)^2 and a regulariser. The gradient of a row is (u - y + u^3, 2 v - 2 z).
constexpr const char* rows = "y,z\n0,1\n0,2\n0,1\n0,0\n0,1\n0,2\n1,0\n3,1\n";

std::string noise_case(const std::string& more = "") {
  return R"(title = "Eight rows"
[process]
variables = ["u", "v"]
data = { file = "rows.csv", columns = { y = "y", z = "z" } }
loss = "(u - y)^2/2 + (v - z)^2"
regulariser = "u^4/4"
[sgd]
learning_rate = 0.25
batch = 2
sampling = "without-replacement"
replicas = 0
[domain]
u = { lower = -2, upper = 2, cells = 10 }
v = { lower = -1, upper = 3, cells = 6 }
[initial]
gaussian = { mean = [-1, 2], sd = [0.1, 0.1] }
[time]
end = 10
observe = 3
[noise]
points = 3
samples = 4000
batches = [1, 2, 4, 8, 16]
directions = ["u", "noise"]
replicates = 40
)" + more;
}

/// Of all eight rows at most.
std::string smaller(std::string text) {
  const std::string sixteen = ", 16]";
  return text.replace(text.find(sixteen), sixteen.size(), "]");
}

std::filesystem::path folder_with_case(const std::string& name, const std::string& text) {
  const auto folder = fresh_folder(name);
  write(folder / "rows.csv", rows);
  write(folder / "case.toml", text);
  return folder;
}

/// The names of all objects in a document.
void collect(const nlohmann::json& json, std::set<std::string>& names) {
  if (!json.is_structured()) return;
  for (const auto& [key, value] : json.items()) {
    if (json.is_object()) names.insert(key);
    collect(value, names);
  }
}

/// mean of y 1/2, of squares 10/8: variance 1. Cubes of the deviations: (6 (-1/8) + 1/8 + 125/8)/8 = 15/8; the gradient has -y.
TEST(Noise, GivesTheFiguresOfEightRowsExactly) {
  const auto folder = folder_with_case("noise", smaller(noise_case()));
  const auto result = answer("noise", folder, "out", "");
  EXPECT_EQ(result["rows"], 8);
  ASSERT_EQ(result["points"].size(), 3U);
  const auto& first = result["points"].front();
  EXPECT_NEAR(first["at"][0].get<double>(), -1, 1e-12);
  EXPECT_NEAR(first["gradient"][0].get<double>(), -1 - 0.5 - 1, 1e-12);
  EXPECT_NEAR(first["gradient"][1].get<double>(), 2 * (2 - 1.0), 1e-12);
  EXPECT_NEAR(first["covariance"][0][0].get<double>(), 1, 1e-12);
  EXPECT_NEAR(first["covariance"][1][1].get<double>(), 4 * 0.5,
              1e-12);  // z: (1, 0, 1, 1, 1, 0 ...) about 1, variance 1/2
  EXPECT_NEAR(first["covariance"][0][1].get<double>(), 2 * -0.125, 1e-12);  // 2 cov(y, z) = 2 (3/8 - 1/2)
  EXPECT_NEAR(first["hessian"][0][0].get<double>(), 1 + 3, 1e-12);
  EXPECT_NEAR(first["hessian"][1][1].get<double>(), 2, 1e-12);
  EXPECT_NEAR(first["trace"].get<double>(), 3, 1e-12);
  EXPECT_EQ(first["rank"], 2);
  EXPECT_NEAR(first["alignment"].get<double>(), (4 + 4) / (std::sqrt(1 + 4 + 2 * 0.0625) * std::sqrt(16 + 4)),
              1e-12);
  EXPECT_NEAR(first["temperature"].get<double>(), 0.25 * (6.0 / 7) * 3 / (2 * 2 * 2),
              1e-12);  // eta c tr Sigma/(2 b d)
  const auto& u = first["directions"][0];
  EXPECT_EQ(u["name"], "u");
  EXPECT_NEAR(u["skewness"].get<double>(), -1.875, 1e-12);
  EXPECT_NEAR(u["third_absolute_moment"].get<double>(), (6 * 0.125 + 0.125 + 15.625) / 8, 1e-12);
  EXPECT_NEAR(u["lattice_span"].get<double>(), 1, 1e-12);
  const auto& last = result["points"].back();
  EXPECT_NEAR(last["gradient"][0].get<double>(), 0, 1e-6);  // u + u^3 = 1/2
}

TEST(Noise, FindsTheLawOfOneOverBWithAndWithoutReplacement) {
  const auto folder = folder_with_case("noise-law", smaller(noise_case()));
  const auto result = answer("noise", folder, "out", "");
  std::size_t checked = 0;
  for (const auto& point : result["points"])
    for (const auto& sampling : point["samplings"])
      for (const auto& batch : sampling["batches"]) {
        const double b = batch["batch"], c = sampling["sampling"] == "with-replacement" ? 1 : (8 - b) / 7;
        EXPECT_NEAR(batch["factor"].get<double>(), c / b, 1e-15);
        EXPECT_NEAR(batch["expected_trace"].get<double>(), 3 * c / b, 1e-12);
        EXPECT_NEAR(batch["trace"].get<double>(), 3 * c / b,
                    5 * batch["trace_standard_error"].get<double>() + 1e-15);
        ++checked;
      }
  EXPECT_EQ(checked, 3U * 2 * 4);
  const auto& without = result["points"][0]["samplings"][1]["batches"].back();  // all rows: no noise at all
  EXPECT_LT(without["trace"].get<double>(), 1e-28);
  EXPECT_TRUE(without["directions"].empty());
  const auto& exponent = result["points"][0]["samplings"][0]["exponent"];
  EXPECT_LE(exponent["interval"][0].get<double>(), -1 + 0.02);
  EXPECT_GE(exponent["interval"][1].get<double>(), -1 - 0.02);
}

TEST(Noise, KnowsTheExactLawOfABatch) {
  const auto folder = folder_with_case("noise-exact", smaller(noise_case()));
  const auto result = answer("noise", folder, "out", "");
  const std::vector<double> g{0, 0, 0, 0, 0, 0, -1, -3};
  for (const auto& sampling : result["points"][1]["samplings"])
    for (const auto& batch : sampling["batches"]) {
      if (batch["directions"].empty()) continue;
      const bool with_replacement = sampling["sampling"] == "with-replacement";
      const auto D = verification::distance_of_mean(g, batch["batch"].get<std::size_t>(), with_replacement);
      ASSERT_TRUE(D);
      const auto& along_u = batch["directions"][0];
      EXPECT_NEAR(along_u["exact_distance"].get<double>(), D->value,
                  2e-8);  // the same numbers moved by u, rounded
      EXPECT_NEAR(along_u["kolmogorov"]["statistic"].get<double>(), D->value, 0.05);  // 3/sqrt(4000)
      EXPECT_LT(along_u["kolmogorov"]["p_value"].get<double>(), 1e-6);  // eight rows are not normal
    }
}

TEST(Noise, NamesAreAllInItsPage) {
  const auto folder = folder_with_case("noise-names", smaller(noise_case()));
  std::set<std::string> names;
  collect(answer("noise", folder, "out", ""), names);
  const auto page = read(std::filesystem::path(places::source) / "docs/noise-diagnostics.md");
  EXPECT_GT(names.size(), 60U);
  for (const auto& name : names) EXPECT_NE(page.find("`" + name + "`"), std::string::npos) << name;
  EXPECT_NE(read(folder / "out/noise.html").find("Noise of the gradient"), std::string::npos);
  const auto fields = read(folder / "out/noise.vti");
  EXPECT_NE(fields.find("Name=\"covariance\" NumberOfComponents=\"9\""), std::string::npos);
}

TEST(Noise, IsTheSameOnAnyNumberOfThreadsAndProcesses) {
  const auto folder = folder_with_case("noise-same", smaller(noise_case()));
  auto one = answer("noise", folder, "one", "--threads 1"),
       three = answer("noise", folder, "three", "--threads 3"),
       two = answer("noise", folder, "two", "", true);
  for (auto* r : {&one, &two, &three}) r->erase("seconds");
  EXPECT_EQ(one, three);
  EXPECT_EQ(one, two);
}

TEST(Noise, TakesAListedPathAndOneParameter) {
  const auto folder = folder_with_case("noise-line", R"([process]
variables = ["u"]
data = { file = "rows.csv", columns = { y = "y" } }
loss = "(u - y)^2/2"
temperature = 0.1
[domain]
u = { lower = -2, upper = 2, cells = 10 }
[initial]
gaussian = { mean = [0], sd = [0.1] }
[time]
end = 1
[noise]
path = [[-1.5], [0.5], ["1/4"]]
samples = 1000
)");
  const auto result = answer("noise", folder, "out", "");
  ASSERT_EQ(result["points"].size(), 3U);
  EXPECT_TRUE(result["points"][1]["time"].is_null());
  EXPECT_EQ(result["points"][1]["path_length"], 2);
  EXPECT_EQ(result["points"][2]["path_length"], 2.25);
  EXPECT_TRUE(result["points"][0]["temperature"].is_null());  // no [sgd]
  EXPECT_EQ(result["points"][0]["directions"].size(), 1U);
  EXPECT_EQ(result["points"][0]["samplings"][0]["batches"].size(), 3U);  // 1, 2, 4: half of eight rows
  EXPECT_NEAR(result["points"][0]["condition"].get<double>(), 1, 1e-15);
}

TEST(Noise, RefusesWhatIsNoBatchNoDirectionAndNoLoss) {
  const auto refused = [](const std::string& name, const std::string& text, const std::string& words) {
    const auto outcome = fpk("noise " + (folder_with_case(name, text) / "case.toml").string());
    EXPECT_EQ(outcome.status, 65);
    EXPECT_NE(outcome.output.find(words), std::string::npos) << outcome.output;
  };
  refused("noise-batch", noise_case(), "case.toml:23:11: a batch of 16 different rows of 8; give at most 8");
  auto text = smaller(noise_case());
  text.replace(text.find("\"u\", \"noise\""), 12, "\"u\", \"w\"");
  refused("noise-direction", text, "names w, which is no direction; take from u, v, noise, hessian");
  refused("noise-loss", small_case(), "does not come from a loss on data");
  refused("noise-section", small_case("[noise]\nsamples = 1000\n"),
          "[noise] is of the gradients of a loss on data");
}

/// Rows of two coordinates, correlated and skewed.
Eigen::MatrixXd rows_of_gradients() {
  Eigen::MatrixXd g(40, 2);
  for (Eigen::Index k = 0; k < 40; ++k)
    g.row(k) << std::exp(0.07 * static_cast<double>(k)),
        std::sin(static_cast<double>(k)) + 0.05 * static_cast<double>(k);
  return g;
}

double largest_z(const Eigen::MatrixXd& draws, double factor) {
  const auto g = rows_of_gradients();
  const Eigen::VectorXd mean = g.colwise().mean();
  const Eigen::MatrixXd x = g.rowwise() - mean.transpose();
  const auto a = verification::covariance_agreement(draws, mean, x.transpose() * x / 40, factor);
  return std::max(*std::ranges::max_element(a.mean_z), *std::ranges::max_element(a.covariance_z));
}

constexpr double far = 5;  ///< 6e-7 of normal numbers are beyond

TEST(BatchGradients, HaveTheCovarianceOfTheirSamplingAndPlantedErrorsShow) {
  using model::Sampling;
  const sde::Stream stream{3, sde::Purpose::gradient_noise};
  for (const std::size_t b : {5U, 20U}) {
    const auto n = static_cast<double>(b), c = (40 - n) / 39;
    const auto with =
        sde::batch_gradients(rows_of_gradients(), b, Sampling::with_replacement, 100'000, stream, 7);
    const auto without =
        sde::batch_gradients(rows_of_gradients(), b, Sampling::without_replacement, 100'000, stream, 8);
    EXPECT_LT(largest_z(with, 1 / n), far);
    EXPECT_LT(largest_z(without, c / n), far);
    EXPECT_GT(largest_z(without, 1 / n), far) << "the finite-population factor left out";
    EXPECT_GT(largest_z(with, c / n), far) << "the finite-population factor where it does not belong";
    EXPECT_GT(largest_z(with, 1 / std::sqrt(n)), far) << "1/sqrt(b) in place of 1/b";
  }
}

TEST(BatchGradients, OfAllRowsAreTheMeanAndOfOneRowARow) {
  const auto g = rows_of_gradients();
  const sde::Stream stream{4, sde::Purpose::gradient_noise};
  const auto all = sde::batch_gradients(g, 40, model::Sampling::without_replacement, 300, stream, 0);
  EXPECT_LT((all.rowwise() - g.colwise().mean()).cwiseAbs().maxCoeff(), 1e-13);
  const auto one = sde::batch_gradients(g, 1, model::Sampling::with_replacement, 300, stream, 0);
  for (Eigen::Index i = 0; i < 300; ++i)
    EXPECT_EQ((g.rowwise() - one.row(i)).rowwise().norm().minCoeff(), 0) << i;
  EXPECT_THROW((void)sde::batch_gradients(g, 2, model::Sampling::reshuffle, 10, stream, 0),
               std::invalid_argument);
}

TEST(NormalPoints, HaveTheCovarianceThatIsAskedFor) {
  Eigen::Matrix2d root;
  root << 1, 0, -2, 0.5;
  const auto x = sde::normal_points(root, 50'000, {5, sde::Purpose::normal_points}, 2);
  const auto a = verification::covariance_agreement(x, Eigen::Vector2d::Zero(), root * root.transpose(), 1);
  EXPECT_LT(*std::ranges::max_element(a.mean_z), far);
  EXPECT_LT(*std::ranges::max_element(a.covariance_z), far);
}

}  // namespace
}  // namespace fpk::app
