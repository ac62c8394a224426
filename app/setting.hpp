// What every computing command sets up: processes, threads, progress, the folder for what it writes.
#pragma once

#include "app/commands.hpp"
#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

class Setting {
 public:
  explicit Setting(const Options& options);
  [[nodiscard]] const parallel::Communicator& processes() const { return processes_; }
  [[nodiscard]] io::Progress::Style progress() const;
  [[nodiscard]] std::filesystem::path folder(const io::Case& problem) const;

 private:
  Options options_;
  parallel::Environment environment_;
  parallel::Communicator processes_;
};

}  // namespace fpk::app
