#include "io/report/axis_scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/html.hpp"

namespace fpk::io::report {

namespace {

/// The least of 1, 2, 5, 10 times a power of ten that is not below x.
double round_up_1_2_5(double x) {
  const double decade = std::pow(10, std::floor(std::log10(x)));
  for (const double m : {1.0, 2.0, 5.0})
    if (m * decade >= x * (1 - 1e-9)) return m * decade;
  return 10 * decade;
}

std::string fixed(double x, int decimals) {
  auto text = fmt::format("{:.{}f}", x, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);  // no -0
  if (text.front() == '-') text.replace(0, 1, "−");
  return text;
}

std::string power_label(int multiple, int exponent) {
  if (exponent >= -2 && exponent <= 2)
    return fmt::format("{:.{}f}", multiple * std::pow(10, exponent), std::max(0, -exponent));
  return (multiple == 1 ? "" : std::to_string(multiple) + "·") + "10" + superscript(exponent);
}

}  // namespace

AxisScale AxisScale::linear(double low, double high, int ticks) {
  AxisScale scale;
  const double size = std::max(std::abs(low), std::abs(high));
  if (!(high - low > 1e-9 * size)) {  // one value, or round-off about one
    const double half = size > 0 ? 0.05 * size : 1;
    const double middle = 0.5 * (low + high);
    low = middle - half, high = middle + half;
  }
  scale.low_ = low, scale.high_ = high;
  const double step = round_up_1_2_5((high - low) / ticks);
  const double reach = 1e-9 * (high - low);
  for (double k = std::ceil((low - reach) / step); k * step <= high + reach; ++k)
    scale.ticks_.push_back({k * step, ""});
  scale.label_linear(step);
  return scale;
}

/// Short labels: a common power of ten goes to factor(), and a common large part too.
void AxisScale::label_linear(double step) {
  double largest = 0, offset = 0;
  for (const auto& t : ticks_) largest = std::max(largest, std::abs(t.value));
  if (largest > 1e5 * step) {
    offset = ticks_.front().value;
    largest = ticks_.back().value - offset;
    factor_ = "+ " + number(offset, 9);
  }
  const int decade = largest > 0 ? static_cast<int>(std::floor(std::log10(largest) + 1e-9)) : 0;
  const int shift = decade >= 5 || decade <= -4 ? decade : 0;
  if (shift != 0) factor_ = "× 10" + superscript(shift) + (factor_.empty() ? "" : " " + factor_);
  const double unit = std::pow(10, shift);
  const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step / unit) + 1e-9)), 0, 12);
  for (auto& t : ticks_) t.label = fixed((t.value - offset) / unit, decimals);
}

AxisScale AxisScale::logarithmic(double low, double high, int most_decades) {
  AxisScale scale;
  scale.logarithmic_ = true;
  low = std::max(low, high * std::pow(10, -most_decades));
  const double margin = std::max(1.15, std::pow(high / low, 0.04));
  scale.low_ = low / margin, scale.high_ = high * margin;
  const int first = static_cast<int>(std::floor(std::log10(scale.low_)));
  const int last = static_cast<int>(std::ceil(std::log10(scale.high_)));
  const int decades = last - first;
  const int every = std::max(1, (decades + 5) / 6);
  const auto inside = [&](double x) { return x >= scale.low_ && x <= scale.high_; };
  const bool short_range = scale.high_ / scale.low_ < 50;  // too few powers of ten to read it by
  for (int e = first; e <= last; ++e)
    for (int m = 1; m <= 9; ++m) {
      const double x = m * std::pow(10, e);
      if (!inside(x)) continue;
      const bool labelled = m == 1 ? e % every == 0 : short_range && (m == 2 || m == 5);
      if (labelled)
        scale.ticks_.push_back({x, power_label(m, e)});
      else if (m == 1 || every == 1)
        scale.fine_ticks_.push_back(x);
    }
  return scale;
}

double AxisScale::place(double value) const {
  if (logarithmic_) return std::log(value / low_) / std::log(high_ / low_);
  return (value - low_) / (high_ - low_);
}

}  // namespace fpk::io::report
