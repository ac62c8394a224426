// From a quantity to its place along an axis, with ticks at round numbers.
//
//   linear       ticks at 1, 2 or 5 times a power of ten
//   logarithmic  ticks at powers of ten, fine ticks at 2 ... 9 between them
#pragma once

#include <string>
#include <vector>

namespace fpk::io::report {

struct Tick {
  double value = 0;
  std::string label;
};

class AxisScale {
 public:
  /// Covers [low, high], a little more where they coincide. About `ticks` ticks.
  static AxisScale linear(double low, double high, int ticks = 5);
  /// Covers [low, high], both positive, and at most `most_decades` down from `high`.
  static AxisScale logarithmic(double low, double high, int most_decades = 18);

  /// 0 at the lower end, 1 at the upper end; not finite where the axis has no place for the value.
  [[nodiscard]] double place(double value) const;
  [[nodiscard]] bool is_logarithmic() const { return logarithmic_; }
  [[nodiscard]] double low() const { return low_; }
  [[nodiscard]] double high() const { return high_; }
  [[nodiscard]] const std::vector<Tick>& ticks() const { return ticks_; }
  [[nodiscard]] const std::vector<double>& fine_ticks() const { return fine_ticks_; }
  /// What the labels leave out: "× 10⁻⁵", "+ 1", or nothing.
  [[nodiscard]] const std::string& factor() const { return factor_; }

 private:
  void label_linear(double step);
  bool logarithmic_ = false;
  double low_ = 0, high_ = 1;
  std::vector<Tick> ticks_;
  std::vector<double> fine_ticks_;
  std::string factor_;
};

}  // namespace fpk::io::report
