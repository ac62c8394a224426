// What every computing command does around its computation: processes, threads, the case, the folder, and at the end
// the files, the words on the terminal and the exit status.
#pragma once

#include <functional>

#include "app/commands.hpp"
#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"
#include "io/vtk_writer.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// All processes, each with `wanted` threads; 0: its share of those of the machine. Within a parallel::Environment.
parallel::Communicator processes_with_threads(std::size_t wanted);

class Setting {
 public:
  /// Starts the processes and threads and reads the case. Throws io::CaseError, io::MissingInput.
  explicit Setting(const Options& options);

  [[nodiscard]] const parallel::Communicator& processes() const { return processes_; }
  [[nodiscard]] const io::Case& problem() const { return problem_; }
  /// Where the answer goes: --out, or out/<case>.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] io::Progress::Style progress() const;

  /// Removes `names` from the folder: older answers must not stand beside newer ones.
  void remove_older(const std::vector<std::string>& names) const;
  /// Writes fields to the files `stem`.vti and the like; empty where the case wants none. Collective.
  [[nodiscard]] io::TakeFields field_writer(const std::string& stem) const;

  /// The end of a command. On the first process alone: `write` leaves the files and, unless the user wants it quiet,
  /// `say` says what is in them. Returns the exit status that the claims ask for.
  [[nodiscard]] int conclude(const io::Record& record, const std::function<void()>& write,
                             const std::function<void()>& say) const;

 private:
  Options options_;
  parallel::Environment environment_;
  parallel::Communicator processes_;
  io::Case problem_;
  std::filesystem::path folder_;
};

/// A line for each claim: whether it holds, what kind of evidence, what was measured and what is allowed. Below one that fails,
/// its reason.
void print_claims(const io::Record& record);

}  // namespace fpk::app
