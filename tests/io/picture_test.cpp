// The parts of the page's pictures: PNG, colours, axes; and the line that says how far a run is.
#include <gtest/gtest.h>

#include <boost/crc.hpp>
#include <cmath>

#include "io/progress.hpp"
#include "io/report/axis_scale.hpp"
#include "io/report/colour.hpp"
#include "io/report/html.hpp"
#include "io/report/png.hpp"

namespace {

using namespace fpk::io;
using namespace fpk::io::report;

std::size_t big_endian(const std::string& bytes, std::size_t at) {
  std::size_t x = 0;
  for (std::size_t i = 0; i < 4; ++i) x = (x << 8) | static_cast<std::uint8_t>(bytes[at + i]);
  return x;
}

/// The data of the chunks of that type; checks every CRC with Boost's.
std::string chunk(const std::string& file, const std::string& wanted) {
  std::string data;
  for (std::size_t at = 8; at < file.size();) {
    const std::size_t n = big_endian(file, at);
    boost::crc_32_type crc;
    crc.process_bytes(file.data() + at + 4, n + 4);
    EXPECT_EQ(big_endian(file, at + 8 + n), crc.checksum());
    if (file.substr(at + 4, 4) == wanted) data += file.substr(at + 8, n);
    at += 12 + n;
  }
  return data;
}

/// What stored blocks hold (RFC 1951, 3.2.4).
std::string unstored(const std::string& zlib) {
  std::string bytes;
  for (std::size_t at = 2;;) {
    const bool last = zlib[at] == 1;
    const std::size_t n =
        static_cast<std::uint8_t>(zlib[at + 1]) + 256U * static_cast<std::uint8_t>(zlib[at + 2]);
    bytes += zlib.substr(at + 5, n);
    at += 5 + n;
    if (last) return at + 4 == zlib.size() && big_endian(zlib, at) == adler32(bytes) ? bytes : "";
  }
}

TEST(Png, HoldsThePixelsRowByRow) {
  const std::vector<std::uint8_t> pixels = {0, 1, 2, 255, 4, 5};
  const auto file = png(3, 2, pixels, std::vector<Colour>(6, Colour{1, 2, 3}));
  EXPECT_EQ(file.substr(0, 8), "\x89PNG\r\n\x1a\n");
  const auto header = chunk(file, "IHDR");
  EXPECT_EQ(big_endian(header, 0), 3U);
  EXPECT_EQ(big_endian(header, 4), 2U);
  EXPECT_EQ(unstored(chunk(file, "IDAT")), std::string("\0\0\1\2\0\xff\4\5", 8));
  EXPECT_EQ(chunk(file, "tRNS").back(), '\0');  // index 255 is transparent
}

TEST(Png, SplitsAPictureOfManyBlocks) {
  const std::vector<std::uint8_t> pixels(300 * 500, 7);  // more than two blocks of 65535
  EXPECT_EQ(unstored(chunk(png(300, 500, pixels, {{0, 0, 0}}), "IDAT")).size(), 301U * 500U);
}

TEST(Png, RefusesPixelsThatDoNotFit) {
  EXPECT_THROW(png(2, 2, {1, 2, 3}, {{0, 0, 0}}), std::invalid_argument);
  EXPECT_THROW(png(1, 1, {1}, std::vector<Colour>(256)), std::invalid_argument);
}

TEST(Base64, AgreesWithTheExamplesOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Adler32, AgreesWithAKnownValue) { EXPECT_EQ(adler32("Wikipedia"), 0x11E60398U); }

TEST(Viridis, GetsLighterAllTheWay) {
  double before = -1;
  for (int i = 0; i <= 100; ++i) {
    const auto c = viridis(i / 100.0);
    const double light = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    EXPECT_GT(light, before - 0.5) << i;  // half a level of the 256: colours are whole numbers
    before = light;
  }
  EXPECT_EQ(viridis(std::nan("")), viridis(0));
  EXPECT_EQ(viridis(7), viridis(1));
}

TEST(LinearAxis, PutsItsTicksAtRoundNumbers) {
  const auto axis = AxisScale::linear(-1.3, 2.2);
  std::vector<std::string> labels;
  for (const auto& t : axis.ticks()) labels.push_back(t.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"−1", "0", "1", "2"}));
  EXPECT_EQ(axis.place(-1.3), 0.0);
  EXPECT_EQ(axis.place(2.2), 1.0);
}

