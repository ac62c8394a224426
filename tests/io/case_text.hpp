// Cases for tests: texts written to a file of their own, and what the reader says of them.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "io/case_file.hpp"
#include "tests/places.hpp"

namespace fpk::io {

/// A small case that is right in every respect; line numbers in the tests count from its first.
inline const std::string small_case = R"(title = "A small case"
[process]
variables = ["x", "y"]
parameters = { a = 1.0 }
potential = "(x^2 - a)^2 + y^2"
temperature = 0.25
[domain]
x = { lower = -2.5, upper = 2.5, cells = 16 }
y = { lower = -2.5, upper = 2.5, cells = 16 }
[initial]
gaussian = { mean = [-1, 0], sd = [0.2, 0.2] }
[time]
end = 10.0
observe = 5
[particles]
count = 200_000
[observables]
right_well = "x > 0"
second_moment = "x^2 + y^2"
[converge]
steps = [0.2, 0.1, 0.05]
observable = "second_moment"
)";

/// `text` with the first `part` replaced. Throws where there is no such part, so that no test tries the wrong
/// thing.
inline std::string with(std::string text, const std::string& part, const std::string& replacement) {
  return text.replace(text.find(part), part.size(), replacement);
}

inline std::filesystem::path source_folder() { return places::source; }

inline std::string file_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::vector<std::filesystem::path> shipped_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "data" / "cases"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  return files;
}

/// A file that goes with its scope; each process has a folder of its own.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text, const std::string& name = "case.toml")
      : folder_(std::filesystem::temp_directory_path() / ("fpk-case-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / name, std::ios::binary) << text;
    path_ = folder_ / name;
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    std::filesystem::remove(folder_, ignored);  // fails while another file is in it
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path folder_, path_;
};

inline Case read_text(const std::string& text, const std::vector<std::string>& overrides = {}) {
  const TemporaryFile file(text);
  return read_case(file.path(), overrides);
}

/// What is wrong with a text; empty where it is read.
inline std::vector<Complaint> complaints_of(const std::string& text,
                                            const std::vector<std::string>& overrides = {}) {
  try {
    read_text(text, overrides);
  } catch (const CaseError& error) {
    return error.complaints();
  }
  return {};
}

}  // namespace fpk::io
