// A PNG picture (W3C, Portable Network Graphics, 2nd ed. 2003) of indices into a palette, 8 bits a pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/report/colour.hpp"

namespace fpk::io::report {

/// The bytes of the file. `pixels` row by row from the top, width * height of them; index 255 is transparent,
/// so `palette` has at most 255 colours. Throws std::invalid_argument where they do not fit.
std::string png(std::size_t width, std::size_t height, const std::vector<std::uint8_t>& pixels,
                const std::vector<Colour>& palette);

/// RFC 4648.
std::string base64(const std::string& bytes);

std::uint32_t crc32(const std::string& bytes);    ///< of PNG and zlib
std::uint32_t adler32(const std::string& bytes);  ///< RFC 1950

}  // namespace fpk::io::report
