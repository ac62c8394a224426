// The Fokker-Planck density of a diffusion on a plane from the point 0, and what it says beside points of chains.
#pragma once

#include <Eigen/Dense>
#include <functional>

#include "app/density_road.hpp"
#include "io/network_record.hpp"
#include "model/process.hpp"

namespace fpk::app {

/// A case without a file: the density alone.
io::Case plane_case(model::Process process, const std::array<double, 2>& half_width, std::size_t cells,
                    std::vector<double> times);

/// Moves the masses by another process on the domain of the case, whose coefficients stand still. Collective.
void advance(const io::Case& problem, const model::Process& by, const law::GridPart& part, double duration,
             std::vector<double>& masses);

/// Means and covariances, of the cells' masses at their centres. Collective.
io::PlaneMoments moments(const law::GridPart& part, std::span<const double> masses);

/// Share of the points in each cell of the part; points outside count to the cell at that end.
std::vector<double> histogram(const law::GridPart& part, const Eigen::MatrixXd& points);

/// Total variation on at most 12 by 12 merged cells and Wasserstein distance of the worse marginal; and of `references` samples of
/// as many exact points, which uniform(i, k) makes: point i of sample k. Collective.
io::PlaneDistanceRecord plane_distance(const law::GridPart& part, std::span<const double> density,
                                       const Eigen::MatrixXd& points, std::size_t references,
                                       const std::function<double(std::int64_t, std::size_t)>& uniform);

}  // namespace fpk::app
