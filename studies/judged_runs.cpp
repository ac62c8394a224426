#include "studies/judged_runs.hpp"

#include "app/evolve.hpp"
#include "app/run_claims.hpp"

namespace fpk::studies {

std::vector<JudgedRun> judged_runs(const io::Case& problem, const model::Process& process,
                                   std::uint64_t first, std::size_t seeds) {
  io::Case seeded = problem;
  std::vector<JudgedRun> runs;
  for (std::size_t n = 0; n < seeds; ++n) {
    seeded.particles->seed = first + n;
    app::Findings findings;
    app::EvolveOptions options;
    options.particle_process = &process;
    options.findings = &findings;
    const auto record = app::evolve(seeded, parallel::Communicator::self(), options);
    JudgedRun run{first + n, false, {}, std::move(findings.means)};
    for (const auto& claim : record.claims) {
      if (claim.holds()) continue;
      run.refuted.push_back(claim.name);
      run.alarm = run.alarm || claim.evidence == verification::Evidence::statistical;
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

Share alarms(const std::vector<JudgedRun>& runs) {
  Share share;
  for (const auto& run : runs) share.count(run.alarm);
  return share;
}

}  // namespace fpk::studies
