// fpk sweep: a case over a list of values, with a table and a plot of any result against the key.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "app/command_table.hpp"
#include "app/exit_status.hpp"
#include "app/sweep/plan.hpp"
#include "app/sweep/result_path.hpp"
#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/writers.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

Json read_json(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return stream ? Json::parse(stream, nullptr, false) : Json();  // what is no JSON says nothing
}

const Command& command_of(const Options& options) {
  const auto* command = find_command(options.command);
  if (command == nullptr || *command->answer == '\0')
    throw WrongUsage(fmt::format("--command {}: there is no such command to be repeated; it may be {}",
                                 options.command, fmt::join(repeatable_commands(), ", ")));
  return *command;
}

/// FNV-1a, as of the fingerprint of a case.
std::uint64_t hash(const std::string& text) {
  std::uint64_t h = 0xcbf29ce484222325U;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return h;
}

class Sweep {
 public:
  explicit Sweep(const Options& options)
      : options_(options),
        command_(command_of(options)),
        plan_(read_plan(options.over)),
        processes_(parallel::Communicator::world()),
        folder_(options.out.empty() ? std::filesystem::path("out") / options.file.stem() / "sweep"
                                    : options.out) {
    record_.command = command_.name;
    record_.answer = command_.answer;
    record_.version = FPK_VERSION;
    record_.name = options.file.stem().string();
    record_.title = record_.name;
    record_.keys = plan_.keys;
    plan_runs();
  }

  int operator()() {
    if (options_.resume)
      take_finished();
    else if (processes_.is_root())
      io::remove_outputs(folder_, {"sweep.json", "sweep.csv", "report.html"});
    processes_.barrier();  // what was there has been read by all before it is written anew
    for (std::size_t k = 0; k < record_.runs.size(); ++k) {
      auto& run = record_.runs[k];
      if (run.status < 0) {
        perform(k, run);
        if (run.status == stopped) {
          run.status = -1;
          write();
          return stopped;
        }
      }
      read_results(run);
      write();
      say_progress(k, run);
    }
    return conclude();
  }

 private:
  /// Reads the case of each run, so that what is wrong is said before any of them takes its time. Throws what it met where no
  /// case is sound.
  void plan_runs() {
    std::exception_ptr first;
    bool any_sound = false;
    for (std::size_t k = 0; k < plan_.runs(); ++k) {
      io::SweptRun run;
      run.folder = fmt::format("{:03}", k + 1);
      run.values = plan_.values(k);
      try {
        const auto problem = io::read_case(options_.file, overrides(k));
        record_.title = problem.title;
        run.identity = fmt::format(
            "{:016x}", hash(fmt::format("{}\n{}\n{:016x}\n{}\n{}", FPK_VERSION, command_.name,
                                        problem.fingerprint, problem.text, fmt::join(overrides(k), "\n"))));
        any_sound = true;
      } catch (const io::CaseError&) {
        if (!first) first = std::current_exception();
        refuse(run);
      }
      record_.runs.push_back(std::move(run));
    }
    if (!any_sound) std::rethrow_exception(first);
    if (!processes_.is_root()) return;
    for (const auto& run : record_.runs)
      if (!run.complaint.empty()) fmt::print(stderr, "{}\n", run.complaint);
  }

  [[nodiscard]] std::vector<std::string> overrides(std::size_t k) const {
    auto all = options_.overrides;
    for (auto& text : plan_.overrides(k)) all.push_back(std::move(text));
    return all;
  }

  static void refuse(io::SweptRun& run) {
    const auto failure = failure_of_current_exception();
    run.status = failure.status;
    run.complaint = failure.words;
  }

