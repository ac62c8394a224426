#include "sde/schemes/compiled_step.hpp"

#include <algorithm>
#include <cmath>

#include "formula/simplify.hpp"
#include "sde/block.hpp"

namespace fpk::sde {
namespace {

/// To the proposal where the uniform number is below its probability (a probability that is not a number accepts nothing).
Vector decided(const Letters& letters, const StepFormulas& step) {
  if (!step.acceptance) return step.next;
  using formula::Operation;
  const Formula goes = formula::build(Operation::less, {Letters::uniform(0), *step.acceptance});
  Vector next;
  for (std::size_t i = 0; i < letters.d; ++i)
    next.push_back(formula::build(Operation::select, {goes, step.next[i], letters.x[i]}));
  return next;
}

Vector with_acceptance(const StepFormulas& step) {
  Vector outputs = step.next;
  outputs.push_back(*step.acceptance);
  return outputs;
}

}  // namespace

/// Inputs and outputs of the programs. Of one thread.
struct CompiledStep::Room : Scratch {
  explicit Room(const CompiledStep& scheme)
      : next(scheme.next_.workspace()),
        observed(scheme.observed_ ? scheme.observed_->workspace() : nullptr),
        proposal(scheme.proposal_ ? scheme.proposal_->workspace() : nullptr),
        clock(3),
        outputs(scheme.dimension_ + 1) {}

  void set_inputs(std::span<double* const> x, double t, double dt, const Draws& draws) {
    inputs.assign(x.begin(), x.end());
    const double values[] = {t, dt, std::sqrt(dt)};
    for (std::size_t k = 0; k < 3; ++k) {
      std::fill_n(clock[k], formula::block_width, values[k]);
      inputs.push_back(clock[k]);
    }
    inputs.insert(inputs.end(), draws.dW.begin(), draws.dW.end());
    inputs.insert(inputs.end(), draws.signs.begin(), draws.signs.end());
    inputs.insert(inputs.end(), draws.uniforms.begin(), draws.uniforms.end());
  }

  void run(const formula::Program& program, formula::Program::Workspace& workspace,
           std::span<double* const> x) {
    program.evaluate_block(inputs, outputs.all().first(program.output_count()), workspace);
    for (std::size_t i = 0; i < x.size(); ++i) std::copy_n(outputs[i], formula::block_width, x[i]);
  }

  std::shared_ptr<formula::Program::Workspace> next, observed, proposal;
  BlockArrays clock, outputs;
  std::vector<const double*> inputs;
};

CompiledStep::CompiledStep(const model::Process& process, const StepFormulas& step)
    : dimension_(process.dimension()),
      draws_(step.draws),
      next_(decided(Letters(process), step), Letters(process).names(step.draws)) {
  // A proposal is made before the decision, and a postprocessor is given increments alone.
  const DrawCounts undecided{step.draws.increments, step.draws.signs};
  if (step.acceptance) proposal_.emplace(with_acceptance(step), Letters(process).names(undecided));
  if (!step.observed.empty())
    observed_.emplace(step.observed, Letters(process).names({step.draws.increments}));
}

std::unique_ptr<Scratch> CompiledStep::scratch() const { return std::make_unique<Room>(*this); }

void CompiledStep::step(std::span<double* const> x, double t, double dt, const Draws& draws,
                        Scratch& scratch) const {
  auto& room = static_cast<Room&>(scratch);
  room.set_inputs(x, t, dt, draws);
  room.run(next_, *room.next, x);
}

void CompiledStep::observe(std::span<double* const> x, double t, double dt, const Draws& draws,
                           Scratch& scratch) const {
  if (!observed_) return;
  auto& room = static_cast<Room&>(scratch);
  room.set_inputs(x, t, dt, {draws.dW});
  room.run(*observed_, *room.observed, x);
}

void CompiledStep::propose(std::span<double* const> x, double t, double dt, const Draws& draws,
                           double* acceptance, Scratch& scratch) const {
  if (!proposal_) return;
  auto& room = static_cast<Room&>(scratch);
  room.set_inputs(x, t, dt, {draws.dW, draws.signs});
  room.run(*proposal_, *room.proposal, x);
  std::copy_n(room.outputs[x.size()], formula::block_width, acceptance);
}

}  // namespace fpk::sde
