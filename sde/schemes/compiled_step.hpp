// The scheme whose step is given by formulas (sde/schemes/step_formulas.hpp), as one program over blocks.
#pragma once

#include <optional>

#include "formula/program.hpp"
#include "sde/scheme.hpp"
#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

class CompiledStep : public Scheme {
 public:
  CompiledStep(const model::Process& process, const StepFormulas& step);

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  [[nodiscard]] DrawCounts draws() const override { return draws_; }
  void step(std::span<double* const> x, double t, double dt, const Draws& draws,
            Scratch& scratch) const override;

  [[nodiscard]] bool has_postprocessor() const override { return observed_.has_value(); }
  void observe(std::span<double* const> x, double t, double dt, const Draws& draws,
               Scratch& scratch) const override;

  [[nodiscard]] bool has_decision() const override { return proposal_.has_value(); }
  void propose(std::span<double* const> x, double t, double dt, const Draws& draws, double* acceptance,
               Scratch& scratch) const override;

 private:
  struct Room;
  std::size_t dimension_;
  DrawCounts draws_;
  formula::Program next_;
  std::optional<formula::Program> observed_,
      proposal_;  ///< outputs of the latter: the proposal, then its probability
};

/// The maker of such a scheme, for the table.
template <StepFormulas (*formulas)(const model::Process&)>
std::unique_ptr<Scheme> compiled(const model::Process& process) {
  return std::make_unique<CompiledStep>(process, formulas(process));
}

}  // namespace fpk::sde
