// [initial]: the law at time 0, from which both roads start.
#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "io/case/sections.hpp"
#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "law/exact/tabulated.hpp"
#include "law/exact/uniform.hpp"

namespace fpk::io::reader {
namespace {

using Law = std::shared_ptr<const law::InitialLaw>;

/// Mass that a Gaussian law with a full covariance may have outside the domain.
constexpr double most_outside = 1e-6;
/// Cells of a tabulated initial density, which every process holds whole.
constexpr std::size_t most_tabulated = std::size_t{1} << 22;

class Initial {
 public:
  Initial(Document& document, const Names& names, const Box* box)
      : document_(document), expressions_(document, names.scope), variables_(names.variables), box_(box) {}

  Law gaussian() {
    const auto mean = expressions_.constants("initial.gaussian.mean", variables_.size());
    if (mean && !all_inside(*mean, "initial.gaussian.mean")) return nullptr;
    const bool has_sd = document_.has("initial.gaussian.sd");
    const bool has_covariance = document_.has("initial.gaussian.covariance");
    if (has_sd == has_covariance) {
      complain("initial.gaussian",
               has_sd ? "both sd and covariance say how wide the law is" : "initial.gaussian lacks sd",
               "give sd = [...] or covariance = [[...], ...]");
      return nullptr;
    }
    return has_sd ? independent(mean) : correlated(mean);
  }

  Law uniform() {
    const auto lower = expressions_.constants("initial.uniform.lower", variables_.size());
    const auto upper = expressions_.constants("initial.uniform.upper", variables_.size());
    if (!lower || !upper) return nullptr;
    for (std::size_t a = 0; a < variables_.size(); ++a)
      if (!((*lower)[a] < (*upper)[a])) {
        complain("initial.uniform.upper", fmt::format("initial.uniform is empty in {}", variables_[a]),
                 "let upper be above lower for each variable");
        return nullptr;
      }
    const bool lower_inside = all_inside(*lower, "initial.uniform.lower");
    if (!all_inside(*upper, "initial.uniform.upper") || !lower_inside) return nullptr;
    return std::make_shared<law::Uniform>(variables_, *lower, *upper);
  }

  Law point() {
    const auto position = expressions_.constants("initial.point", variables_.size());
    if (!position || !all_inside(*position, "initial.point")) return nullptr;
    return std::make_shared<law::PointMass>(variables_, *position);
  }

  Law density() {
    const auto density =
        expressions_.formula("initial.density", {false, "the initial law holds at t = 0 alone"});
    if (!density || !document_.complaints.none()) return nullptr;
    if (variables_.size() > law::max_dimension) {
      complain("initial.density", "a density is tabulated in at most 3 dimensions",
               "give gaussian, uniform or point");
      return nullptr;
    }
    try {
      return std::make_shared<law::Tabulated>(variables_, *density, table_grid());
    } catch (const std::invalid_argument& error) {
      complain("initial.density", fmt::format("initial.density is no density: {}", error.what()),
               "give a formula that is finite, nowhere negative and somewhere positive in the domain");
      return nullptr;
    }
  }

 private:
  Law independent(const std::optional<std::vector<double>>& mean) {
    const auto sd = expressions_.constants("initial.gaussian.sd", variables_.size(),
                                           find_key("initial.gaussian.sd")->range);
    if (!mean || !sd || box_ == nullptr) return nullptr;
    return truncated(*mean, *sd);
  }

  Law truncated(const std::vector<double>& mean, const std::vector<double>& sd) {
    const auto d = static_cast<Eigen::Index>(variables_.size());
    Eigen::VectorXd lower(d), upper(d);
    for (Eigen::Index a = 0; a < d; ++a) {
      lower[a] = side(a).lower;
      upper[a] = side(a).upper;
    }
    return std::make_shared<law::Gaussian>(law::Gaussian::truncated(
        variables_, Eigen::VectorXd::Map(mean.data(), d), Eigen::VectorXd::Map(sd.data(), d), lower, upper));
  }

  Law correlated(const std::optional<std::vector<double>>& mean) {
    const auto covariance = covariance_matrix();
    if (!mean || !covariance || box_ == nullptr) return nullptr;
    if (covariance->isDiagonal(0)) {
      const Eigen::VectorXd sd = covariance->diagonal().cwiseSqrt();
      return truncated(*mean, {sd.begin(), sd.end()});
    }
    const double outside = mass_outside(*mean, *covariance);
    if (outside > most_outside) {
      complain(
          "initial.gaussian.covariance",
          fmt::format("up to {:.2g} of the initial law lies outside the domain", outside),
          "widen the domain, or narrow the law: one with a full covariance is not conditioned on the domain");
      return nullptr;
    }
    return std::make_shared<law::Gaussian>(
        variables_, Eigen::VectorXd::Map(mean->data(), static_cast<Eigen::Index>(mean->size())), *covariance);
  }

