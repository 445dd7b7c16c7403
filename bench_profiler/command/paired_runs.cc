#include "bench_profiler/command/paired_runs.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "bench_profiler/command/run_order.h"
#include "bench_profiler/command/terminal_text.h"
#include "bench_profiler/formats/output_file.h"

namespace bench_profiler {
namespace {

namespace fs = std::filesystem;

// A program that fails again and again would only take time.
constexpr int kMaxFailures = 3;
constexpr size_t kShownLines = 10;

// What differs once the file at `path` has been written anew.
std::string FileIdentity(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return "";
  return std::to_string(status.st_dev) + " " + std::to_string(status.st_ino) +
         " " + std::to_string(status.st_size) + " " +
         std::to_string(status.st_mtim.tv_sec) + " " +
         std::to_string(status.st_mtim.tv_nsec);
}

std::string LastLines(const std::string& path) {
  std::ifstream file(path);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(Printable(line));
    if (lines.size() > kShownLines) lines.pop_front();
  }
  std::string text;
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

bool HasProfile(const std::string& folder) {
  std::error_code ignored;
  return fs::exists(folder + "/cpu.prof", ignored) ||
         fs::exists(folder + "/cpu.prof.d/index.json", ignored);
}

// Why this run is not compared; "": it is.
std::string Problem(const ChildRun& run, const std::string& folder) {
  if (run.was_interrupted) return "interrupted";
  if (run.exit_code != 0) return "it ended with " + HowItEnded(run);
  if (!HasProfile(folder)) return "it left no profile";
  return "";
}

// Both may have the same name, in two folders that differ at the end.
std::string Shown(const ComparedProgram& program) {
  return (program.side == "old" ? "OLD (" : "NEW (") + Printable(program.name) +
         ")";
}

int64_t NowNanos() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string TwoDigits(int number) {
  char text[16];
  std::snprintf(text, sizeof(text), "%02d", number);
  return text;
}

}  // namespace

PairedRuns::PairedRuns(RunPlan plan)
    : plan_(std::move(plan)),
      progress_(2 * plan_.pairs, plan_.may_end_earlier),
      start_(std::chrono::steady_clock::now()) {
  for (size_t side = 0; side < 2; ++side) {
    files_[side] = FileIdentity(plan_.programs[side].path);
  }
  record_.old_program = plan_.programs[0].name;
  record_.new_program = plan_.programs[1].name;
  record_.arguments = plan_.arguments;
  record_.profiling = plan_.profiling;
  record_.seed = plan_.seed;
}

bool PairedRuns::Continues() {
  if (stopped_.empty() && interrupts_.Wait(0)) stopped_ = "interrupted";
  if (stopped_.empty() && pairs_ < plan_.pairs && pairs_ > 0 &&
      plan_.max_seconds > 0 && elapsed() >= plan_.max_seconds) {
    stopped_ = "the time is over";
  }
  return stopped_.empty() && pairs_ < plan_.pairs;
}

void PairedRuns::RunPair() {
  const size_t first = OldRunsFirst(plan_.seed, pairs_) ? 0 : 1;
  ++pairs_;
  Run(first);
  if (stopped_.empty() && interrupts_.Wait(0)) stopped_ = "interrupted";
  if (stopped_.empty()) Run(1 - first);
}

void PairedRuns::Run(size_t side) {
  const ComparedProgram& program = plan_.programs[side];
  if (FileIdentity(program.path) != files_[side]) {
    stopped_ = Shown(program) + " was changed after the start";
    return;
  }
  const std::string name = program.side + "/" + TwoDigits(++runs_[side]);
  const std::string folder = plan_.folder + "/" + name;
  const std::string error = MakeFolders(folder);
  if (!error.empty()) {
    stopped_ = error;
    return;
  }
  // /proc/self is the child: this program, even if its file is gone.
  std::vector<std::string> command = {"/proc/self/exe", "run"};
  command.insert(command.end(), plan_.profiling.begin(), plan_.profiling.end());
  command.insert(command.end(), {"--outputdir=" + folder, "--", program.path});
  command.insert(command.end(), plan_.arguments.begin(), plan_.arguments.end());
  const int64_t start_nanos = NowNanos();
  const int done = runs_[0] + runs_[1] - 1;
  bool has_told = false;
  const ChildRun run = RunChild(
      command, folder + "/output.txt", &interrupts_, [&](bool is_ending) {
        if (!is_ending) {
          progress_.Update(done, program.side, SecondsLeft());
        } else if (!has_told) {
          progress_.Say("interrupted: " + program.side +
                        " is being ended; once more ends all");
          has_told = true;
        }
      });
  Keep(side, name, run, start_nanos);
  progress_.Clear();
}

void PairedRuns::Keep(size_t side, const std::string& name, const ChildRun& run,
                      int64_t start_nanos) {
  seconds_[side] += run.seconds;
  ++ended_runs_[side];
  RecordedRun recorded;
  recorded.side = plan_.programs[side].side;
  recorded.folder = name;
  recorded.start_nanos = start_nanos;
  recorded.seconds = run.seconds;
  recorded.exit_code = run.exit_code;
  recorded.signal = run.signal;
  const std::string problem = Problem(run, plan_.folder + "/" + name);
  if (problem.empty()) {
    ++good_runs_[side];
  } else {
    LeaveOut(side, problem, &recorded);
  }
  if (run.was_interrupted) stopped_ = "interrupted";
  record_.runs.push_back(recorded);
  WriteRecord(record_.alpha);
}

// What failed is no process of its side; what it said may tell why.
void PairedRuns::LeaveOut(size_t side, const std::string& why,
                          RecordedRun* recorded) {
  const ComparedProgram& program = plan_.programs[side];
  const std::string number = TwoDigits(runs_[side]);
  const std::string from = plan_.folder + "/" + recorded->folder;
  recorded->folder = "left-out/" + program.side + "-" + number;
  const std::string to = plan_.folder + "/" + recorded->folder;
  recorded->left_out = why;
  if (why != "interrupted") {
    ++failed_runs_;
    progress_.Say(Shown(program) + ", run " + std::to_string(runs_[side]) +
                  ": " + why + "; it is left out");
    std::fputs(LastLines(from + "/output.txt").c_str(), stderr);
  }
  std::string error = MakeFolders(plan_.folder + "/left-out");
  std::error_code code;
  if (error.empty()) fs::rename(from, to, code);
  // Without room for a new name, at least it is not compared.
  if (!error.empty() || code) {
    recorded->folder = "";
    fs::remove_all(from, code);
  }
  if (good_runs_[side] == 0 && why != "interrupted") {
    stopped_ = Shown(program) + " cannot be compared";
  } else if (failed_runs_ >= kMaxFailures) {
    stopped_ = std::to_string(failed_runs_) + " runs failed";
  }
}

void PairedRuns::WriteRecord(double alpha) {
  record_.alpha = alpha;
  const std::string error =
      ReplaceFile(plan_.folder + "/compare.json", ToJson(record_));
  if (!error.empty()) progress_.Say("compare.json: " + Printable(error));
}

double PairedRuns::SecondsLeft() const {
  double pair = 0;
  for (size_t side = 0; side < 2; ++side) {
    if (ended_runs_[side] == 0) return -1;
    pair += seconds_[side] / ended_runs_[side];
  }
  const double all = pair * plan_.pairs;
  // The last pair may be begun just before the time is over.
  const double end =
      plan_.max_seconds > 0 ? std::min(all, plan_.max_seconds + pair) : all;
  return std::max(0.0, end - elapsed());
}

double PairedRuns::elapsed() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                       start_)
      .count();
}

}  // namespace bench_profiler
