// The growing parts of a record in a checkpoint: what has an entry for each observation time. The rest is the same whenever
// a run begins, or is filled in at its end.
#pragma once

#include "io/record.hpp"
#include "law/archive.hpp"
#include "parallel/archive.hpp"

namespace fpk::io {

inline void archive(parallel::Archive& archive, Series& s) { archive.all(s.value, s.standard_error); }

inline void archive(parallel::Archive& archive, ExitRecord& exit) {
  archive.all(exit.name, exit.absorbed, exit.flux);
}

inline void archive(parallel::Archive& archive, ExtrapolatedRecord::Observable& o) {
  archive.all(o.name, o.value, o.error);
}

inline void archive(parallel::Archive& archive, ExtrapolatedRecord& e) {
  archive.all(e.cells, e.mass, e.minimum, e.l1_error, e.observables);
}

inline void archive(parallel::Archive& archive, DensityRecord& d) {
  archive.all(d.mass, d.minimum, d.relative_entropy, d.exits, d.entropy, d.entropy_production, d.dissipation,
              d.housekeeping, d.observables);
}

inline void archive(parallel::Archive& archive, StepExtrapolationRecord& e) {
  archive.all(e.order, e.next_order, e.observables, e.remainder);
}

inline void archive(parallel::Archive& archive, ParticlesRecord& p) {
  archive.all(p.observables, p.extrapolated, p.exits, p.escaped, p.exploded);
}

inline void archive(parallel::Archive& archive, SgdRecord& r) {
  archive.all(r.times, r.steps, r.observables, r.exploded, r.outside);
}

inline void archive(parallel::Archive& archive, DistanceSeries& d) {
  archive.all(d.name, d.label, d.value, d.exact_sample, d.power);
}

inline void archive(parallel::Archive& archive, DistancePair& pair) {
  archive.all(pair.name, pair.label, pair.distances);
}

inline void archive(parallel::Archive& archive, Snapshot& s) {
  archive.all(s.time, s.density_marginals, s.particles_marginals, s.density_plane, s.particles);
}

}  // namespace fpk::io