  std::optional<Eigen::MatrixXd> covariance_matrix() {
    const toml::node* list = document_.find("initial.gaussian.covariance");
    if (list == nullptr) return std::nullopt;
    const toml::array& rows = *list->as_array();
    const auto d = static_cast<Eigen::Index>(variables_.size());
    if (rows.size() != variables_.size()) {
      complain("initial.gaussian.covariance",
               fmt::format("initial.gaussian.covariance has {} rows", rows.size()),
               fmt::format("give {}, one for each variable", d));
      return std::nullopt;
    }
    Eigen::MatrixXd covariance(d, d);
    for (Eigen::Index i = 0; i < d; ++i) {
      const auto row = expressions_.constants(*rows.get(static_cast<std::size_t>(i)),
                                              fmt::format("row {} of initial.gaussian.covariance", i + 1),
                                              variables_.size());
      if (!row) return std::nullopt;
      covariance.row(i) = Eigen::RowVectorXd::Map(row->data(), d);
    }
    if (covariance == covariance.transpose() &&
        Eigen::LLT<Eigen::MatrixXd>(covariance).info() == Eigen::Success)
      return covariance;
    complain("initial.gaussian.covariance",
             "initial.gaussian.covariance is not symmetric and positive definite",
             "mirror it in its diagonal, and keep every correlation between -1 and 1");
    return std::nullopt;
  }

  /// A bound: the marginal masses outside each side, added.
  [[nodiscard]] double mass_outside(const std::vector<double>& mean,
                                    const Eigen::MatrixXd& covariance) const {
    double mass = 0;
    for (Eigen::Index a = 0; a < covariance.rows(); ++a) {
      const double reach = std::numbers::sqrt2 * std::sqrt(covariance(a, a)),
                   m = mean[static_cast<std::size_t>(a)];
      mass += 0.5 * (std::erfc((m - side(a).lower) / reach) + std::erfc((side(a).upper - m) / reach));
    }
    return mass;
  }

  [[nodiscard]] const model::Side& side(Eigen::Index a) const {
    return box_->domain.sides[static_cast<std::size_t>(a)];
  }

  bool all_inside(const std::vector<double>& position, const std::string& path) {
    if (box_ == nullptr) return true;
    bool inside = true;
    for (std::size_t a = 0; a < position.size(); ++a) {
      const model::Side& s = box_->domain.sides[a];
      if (position[a] >= s.lower && position[a] <= s.upper) continue;
      complain(path,
               fmt::format("{} has {} = {}, outside the domain [{}, {}]", path, s.variable, position[a],
                           s.lower, s.upper),
               "move it inside, or widen the domain");
      inside = false;
    }
    return inside;
  }

  /// The cells of the case, halved until the table is small enough.
  [[nodiscard]] law::Grid table_grid() const {
    auto axes = box_->axes;
    const auto size = [&] {
      std::size_t n = 1;
      for (const auto& axis : axes) n *= axis.cells();
      return n;
    };
    while (size() > most_tabulated) {
      auto& most = *std::ranges::max_element(axes, {}, &law::Axis::cells);
      most = most.recut((most.cells() + 1) / 2);
    }
    return law::Grid(std::move(axes));
  }

  void complain(const std::string& path, std::string what, std::string try_instead) {
    document_.complaints.add(document_.place(path), std::move(what), std::move(try_instead));
  }

  Document& document_;
  Expressions expressions_;
  const std::vector<std::string>& variables_;
  const Box* box_;  ///< nullptr where the domain is wrong
};

}  // namespace

Law read_initial(Document& document, const Names& names, const Box* box) {
  if (document.table("initial") == nullptr) return nullptr;
  std::vector<std::string> given;
  for (const char* name : {"gaussian", "uniform", "point", "density"})
    if (document.has(std::string("initial.") + name)) given.emplace_back(name);
  if (given.size() != 1) {
    document.complaints.add(
        document.place("initial"),
        given.empty() ? "initial names no law" : fmt::format("initial names {}", fmt::join(given, " and ")),
        "give exactly one of gaussian, uniform, point, density");
    return nullptr;
  }
  if (document.find("initial." + given.front()) == nullptr) return nullptr;  // complained of
  Initial initial(document, names, box);
  if (given.front() == "gaussian") return initial.gaussian();
  if (given.front() == "uniform") return initial.uniform();
  return given.front() == "point" ? initial.point() : initial.density();
}

}  // namespace fpk::io::reader