  /// The runs of an earlier sweep in this folder that would be the same again.
  void take_finished() {
    std::map<std::string, Json> earlier;
    const auto json = read_json(folder_ / "sweep.json");
    if (!json.is_object() || !json.contains("runs")) return;
    for (const auto& run : json["runs"])
      if (run.contains("status") && run["status"].is_number()) earlier[run.value("identity", "")] = run;
    for (auto& run : record_.runs) {
      const auto found = earlier.find(run.identity);
      if (run.status >= 0 || found == earlier.end()) continue;
      const auto folder = found->second.value("folder", "");
      const int status = found->second.value("status", -1);
      if (folder != run.folder || !read_json(folder_ / folder / command_.answer).is_object()) continue;
      if (status == all_claims_hold || status == a_claim_fails) run.status = status;
      run.seconds = found->second.value("seconds", 0.0);
    }
  }

  void perform(std::size_t k, io::SweptRun& run) {
    Options one = options_;
    one.overrides = overrides(k);
    one.out = folder_ / run.folder;
    one.part_of_sweep = true;
    const auto start = Clock::now();
    try {
      run.status = command_.function(one);
    } catch (const io::OutputError&) {
      throw;  // the next run would meet the same
    } catch (const std::exception&) {
      if (processes_.size() > 1) throw;  // the other processes may wait for this one for ever
      refuse(run);
      fmt::print(stderr, "fpk: run {}: {}\n", run.folder, run.complaint);
    }
    run.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  }

  /// What is shown of the answer, and the claims that fail.
  void read_results(io::SweptRun& run) {
    if (!io::has_answer(run) || !processes_.is_root()) return;
    const auto answer = read_json(folder_ / run.folder / command_.answer);
    for (const auto& path : options_.show.empty() ? command_.results : options_.show) {
      const auto found = find_results(answer, path);
      if (found.empty() && !options_.show.empty() && missing_.insert({path, run.folder}).second)
        fmt::print(stderr, "fpk: --show {}: {}\n", path, why_nothing(answer, path, command_.answer));
      run.results.insert(run.results.end(), found.begin(), found.end());
    }
    if (!answer.contains("claims")) return;
    for (const auto& claim : answer["claims"])
      if (!claim.value("holds", true)) run.failing.push_back(claim.value("sentence", ""));
  }

  void write() const {
    if (!processes_.is_root()) return;
    io::write_whole(folder_ / "sweep.csv", io::sweep_csv(record_));
    io::write_whole(folder_ / "report.html", io::sweep_html(record_));
    io::write_whole(folder_ / "sweep.json", io::sweep_json(record_));
  }

  void say_progress(std::size_t k, const io::SweptRun& run) const {
    if (options_.quiet || !processes_.is_root()) return;
    std::vector<std::string> words;
    for (std::size_t i = 0; i < plan_.keys.size(); ++i)
      words.push_back(fmt::format("{} = {}", plan_.keys[i].key, run.values[i]));
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const auto runs = static_cast<double>(record_.runs.size());
    fmt::print(stderr, "{}\n",
               io::progress_line("sweep", static_cast<double>(k + 1), runs, "run", seconds,
                                 fmt::format("{}: {}", fmt::join(words, ", "), io::outcome(run))));
  }

  [[nodiscard]] int conclude() const {
    int worst = all_claims_hold;
    for (const auto& run : record_.runs) {
      if (run.status == a_claim_fails) worst = std::max<int>(worst, a_claim_fails);
      if (!io::has_answer(run)) worst = solver_failed;
    }
    if (!options_.quiet && processes_.is_root())
      fmt::print("{}report: {}\n", io::sweep_table(record_), (folder_ / "report.html").string());
    return worst;
  }

  Options options_;
  const Command& command_;
  SweepPlan plan_;
  parallel::Communicator processes_;
  std::filesystem::path folder_;
  io::SweepRecord record_;
  std::map<std::string, std::string> missing_;  ///< paths that some run has not, and the first such run
  Clock::time_point start_ = Clock::now();
};

}  // namespace

int sweep(const Options& options) {
  const parallel::Environment environment(nullptr, nullptr);  // outlives that of each run
  return Sweep(options)();
}

}  // namespace fpk::app
