// fpk_flat_and_sharp [FOLDER]: the study of docs/flat-and-sharp.md.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "io/writers.hpp"
#include "parallel/communicator.hpp"
#include "parallel/threads.hpp"
#include "studies/flat_and_sharp/rows.hpp"

int main(int argc, char** argv) {
  try {
    const fpk::parallel::Environment mpi(&argc, &argv);
    fpk::parallel::use_threads(0);
    if (argc > 2) {
      fmt::print(stderr, "usage: fpk_flat_and_sharp [FOLDER]   from the top folder, where data/cases is\n");
      return 64;
    }
    const std::filesystem::path folder = argc > 1 ? argv[1] : "out/flat_and_sharp";
    const auto rows = fpk::studies::study_rows("data/cases", folder);
    fpk::io::write_whole(folder / "flat_and_sharp.html", fpk::studies::study_page(rows));
    fmt::print("page: {}\n", (folder / "flat_and_sharp.html").string());
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "fpk_flat_and_sharp: %s\n", e.what());
    return 70;
  }
}