TEST(LinearAxis, KeepsItsLabelsShort) {
  const auto tiny = AxisScale::linear(0, 4e-7);
  EXPECT_EQ(tiny.factor(), "× 10⁻⁷");
  EXPECT_EQ(tiny.ticks().back().label, "4");
  const auto near_one = AxisScale::linear(1, 1 + 5e-8);
  EXPECT_NE(near_one.factor().find("+ 1.0"), std::string::npos);
  for (const auto& t : near_one.ticks()) EXPECT_LE(t.label.size(), 4U) << t.label;
}

TEST(LinearAxis, HasARangeEvenForOneValue) {
  for (const double v : {0.0, 1.0, -3e-12, 1e300}) {
    const auto axis = AxisScale::linear(v, v);
    EXPECT_GT(axis.high(), axis.low()) << v;
    EXPECT_GE(axis.ticks().size(), 2U) << v;
    EXPECT_NEAR(axis.place(v), 0.5, 1e-12) << v;  // the middle, to the round-off of two subtractions
  }
}

TEST(LogarithmicAxis, HasTicksAtPowersOfTenAndFineOnesBetween) {
  const auto axis = AxisScale::logarithmic(2e-4, 0.7);
  std::vector<std::string> labels;
  for (const auto& t : axis.ticks()) labels.push_back(t.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"10⁻³", "0.01", "0.1"}));
  EXPECT_GE(axis.fine_ticks().size(), 16U);
}

TEST(LogarithmicAxis, IsReadableOverLessThanADecadeAndOverMany) {
  EXPECT_GE(AxisScale::logarithmic(0.011, 0.03).ticks().size(), 1U);
  const auto wide = AxisScale::logarithmic(1e-300, 1);
  EXPECT_LE(wide.ticks().size(), 8U);
  EXPECT_GE(wide.ticks().size(), 3U);
  EXPECT_FALSE(std::isfinite(wide.place(0)));
}

TEST(Number, IsWrittenAsPeopleDo) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-0.0123), "−0.0123");
  EXPECT_EQ(number(1.2e-15), "1.20 × 10⁻¹⁵");
  EXPECT_EQ(number(9.996), "10.0");
  EXPECT_EQ(number(std::nan("")), "not a number");
  EXPECT_EQ(plain(0.25), "0.25");
  EXPECT_EQ(plain(4), "4");
  EXPECT_EQ(plain(100), "100");
  EXPECT_EQ(plain(1.5e-7), "1.5 × 10⁻⁷");
  EXPECT_EQ(plain(1e7), "1 × 10⁷");
  EXPECT_EQ(count(1234567), "1\u202f234\u202f567");
  EXPECT_EQ(count(-123), "-123");
}

TEST(ProgressLine, SaysWhatIsDoneAndWhatIsLeft) {
  EXPECT_EQ(progress_line("density", 2.5, 10, "t", 20, "chebyshev"),
            "density     25 %  t = 2.5 of 10  20 s, 60 s left  chebyshev");
  EXPECT_EQ(progress_line("density", 10, 10, "t", 3725, ""), "density    100 %  t = 10 of 10  62 min 05 s");
}

TEST(Progress, PrintsNothingInShortOrQuietRuns) {
  testing::internal::CaptureStderr();
  {
    Progress quiet("a", 1, Progress::Style::quiet), brief("b", 1, Progress::Style::lines);
    for (auto* p : {&quiet, &brief}) {
      p->update(0.5);
      p->finish();
    }
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Progress, RedrawsOneLineOnATerminalAndEndsIt) {
  testing::internal::CaptureStderr();
  {
    Progress progress("a", 1, Progress::Style::terminal);
    progress.update(0.5);
    progress.update(0.6);  // too soon to draw
    progress.finish();
    progress.update(0.7);  // after the end
  }
  const auto text = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\r'), 2);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_NE(text.find("100 %"), std::string::npos);
}

TEST(Progress, EndsItsLineWhereAnExceptionLeavesIt) {
  testing::internal::CaptureStderr();
  try {
    Progress progress("a", 1, Progress::Style::terminal);
    progress.update(0.5);
    throw 1;
  } catch (int) {
  }
  const auto text = testing::internal::GetCapturedStderr();
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.find("100 %"), std::string::npos);
}

}  // namespace
