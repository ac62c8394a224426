// The run: both roads advance in lockstep from observation to observation; what they say there is recorded,
// compared and judged.
#pragma once

#include "app/checkpoints.hpp"
#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

struct Findings;

struct EvolveOptions {
  io::Progress::Style progress = io::Progress::Style::quiet;
  io::VtkSeries* vtk = nullptr;  ///< where to write pictures for ParaView; may be null
  const model::Process* particle_process =
      nullptr;  ///< moves the particles in place of the case's (to test the verdict)
  Checkpoints* checkpoints =
      nullptr;                   ///< where to save the state, and to go on from one found there; may be null
  Findings* findings = nullptr;  ///< receives what the verdict was made of; may be null
};

/// Everything but the writing. Throws Interrupted where it was asked to stop. Collective.
io::Record evolve(const io::Case& problem, const parallel::Communicator& processes,
                  const EvolveOptions& options);

}  // namespace fpk::app
