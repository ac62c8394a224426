// The pixels are stored, not compressed: a palette already takes a third of the bytes, and nothing is left to
// go wrong.
//
//   signature | IHDR | PLTE | tRNS | IDAT | IEND        chunk: length, type, data, CRC of type and data
//   IDAT = zlib stream (RFC 1950): 78 01 | stored blocks (RFC 1951, 3.2.4) | Adler-32 of the scan lines
#include "io/report/png.hpp"

#include <algorithm>
#include <stdexcept>

namespace fpk::io::report {

namespace {

constexpr std::uint8_t transparent = 255;

std::string big_endian(std::size_t x) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((x >> shift) & 0xFFU);
  return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
  return big_endian(data.size()) + type + data + big_endian(crc32(type + data));
}

/// `bytes` in stored blocks of at most 65535.
std::string zlib_stored(const std::string& bytes) {
  std::string stream = "\x78\x01";
  std::size_t at = 0;
  do {
    const std::size_t n = std::min<std::size_t>(65535, bytes.size() - at);
    stream += static_cast<char>(at + n == bytes.size() ? 1 : 0);
    for (const std::size_t length : {n, ~n})
      for (const unsigned shift : {0U, 8U}) stream += static_cast<char>((length >> shift) & 0xFFU);
    stream.append(bytes, at, n);
    at += n;
  } while (at < bytes.size());
  return stream + big_endian(adler32(bytes));
}

}  // namespace

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) {
    crc ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

std::uint32_t adler32(const std::string& bytes) {
  std::uint32_t a = 1, b = 0;
  for (const char byte : bytes) {
    a = (a + static_cast<std::uint8_t>(byte)) % 65521;
    b = (b + a) % 65521;
  }
  return (b << 16) | a;
}

std::string png(std::size_t width, std::size_t height, const std::vector<std::uint8_t>& pixels,
                const std::vector<Colour>& palette) {
  if (width == 0 || height == 0 || pixels.size() != width * height)
    throw std::invalid_argument("a picture needs width * height pixels");
  if (palette.empty() || palette.size() > transparent)
    throw std::invalid_argument("a palette has 1 to 255 colours");
  std::string header = big_endian(width) + big_endian(height);
  for (const int field : {8, 3, 0, 0, 0})
    header += static_cast<char>(field);  // 8 bits, palette, deflate, plain
  std::string colours, scan_lines;
  for (const auto& c : palette) colours.append(c.begin(), c.end());
  colours.resize(3 * (transparent + std::size_t{1}), '\0');
  for (std::size_t row = 0; row < height; ++row) {
    scan_lines += '\0';  // no filter
    const auto begin = pixels.begin() + static_cast<std::ptrdiff_t>(row * width);
    scan_lines.append(begin, begin + static_cast<std::ptrdiff_t>(width));
  }
  const std::string opacity = std::string(transparent, '\xFF') + '\0';
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("PLTE", colours) + chunk("tRNS", opacity) +
         chunk("IDAT", zlib_stored(scan_lines)) + chunk("IEND", "");
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8) | (k < n ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= n ? digits[(group >> (18 - 6 * k)) & 63U] : '=';
  }
  return text;
}

}  // namespace fpk::io::report
