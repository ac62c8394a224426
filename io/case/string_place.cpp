#include "io/case/string_place.hpp"

#include <string>

namespace fpk::io::reader {
namespace {

/// A place in a text that is read forwards.
class Cursor {
 public:
  Cursor(std::string_view text, LineColumn at) : text_(text) {
    while (!at_end() && (place_.line < at.line || (place_.line == at.line && place_.column < at.column)))
      skip(1);
  }

  [[nodiscard]] bool at_end() const { return index_ >= text_.size(); }
  [[nodiscard]] char character() const { return at_end() ? '\0' : text_[index_]; }
  [[nodiscard]] char next() const { return index_ + 1 < text_.size() ? text_[index_ + 1] : '\0'; }
  [[nodiscard]] bool starts_with(std::string_view piece) const {
    return text_.substr(index_).starts_with(piece);
  }
  [[nodiscard]] LineColumn place() const { return place_; }

  /// Over n characters, each with the bytes that continue it in UTF-8.
  void skip(std::size_t n) {
    for (; n > 0 && !at_end(); --n) skip_one();
  }

 private:
  void skip_one() {
    const bool line_ends = text_[index_] == '\n';
    do ++index_;
    while (!at_end() && (static_cast<unsigned char>(text_[index_]) & 0xC0U) == 0x80U);
    place_ = line_ends ? LineColumn{place_.line + 1, 1} : LineColumn{place_.line, place_.column + 1};
  }

  std::string_view text_;
  std::size_t index_ = 0;
  LineColumn place_;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t utf8_length(unsigned long code) {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

std::size_t byte_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// Over a backslash and what it stands for; the number of bytes that this adds to the value.
std::size_t skip_escape(Cursor& cursor) {
  cursor.skip(1);
  const char kind = cursor.character();
  if (kind == 'u' || kind == 'U') {
    std::string digits;
    cursor.skip(1);
    for (int n = kind == 'u' ? 4 : 8; n > 0; --n, cursor.skip(1)) digits += cursor.character();
    return utf8_length(std::stoul("0" + digits, nullptr, 16));
  }
  if (!is_blank(kind)) {
    cursor.skip(1);
    return 1;
  }
  while (is_blank(cursor.character())) cursor.skip(1);  // a line break that the author did not mean
  return 0;
}

}  // namespace

LineColumn place_in_string(std::string_view text, LineColumn quote, std::size_t offset) {
  Cursor cursor(text, quote);
  const char mark = cursor.character();
  const std::string_view delimiter = cursor.starts_with(R"(""")") ? R"(""")"
                                     : cursor.starts_with("'''")  ? "'''"
                                                                  : "";
  cursor.skip(delimiter.empty() ? 1 : 3);
  if (!delimiter.empty() && cursor.starts_with("\r\n")) cursor.skip(1);
  if (!delimiter.empty() && cursor.starts_with("\n")) cursor.skip(1);
  const auto at_escape = [&] { return mark == '"' && cursor.character() == '\\'; };
  std::size_t passed = 0;
  while (passed < offset && !cursor.at_end()) {
    if (delimiter.empty() ? cursor.character() == mark : cursor.starts_with(delimiter)) break;
    if (at_escape()) {
      passed += skip_escape(cursor);
    } else {
      passed += byte_length(cursor.character());
      cursor.skip(1);
    }
  }
  if (at_escape() && is_blank(cursor.next())) skip_escape(cursor);
  return cursor.place();
}

}  // namespace fpk::io::reader
