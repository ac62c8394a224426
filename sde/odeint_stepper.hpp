// A scheme as a stepper of Boost.Odeint, so that its integrate functions drive it:
//
//     using Stepper = sde::OdeintStepper<boost::numeric::odeint::stepper_tag>;
//     integrate_const(Stepper(scheme), numbers, x, 0.0, 1.0, dt, observer);
//
// The equation belongs to the scheme; what odeint calls the system is the source of its random numbers. The tag is a parameter, so
// that this header needs nothing of Boost. (Ahnert, Mulansky 2011, AIP Conf. Proc. 1389, the stepper concept)
#pragma once

#include <functional>
#include <memory>

#include "sde/block.hpp"
#include "sde/draws.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

template <class StepperTag>
class OdeintStepper {
 public:
  using state_type = BlockArrays;  ///< an array of formula::block_width particles for each variable
  using deriv_type = BlockArrays;
  using value_type = double;
  using time_type = double;
  using order_type = double;
  using stepper_category = StepperTag;
  /// Sets the numbers of the step from t to t + dt.
  using system_type = std::function<void(DrawBlocks& numbers, double t, double dt)>;

  /// The scheme must outlive the stepper. Copies work in the same room, as the integrate functions make some: of one thread.
  explicit OdeintStepper(const Scheme& scheme, double weak_order = 1)
      : scheme_(&scheme),
        order_(weak_order),
        scratch_(scheme.scratch()),
        numbers_(std::make_shared<DrawBlocks>(scheme.draws())) {}

  [[nodiscard]] order_type order() const { return order_; }

  /// x from time t to t + dt.
  template <class System>
  void do_step(System&& system, state_type& x, time_type t, time_type dt) {
    system(*numbers_, t, dt);
    scheme_->step(x.all(), t, dt, numbers_->all(), *scratch_);
  }

 private:
  const Scheme* scheme_;
  double order_;
  std::shared_ptr<Scratch> scratch_;
  std::shared_ptr<DrawBlocks> numbers_;
};

}  // namespace fpk::sde
