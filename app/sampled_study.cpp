#include "app/sampled_study.hpp"

#include "sde/draws.hpp"
#include "verification/normal_quantile.hpp"

namespace fpk::app {

void describe_samples(const io::ParticleSettings& particles, io::ConvergenceStudy& study) {
  study.sampled = true;
  study.seed = particles.seed;
  study.noise = sde::name(particles.noise);
}

io::ConvergenceRow sampled_row(const verification::Rung& rung, std::int64_t samples, double steps_each,
                               double known_to) {
  const double half = verification::sigmas_95 * rung.standard_error + known_to;
  io::ConvergenceRow row;
  row.size = rung.size;
  row.error = rung.error, row.lower = rung.error - half, row.upper = rung.error + half;
  row.standard_error = rung.standard_error;
  row.samples = samples;
  row.cost = static_cast<double>(samples) * steps_each;
  return row;
}

}  // namespace fpk::app
